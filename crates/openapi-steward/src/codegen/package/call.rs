//! The call of an operation, with a value for each of its parameters.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::{Value, json};

use super::Parts;
use super::sample::Sampler;
use super::values::Values;
use crate::codegen::document_visitor::{Operation, referenced_schema};
use crate::codegen::operation::{BodyKind, Call, Place, Writing};
use crate::codegen::rust_type::RustTypes;

/// A call of an operation.
#[derive(Debug)]
pub(super) struct SampleCall<'a> {
    /// The statements before it.
    pub(super) statements: Vec<TokenStream>,
    /// The builder, with all values.
    pub(super) builder: TokenStream,
    /// The parameters of the document, and the values that they have.
    pub(super) parameters: Vec<(&'a Value, Value)>,
    /// The body that is sent.
    pub(super) body: Option<Value>,
}

/// The content of a body that has no schema to follow.
pub(super) const CONTENT: &str = "content";

impl<'a> SampleCall<'a> {
    /// Writes a call of an operation, with its optional parameters if the values are complete. None if a value cannot be found.
    pub(super) fn new(
        parts: &'a Parts<'_>,
        values: Values<'a>,
        call: &Call,
        operation: &Operation<'a>,
    ) -> Option<Self> {
        let sampler = values.sampler;
        let types = RustTypes { document: &Value::Null, formats: parts.formats };
        let (mut setters, mut sent, mut statements) = (Vec::new(), Vec::new(), Vec::new());
        for parameter in &call.parameters {
            if !parameter.required && !sampler.complete {
                continue;
            }
            let described = described(operation.value, &parameter.name, parameter.place)?;
            let schema = schema_of(described);
            // Of a media type other than JSON, the caller writes all but scalars.
            let is_written = described.get("content").is_some() && parameter.writing != Writing::Json;
            let schema = schema.filter(|_| !is_written || parameter.schema != json!({ "type": "string" }));
            let value = schema.map_or(Some(Value::from("text")), |schema| sampler.sample(schema))?;
            let expression =
                values.expression(&types.without_null(&parameter.schema), schema.unwrap_or(&Value::Null), &value);
            let ident = format_ident!("{}", parameter.ident);
            setters.push(quote!(.#ident(#expression)));
            sent.push((described, value));
        }
        let mut body_value = None;
        if let Some(body) = call.body.as_ref().filter(|body| body.required || sampler.complete) {
            let ident = format_ident!("{}", body.ident);
            let media = operation.value.get("requestBody")?.get("content")?.as_object()?;
            let schema =
                media.iter().find(|(name, _)| is_media(name, &body.media)).and_then(|(_, media)| media.get("schema"));
            let value = match body.kind {
                BodyKind::Text | BodyKind::Bytes => Value::from(CONTENT),
                BodyKind::Fields(_) if schema.is_none() => json!({}),
                // Any parts.
                BodyKind::Multipart if referenced_schema(&body.schema).is_none() => json!({ CONTENT: CONTENT }),
                _ => schema.map_or(Some(Value::from("text")), |schema| sampler.sample(schema))?,
            };
            let expression = match &body.kind {
                BodyKind::Text => quote!(#CONTENT.to_owned()),
                BodyKind::Bytes => quote!(::reqwest::Body::from(#CONTENT)),
                BodyKind::Form => form(parts, values, referenced_schema(&body.schema)?, &value, &mut statements)?,
                BodyKind::Multipart => {
                    if let Some(name) = referenced_schema(&body.schema) {
                        multipart(parts, values, name, &value, &mut statements)?
                    } else {
                        let rust = values.outside(&quote!(crate::runtime::Multipart));
                        quote!(#rust::new().texts(#CONTENT, None, [#CONTENT]))
                    }
                }
                BodyKind::Json | BodyKind::Fields(_) => {
                    values.expression(&types.without_null(&body.schema), schema.unwrap_or(&Value::Null), &value)
                }
            };
            setters.push(quote!(.#ident(#expression)));
            body_value = Some(value);
        }
        let function = format_ident!("{}", call.function);
        let builder = quote!(client.#function()#(#setters)*);
        Some(Self { statements, builder, parameters: sent, body: body_value })
    }
}

/// Returns a parameter of an operation of the document.
fn described<'a>(operation: &'a Value, name: &str, place: Place) -> Option<&'a Value> {
    let place = match place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header => "header",
        Place::Cookie => "cookie",
    };
    let parameters = operation.get("parameters").and_then(Value::as_array).into_iter().flatten();
    parameters.into_iter().find(|parameter| parameter["name"] == name && parameter["in"] == place)
}

/// Returns the schema of a parameter.
pub(super) fn schema_of(parameter: &Value) -> Option<&Value> {
    parameter.get("schema").or_else(|| parameter.get("content")?.as_object()?.values().next()?.get("schema"))
}

/// Returns whether a media type of the document is the one that is sent, which is no range.
fn is_media(described: &str, sent: &str) -> bool {
    described == sent || described.contains('*')
}

/// The fields of a type that the steward writes, with their values.
#[derive(Debug, Default)]
struct Fields {
    required: Vec<TokenStream>,
    optional: Vec<(String, TokenStream)>,
}

impl Fields {
    /// Adds a field. None if it is required and has no value.
    fn add(&mut self, name: &str, is_required: bool, value: Option<TokenStream>) -> Option<()> {
        match value {
            Some(value) if is_required => self.required.push(value),
            Some(value) => self.optional.push((name.to_owned(), value)),
            None if is_required => return None,
            None => {}
        }
        Some(())
    }

    /// Writes the value: its constructor, and an assignment for each optional field.
    fn constructed(&self, new: &TokenStream, statements: &mut Vec<TokenStream>) -> TokenStream {
        if self.optional.is_empty() {
            return new.clone();
        }
        let assignments = self.optional.iter().map(|(name, value)| {
            let name = format_ident!("{name}");
            quote!(body.#name = Some(#value);)
        });
        statements.push(quote!(let mut body = #new; #(#assignments)*));
        quote!(body)
    }
}

fn form(
    parts: &Parts<'_>,
    values: Values<'_>,
    name: &str,
    value: &Value,
    statements: &mut Vec<TokenStream>,
) -> Option<TokenStream> {
    let form = parts.generated.forms.iter().find(|form| form.name == name)?;
    let mut fields = Fields::default();
    for field in &form.fields {
        let value = value.get(&field.form_name);
        let expression = value.map(|value| values.expression(&field.rust, &Value::Null, value));
        fields.add(&field.name, field.required, expression)?;
    }
    let name = format_ident!("{name}");
    let rust = values.outside(&quote!(crate::types::#name));
    let required = &fields.required;
    let new = if required.is_empty() { quote!(#rust::default()) } else { quote!(#rust::new(#(#required),*)) };
    Some(fields.constructed(&new, statements))
}

fn multipart(
    parts: &Parts<'_>,
    values: Values<'_>,
    name: &str,
    value: &Value,
    statements: &mut Vec<TokenStream>,
) -> Option<TokenStream> {
    let multipart = parts.generated.multiparts.iter().find(|multipart| multipart.name == name)?;
    let mut fields = Fields::default();
    let file = values.outside(&quote!(crate::runtime::Part::new(#CONTENT)));
    for part in &multipart.parts {
        let expression = |value: &Value| match (part.holds_files(), value) {
            (true, Value::Array(items)) => {
                let files = items.iter().map(|_| &file);
                quote!(::std::vec![#(#files),*])
            }
            (true, _) => file.clone(),
            (false, Value::Array(_)) if part.is_written() => quote!(::std::vec![#CONTENT.to_owned()]),
            (false, _) if part.is_written() => quote!(#CONTENT.to_owned()),
            (false, value) => values.expression(&part.rust, &Value::Null, value),
        };
        fields.add(&part.ident, part.required, value.get(&part.name).map(expression))?;
    }
    let name = format_ident!("{name}");
    let rust = values.outside(&quote!(crate::types::#name));
    let required = &fields.required;
    Some(fields.constructed(&quote!(#rust::new(#(#required),*)), statements))
}

/// Returns a sampler of requests.
pub(super) fn sampler(document: &Value, complete: bool) -> Sampler<'_> {
    Sampler { document, direction: super::sample::Direction::Request, complete, budget: None }
}
