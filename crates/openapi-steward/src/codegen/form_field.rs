//! The fields of forms: their types, and how they are written and checked.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};
use serde_json::Value;

use super::document_visitor::{is_string_enum, referenced_schema};
use super::extensions::{JSON, UNION};
use super::rust_type::RustTypes;

/// A field of a form.
#[derive(Debug)]
pub(super) struct Field {
    /// Its name in the request.
    pub(super) form_name: String,
    /// Its name in Rust.
    pub(super) name: String,
    description: String,
    pub(super) required: bool,
    pub(super) rust: TokenStream,
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
    /// A list of texts, whose name is repeated for each item.
    List,
    /// JSON text.
    Json,
    /// A value of any kind: a string as it is, and JSON text of others.
    Any,
    /// A list of those, whose name is repeated for each item.
    AnyList,
}

impl Field {
    pub(super) fn new(form_name: &str, ident: String, schema: &Value, required: bool, types: RustTypes<'_>) -> Self {
        let (rust, mut serialization) = rust_type(types.list(schema), types);
        if schema.get(JSON) == Some(&Value::Bool(true)) {
            serialization = Serialization::Json;
        }
        let target = referenced_schema(schema).and_then(|name| types.component(name));
        let own_description = Some(description(schema)).filter(|text| !text.is_empty());
        Self {
            form_name: form_name.to_owned(),
            name: ident,
            description: own_description.or_else(|| target.map(description)).unwrap_or_default(),
            required,
            rust,
            serialization,
            bounds: bounds(schema),
        }
    }

    pub(super) fn declaration(&self) -> TokenStream {
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
            Serialization::List | Serialization::Json | Serialization::Any | Serialization::AnyList => None,
        }
    }

    /// Returns an iterator over the values of the field.
    fn values(&self) -> TokenStream {
        let name = format_ident!("{}", self.name);
        match (self.serialization, self.required) {
            (Serialization::List | Serialization::AnyList, false) => quote!(self.#name.iter().flatten()),
            (_, false) | (Serialization::List | Serialization::AnyList, true) => quote!(&self.#name),
            (_, true) => quote!([&self.#name]),
        }
    }

    pub(super) fn pair(&self) -> TokenStream {
        let (form_name, values) = (&self.form_name, self.values());
        match self.serialization {
            Serialization::Text | Serialization::List => quote!(.text(#form_name, #values)),
            Serialization::Integer => quote!(.count(#form_name, #values)),
            Serialization::Json => quote!(.json(#form_name, #values)),
            Serialization::Any | Serialization::AnyList => quote!(.text(#form_name, crate::runtime::plain(#values))),
        }
    }

    pub(super) fn check(&self) -> Option<TokenStream> {
        let (bounds, name, values) = (self.bounds?, &self.name, self.values());
        let check = match self.serialization {
            Serialization::Text => quote!(length),
            Serialization::Integer => quote!(range),
            Serialization::List | Serialization::Json | Serialization::Any | Serialization::AnyList => return None,
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

/// Returns the Rust type of a value in a form, and the way in which it is written.
fn rust_type(schema: &Value, types: RustTypes<'_>) -> (TokenStream, Serialization) {
    let text = |key: &str| schema.get(key).and_then(Value::as_str).unwrap_or_default();
    if let Some(name) = referenced_schema(schema) {
        let target = types.component(name);
        let serialization = match target {
            Some(target) if is_string_enum(target) => Serialization::Text,
            Some(target) if target.get(UNION).is_some() => Serialization::Any,
            _ => Serialization::Json,
        };
        return (types.without_null(schema), serialization);
    }
    if types.formats.hand_written(text("type"), text("format")).is_some() {
        let serialization = if text("type") == "integer" { Serialization::Integer } else { Serialization::Text };
        return (types.without_null(schema), serialization);
    }
    match text("type") {
        // An instant is sent as the service wants it, which can be a date.
        "string" => (quote!(::std::string::String), Serialization::Text),
        "integer" => (types.without_null(schema), Serialization::Integer),
        "number" | "boolean" => (types.without_null(schema), Serialization::Text),
        "array" => {
            let items = schema.get("items").unwrap_or(&Value::Null);
            let (item, serialization) = rust_type(items, types);
            let is_text = matches!(serialization, Serialization::Text | Serialization::Integer);
            let is_nullable = items.get("nullable").is_some();
            let serialization = if is_text && !is_nullable { Serialization::List } else { Serialization::AnyList };
            (quote!(::std::vec::Vec<#item>), serialization)
        }
        "" => (types.without_null(schema), Serialization::Any),
        _ => (types.without_null(schema), Serialization::Json),
    }
}

fn bounds(schema: &Value) -> Option<Bounds> {
    let bound = |keys: [&str; 2]| keys.into_iter().find_map(|key| schema.get(key)?.as_i64());
    let bounds = Bounds { minimum: bound(["minimum", "minLength"]), maximum: bound(["maximum", "maxLength"]) };
    (bounds.minimum.is_some() || bounds.maximum.is_some()).then_some(bounds)
}

/// Returns the description of a schema, or an empty text.
pub(super) fn description(schema: &Value) -> String {
    schema.get("description").and_then(Value::as_str).unwrap_or_default().to_owned()
}
