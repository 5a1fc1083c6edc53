//! The Rust types of lowered schemas, which are those that typify chooses for them.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;

use super::document_visitor::{is_string_enum, referenced_schema};
use super::extensions::NULL;
use crate::formats::Formats;

/// The context in which types are chosen.
#[derive(Clone, Copy)]
pub(super) struct RustTypes<'a> {
    pub(super) document: &'a Value,
    pub(super) formats: &'a Formats,
}

impl<'a> RustTypes<'a> {
    pub(super) fn component(self, name: &str) -> Option<&'a Value> {
        self.document.pointer("/components/schemas")?.get(name)
    }

    /// Returns the list that a schema refers to, or the schema itself. A reference to a list has a type of its own, which is no list.
    pub(super) fn list(self, schema: &'a Value) -> &'a Value {
        let target = referenced_schema(schema).and_then(|name| self.component(name));
        target.filter(|target| target.get("type").is_some_and(|kind| kind == "array")).unwrap_or(schema)
    }

    /// Returns the type of a schema, or an `Option` of it if it can be null.
    pub(super) fn of(self, schema: &Value) -> TokenStream {
        let ty = self.without_null(schema);
        if schema.get("nullable") == Some(&Value::Bool(true)) && schema.get(NULL).is_none() {
            return quote!(::std::option::Option<#ty>);
        }
        ty
    }

    /// Returns the type of a schema for values other than null.
    pub(super) fn without_null(self, schema: &Value) -> TokenStream {
        let text = |key: &str| schema.get(key).and_then(Value::as_str).unwrap_or_default();
        if let Some([only]) = schema.get("allOf").and_then(Value::as_array).map(Vec::as_slice) {
            return self.without_null(only);
        }
        if let Some(name) = referenced_schema(schema) {
            let name = format_ident!("{name}");
            return quote!(crate::types::#name);
        }
        if let Some(rust) = self.formats.hand_written(text("type"), text("format")) {
            return rust.parse().unwrap_or_default();
        }
        match (text("type"), text("format")) {
            ("string", "date-time") => quote!(::chrono::DateTime<::chrono::offset::Utc>),
            ("string", _) => quote!(::std::string::String),
            ("integer", "uint32") => quote!(u32),
            ("integer", "int32") => quote!(i32),
            ("integer", "uint64") => quote!(u64),
            ("integer", _) => quote!(i64),
            ("number", _) => quote!(f64),
            ("boolean", _) => quote!(bool),
            ("array", _) => {
                let item = self.of(schema.get("items").unwrap_or(&Value::Null));
                quote!(::std::vec::Vec<#item>)
            }
            ("object", _) => match schema.get("additionalProperties") {
                Some(value @ Value::Object(map)) if !map.is_empty() => {
                    let value = self.of(value);
                    quote!(::std::collections::BTreeMap<::std::string::String, #value>)
                }
                _ => quote!(::serde_json::Map<::std::string::String, ::serde_json::Value>),
            },
            _ => quote!(::serde_json::Value),
        }
    }

    /// Returns whether a schema is a scalar whose `Display` text is the one that is sent.
    pub(super) fn is_text(self, schema: &Value) -> bool {
        if let Some(target) = referenced_schema(schema) {
            return self.component(target).is_some_and(is_string_enum);
        }
        let text = |key: &str| schema.get(key).and_then(Value::as_str).unwrap_or_default();
        let is_instant = text("format") == "date-time" && self.formats.hand_written("string", "date-time").is_none();
        ["string", "integer", "number", "boolean"].contains(&text("type")) && !is_instant
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn lists_maps_and_nullable_values_have_the_types_of_their_parts() {
        let (document, formats) = (json!({}), Formats::default());
        let types = RustTypes { document: &document, formats: &formats };
        let text = |schema: Value| types.of(&schema).to_string().replace(' ', "");
        let list = json!({ "type": "array", "items": { "$ref": "#/components/schemas/Room", "nullable": true } });
        assert_eq!(text(list), "::std::vec::Vec<::std::option::Option<crate::types::Room>>");
        let map = json!({ "type": "object", "additionalProperties": { "type": "integer" } });
        assert_eq!(text(map), "::std::collections::BTreeMap<::std::string::String,i64>");
        assert_eq!(text(json!({})), "::serde_json::Value");
    }
}
