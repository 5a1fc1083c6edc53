//! Rust expressions for the values of a document.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

use super::sample::Sampler;

/// Writes expressions of values.
#[derive(Debug, Clone, Copy)]
pub(super) struct Values<'a> {
    pub(super) sampler: Sampler<'a>,
    /// The name of the crate in paths.
    pub(super) krate: &'a str,
    /// Reads a type from JSON: with `?` in a function that returns errors, or with a function of a test.
    pub(super) decode: fn(&TokenStream, &str) -> TokenStream,
}

impl Values<'_> {
    /// Returns an expression of a type for a value in JSON.
    pub(super) fn expression(self, rust: &TokenStream, schema: &Value, value: &Value) -> TokenStream {
        let rust = self.outside(rust);
        let name = rust.to_string().replace(' ', "");
        match value {
            Value::String(text) if name == "::std::string::String" => quote!(#text.to_owned()),
            Value::String(text) if self.is_enum(schema) && name.contains("::types::") => quote!(#rust::from(#text)),
            Value::Bool(value) if name == "bool" => quote!(#value),
            Value::Number(number) if ["i64", "i32", "u64", "u32"].contains(&name.as_str()) && number.is_i64() => {
                let literal = Literal::i64_unsuffixed(number.as_i64().unwrap_or_default());
                let number: TokenStream = format!("{literal}_{name}").parse().unwrap_or_default();
                quote!(#number)
            }
            value => (self.decode)(&rust, &value.to_string()),
        }
    }

    /// Returns whether a schema is an enum of strings, however it is written.
    fn is_enum(self, schema: &Value) -> bool {
        // The lifetime of the schema is shorter than that of the document.
        let schema = schema.get("$ref").and_then(Value::as_str).map_or(schema, |reference| {
            crate::codegen::lower::target(self.sampler.document, reference).unwrap_or(schema)
        });
        schema.get("enum").is_some() && schema.get("type").is_some_and(|kind| kind == "string")
    }

    /// Returns a type as another crate names it.
    pub(super) fn outside(self, rust: &TokenStream) -> TokenStream {
        let krate = format_ident!("{}", self.krate).to_string();
        let text = rust.to_string();
        let text = text.replace("crate :: runtime ::", &format!("{krate} ::"));
        text.replace("crate ::", &format!("{krate} ::")).parse().unwrap_or_default()
    }
}
