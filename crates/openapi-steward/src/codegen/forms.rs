//! Request bodies of forms. The steward writes their types itself: those of progenitor fail at run time when a field is a list,
//! and support neither JSON in a field nor ranges.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};
use serde_json::Value;
use syn::{Item, parse_quote};

use super::document_visitor::{SCHEMAS, add_schemas, for_each_operation, is_string_enum, referenced_schema};
use super::naming::{pascal_case, snake_case, type_name};
use crate::formats::Formats;

const FORM: &str = "application/x-www-form-urlencoded";

/// A form as a Rust type.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) name: String,
    description: String,
    fields: Vec<Field>,
}

#[derive(Debug)]
struct Field {
    /// Its name in the request.
    form_name: String,
    /// Its name in Rust.
    name: String,
    description: String,
    required: bool,
    rust: TokenStream,
    serialization: Serialization,
    /// The range of the number, or of the length of the string.
    bounds: Option<Bounds>,
}

/// An inclusive range. A side without a limit is open.
#[derive(Debug, Clone, Copy)]
struct Bounds {
    minimum: Option<i64>,
    maximum: Option<i64>,
}

/// The way in which a field is written to the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Serialization {
    /// The `Display` text.
    Text,
    /// A whole number. Hand-written types for units are one inside.
    Integer,
    /// A list, whose name is repeated for each item.
    List,
    /// JSON text.
    Json,
}

/// Moves the forms inside operations to the components: `CreateRoomRequest` for the operation `create_room`.
pub(super) fn name_inline(document: &mut Value) {
    let mut named = Vec::new();
    for_each_operation(document, &mut |operation| {
        let id = operation.get("operationId").and_then(Value::as_str).unwrap_or_default();
        let name = format!("{}Request", pascal_case(id));
        if let Some(schema) = schema_mut(operation)
            && schema.get("properties").is_some()
        {
            let reference = serde_json::json!({ "$ref": format!("{SCHEMAS}{name}") });
            named.push((name, std::mem::replace(schema, reference)));
        }
    });
    add_schemas(document, named);
}

/// Removes `encoding`, on which progenitor panics, and marks the properties that are JSON with `x-json`.
pub(super) fn move_encodings(document: &mut Value) {
    let mut json = Vec::new();
    for_each_operation(document, &mut |operation| {
        let Some(media) = media_mut(operation) else { return };
        let encodings = media.as_object_mut().and_then(|media| media.remove("encoding"));
        let Some(form) = media.get("schema").and_then(referenced_schema).map(str::to_owned) else { return };
        for (field, encoding) in encodings.as_ref().and_then(Value::as_object).into_iter().flatten() {
            if encoding.get("contentType").and_then(Value::as_str) == Some("application/json") {
                json.push((form.clone(), field.clone()));
            }
        }
    });
    for (form, field) in json {
        let property = document.pointer_mut("/components/schemas").and_then(|schemas| schemas.get_mut(&form));
        let property = property.and_then(|form| form.get_mut("properties")?.get_mut(&field));
        if let Some(property) = property.and_then(Value::as_object_mut) {
            property.insert("x-json".to_owned(), Value::Bool(true));
        }
    }
}

/// Collects the forms of the document, in the order of their names.
pub(super) fn collect(document: &mut Value, formats: &Formats) -> Vec<Form> {
    let mut names = std::collections::BTreeSet::new();
    for_each_operation(document, &mut |operation| {
        names.extend(schema_mut(operation).and_then(|schema| referenced_schema(schema).map(str::to_owned)));
    });
    let types = Types { document, formats };
    names.iter().filter_map(|name| Some(Form::new(name, types.component(name)?, types))).collect()
}

fn media_mut(operation: &mut Value) -> Option<&mut Value> {
    operation.get_mut("requestBody")?.get_mut("content")?.get_mut(FORM)
}

fn schema_mut(operation: &mut Value) -> Option<&mut Value> {
    media_mut(operation)?.get_mut("schema")
}

impl Form {
    fn new(name: &str, schema: &Value, types: Types<'_>) -> Self {
        let required: Vec<&str> =
            schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        let properties = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
        let fields = properties
            .map(|(form_name, schema)| Field::new(form_name, schema, required.contains(&form_name.as_str()), types));
        Self { name: type_name(name), description: description(schema), fields: fields.collect() }
    }

    /// Returns the items of the form: the type, a constructor if fields are required, and the implementation of `Form`.
    pub(super) fn to_items(&self) -> Vec<Item> {
        let (name, doc) = (format_ident!("{}", self.name), &self.description);
        let fields = self.fields.iter().map(Field::declaration);
        let pairs = self.fields.iter().map(Field::pair);
        let checks = self.fields.iter().filter_map(Field::check);
        let required: Vec<&Field> = self.fields.iter().filter(|field| field.required).collect();
        let default = required.is_empty().then(|| quote!(Default,));
        let mut items: Vec<Item> = vec![parse_quote! {
            #[doc = #doc]
            #[derive(Clone, Debug, #default PartialEq)]
            #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
            #[non_exhaustive]
            pub struct #name { #(#fields,)* }
        }];
        if !required.is_empty() {
            items.push(self.constructor(&required));
        }
        items.push(parse_quote! {
            impl crate::runtime::Form for #name {
                fn pairs(&self) -> crate::runtime::Pairs {
                    crate::runtime::Pairs::new() #(#pairs)*
                }
                fn check(&self) -> ::std::result::Result<(), crate::runtime::OutOfRange> {
                    #(#checks)*
                    ::std::result::Result::Ok(())
                }
            }
        });
        items.push(Item::Macro(parse_quote! { crate::runtime::form!(#name); }));
        items
    }

    fn constructor(&self, required: &[&Field]) -> Item {
        let name = format_ident!("{}", self.name);
        let idents: Vec<_> = required.iter().map(|field| format_ident!("{}", field.name)).collect();
        let types = required.iter().map(|field| &field.rust);
        let others = self.fields.iter().filter(|field| !field.required).map(|field| format_ident!("{}", field.name));
        parse_quote! {
            impl #name {
                /// The form with what it cannot do without.
                pub fn new(#(#idents: #types),*) -> Self {
                    Self { #(#idents,)* #(#others: ::std::option::Option::None,)* }
                }
            }
        }
    }
}

impl Field {
    fn new(form_name: &str, schema: &Value, required: bool, types: Types<'_>) -> Self {
        let (rust, mut serialization) = types.rust_type(schema);
        if schema.get("x-json") == Some(&Value::Bool(true)) {
            serialization = Serialization::Json;
        }
        let target = referenced_schema(schema).and_then(|name| types.component(name));
        let own_description = Some(description(schema)).filter(|text| !text.is_empty());
        Self {
            form_name: form_name.to_owned(),
            name: snake_case(form_name),
            description: own_description.or_else(|| target.map(description)).unwrap_or_default(),
            required,
            rust,
            serialization,
            bounds: bounds(schema),
        }
    }

    fn declaration(&self) -> TokenStream {
        let (name, doc, rust) = (format_ident!("{}", self.name), &self.description, &self.rust);
        let rust = if self.required { quote!(#rust) } else { quote!(::std::option::Option<#rust>) };
        let (form_name, range) = (&self.form_name, self.range());
        quote! {
            #[doc = #doc]
            #[cfg_attr(feature = "schemars", schemars(rename = #form_name #range))]
            pub #name: #rust
        }
    }

    /// Returns the arguments of `schemars` for the range of the field.
    fn range(&self) -> Option<TokenStream> {
        let Bounds { minimum, maximum } = self.bounds?;
        let literal = |bound: i64| Literal::i64_unsuffixed(bound);
        let minimum = minimum.map(literal).map(|minimum| quote!(min = #minimum));
        let maximum = maximum.map(literal).map(|maximum| quote!(max = #maximum));
        let sides = minimum.into_iter().chain(maximum);
        match self.serialization {
            Serialization::Text => Some(quote!(, length(#(#sides),*))),
            Serialization::Integer => Some(quote!(, range(#(#sides),*))),
            Serialization::List | Serialization::Json => None,
        }
    }

    /// Returns an iterator over the values of the field.
    fn values(&self) -> TokenStream {
        let name = format_ident!("{}", self.name);
        match (self.serialization, self.required) {
            (Serialization::List, false) => quote!(self.#name.iter().flatten()),
            (_, false) | (Serialization::List, true) => quote!(&self.#name),
            (_, true) => quote!([&self.#name]),
        }
    }

    fn pair(&self) -> TokenStream {
        let (form_name, values) = (&self.form_name, self.values());
        match self.serialization {
            Serialization::Text | Serialization::List => quote!(.text(#form_name, #values)),
            Serialization::Integer => quote!(.count(#form_name, #values)),
            Serialization::Json => quote!(.json(#form_name, #values)),
        }
    }

    fn check(&self) -> Option<TokenStream> {
        let (bounds, name, values) = (self.bounds?, &self.name, self.values());
        let check = match self.serialization {
            Serialization::Text => quote!(length),
            Serialization::Integer => quote!(range),
            Serialization::List | Serialization::Json => return None,
        };
        Some(quote!(crate::runtime::#check(#name, #values, #bounds)?;))
    }
}

impl ToTokens for Bounds {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let literal = |bound: i64| Literal::i64_unsuffixed(bound);
        let (minimum, maximum) = (self.minimum.map(literal), self.maximum.map(literal));
        tokens.extend(if let Some(maximum) = maximum { quote!(#minimum..=#maximum) } else { quote!(#minimum..) });
    }
}

/// The context in which the types of fields are chosen.
#[derive(Clone, Copy)]
struct Types<'a> {
    document: &'a Value,
    formats: &'a Formats,
}

impl<'a> Types<'a> {
    fn component(self, name: &str) -> Option<&'a Value> {
        self.document.pointer("/components/schemas")?.get(name)
    }

    /// Returns the Rust type of a value in a form, and the way in which it is written.
    fn rust_type(self, schema: &Value) -> (TokenStream, Serialization) {
        let text = |key: &str| schema.get(key).and_then(Value::as_str).unwrap_or_default();
        if let Some(name) = referenced_schema(schema) {
            let target = self.component(name);
            let ident = format_ident!("{}", type_name(name));
            let serialization =
                if target.is_some_and(is_string_enum) { Serialization::Text } else { Serialization::Json };
            return (quote!(crate::types::#ident), serialization);
        }
        if let Some(rust) = self.formats.hand_written(text("type"), text("format")) {
            let serialization = if text("type") == "integer" { Serialization::Integer } else { Serialization::Text };
            return (rust.parse().unwrap_or_default(), serialization);
        }
        match (text("type"), text("format")) {
            ("string", _) => (quote!(::std::string::String), Serialization::Text),
            ("integer", "uint32") => (quote!(u32), Serialization::Integer),
            ("integer", "int32") => (quote!(i32), Serialization::Integer),
            ("integer", "uint64") => (quote!(u64), Serialization::Integer),
            ("integer", _) => (quote!(i64), Serialization::Integer),
            ("number", _) => (quote!(f64), Serialization::Text),
            ("boolean", _) => (quote!(bool), Serialization::Text),
            ("array", _) => {
                let (item, serialization) = self.rust_type(schema.get("items").unwrap_or(&Value::Null));
                let serialization =
                    if serialization == Serialization::Text { Serialization::List } else { Serialization::Json };
                (quote!(::std::vec::Vec<#item>), serialization)
            }
            _ => (quote!(::serde_json::Value), Serialization::Json),
        }
    }
}

fn bounds(schema: &Value) -> Option<Bounds> {
    let bound = |keys: [&str; 2]| keys.into_iter().find_map(|key| schema.get(key)?.as_i64());
    let bounds = Bounds { minimum: bound(["minimum", "minLength"]), maximum: bound(["maximum", "maxLength"]) };
    (bounds.minimum.is_some() || bounds.maximum.is_some()).then_some(bounds)
}

fn description(schema: &Value) -> String {
    schema.get("description").and_then(Value::as_str).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{CustomFormat, Kind};

    #[test]
    fn a_form_becomes_a_type_that_writes_pairs_and_checks_ranges() {
        let mut document = serde_json::json!({
            "paths": { "/rooms": { "post": {
                "operationId": "create_room",
                "requestBody": { "content": { FORM: {
                    "schema": { "type": "object", "description": "The settings of a room.", "required": ["Status"], "properties": {
                        "Codecs": { "type": "array", "items": { "$ref": "#/components/schemas/Codec" } },
                        "Limit": { "type": "integer", "format": "uint32", "minimum": 1, "maximum": 50 },
                        "Rules": { "type": "array", "items": { "type": "string" } },
                        "Status": { "type": "string", "maxLength": 9, "description": "The status." },
                        "Timeout": { "type": "integer", "format": "minutes", "minimum": 1 },
                        "Type": {},
                    } },
                    "encoding": { "Rules": { "contentType": "application/json" } },
                } } },
            } } },
            "components": { "schemas": { "Codec": { "type": "string", "enum": ["VP8"] } } },
        });
        let [format, rust] = ["minutes", "crate::Minutes"].map(str::to_owned);
        let minutes = CustomFormat { format, kind: Kind::Integer, rust, minimum: Some(0), maximum: None };
        let formats = Formats::new(vec![minutes]);
        name_inline(&mut document);
        move_encodings(&mut document);
        assert!(!document["paths"].to_string().contains("encoding"));
        let items = collect(&mut document, &formats).iter().flat_map(Form::to_items).collect();
        let file = syn::File { shebang: None, frontmatter: None, attrs: vec![], items };
        insta::assert_snapshot!("a_form", prettyplease::unparse(&file));
    }
}
