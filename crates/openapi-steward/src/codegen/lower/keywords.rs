//! The pass that leaves no keyword in the schemas but those of OpenAPI 3.0 that the generator reads.
//!
//! A keyword of later versions that 3.0 has a word for is written with it already, by [`crate::document::lowered`], which everything
//! about the meaning of schemas reads. Here, what 3.0 has no word for is made wider, or left out if it only limits values.

use serde_json::{Map, Value, json};

use crate::codegen::document_visitor::for_each_schema;
use crate::codegen::extensions::NULL;

/// The keywords that limit values, or describe them, and have no counterpart in 3.0.
const LEFT_OUT: [&str; 23] = [
    "$schema",
    "$id",
    "$anchor",
    "$comment",
    "$vocabulary",
    "$dynamicAnchor",
    "$dynamicRef",
    "examples",
    "contentEncoding",
    "contentSchema",
    "if",
    "then",
    "else",
    "dependentRequired",
    "dependentSchemas",
    "unevaluatedItems",
    "contains",
    "minContains",
    "maxContains",
    "propertyNames",
    "xml",
    "externalDocs",
    "not",
];

/// Rewrites all schemas of a document.
pub(super) fn reduce(document: &mut Value) {
    for_each_schema(document, &mut |schema| {
        if let Value::Bool(_) = schema {
            *schema = json!({});
        }
        if let Value::Object(schema) = schema {
            rewrite(schema);
        }
    });
    document["openapi"] = json!("3.0.3");
    if let Some(document) = document.as_object_mut() {
        document.shift_remove("webhooks");
        document.shift_remove("jsonSchemaDialect");
        document.entry("paths").or_insert_with(|| json!({}));
    }
}

fn rewrite(schema: &mut Map<String, Value>) {
    binary_media(schema);
    if let Some(others) = schema.shift_remove("unevaluatedProperties").filter(|others| *others != Value::Bool(false)) {
        schema.entry("additionalProperties").or_insert(others);
    }
    schema.retain(|key, _| !LEFT_OUT.contains(&key.as_str()));
    // In a document of 3.0 it has no meaning, but its author means it.
    if let Some(value) = schema.shift_remove("const") {
        schema.insert("enum".to_owned(), json!([value]));
    }
    if schema.shift_remove("prefixItems").is_some() {
        schema.entry("type").or_insert_with(|| json!("array"));
        schema.insert("items".to_owned(), json!({}));
    }
    if let Some(patterns) = schema.shift_remove("patternProperties") {
        let mut patterns = patterns.as_object().cloned().unwrap_or_default();
        let value = match patterns.len() {
            1 => patterns.values_mut().next().map_or(Value::Null, Value::take),
            _ => json!({}),
        };
        let only = matches!(schema.get("additionalProperties"), None | Some(Value::Bool(_)));
        schema.insert("additionalProperties".to_owned(), if only { value } else { json!({}) });
    }
    nulls_in_enum(schema);
}

/// A type of `contentMediaType` without an encoding is bytes.
fn binary_media(schema: &mut Map<String, Value>) {
    let media = schema.shift_remove("contentMediaType");
    if media.is_some() && !schema.contains_key("contentEncoding") && !schema.contains_key("format") {
        schema.entry("type").or_insert_with(|| json!("string"));
        schema.insert("format".to_owned(), json!("binary"));
    }
}

/// A null among the values of an enum makes it nullable. Values without a `type` have that of all of them.
fn nulls_in_enum(schema: &mut Map<String, Value>) {
    let Some(Value::Array(values)) = schema.get_mut("enum") else { return };
    let count = values.len();
    values.retain(|value| !value.is_null());
    let has_null = values.len() < count;
    let kind = match values.as_slice() {
        [] => None,
        values if values.iter().all(Value::is_string) => Some("string"),
        values if values.iter().all(|value| value.is_i64() || value.is_u64()) => Some("integer"),
        values if values.iter().all(Value::is_number) => Some("number"),
        values if values.iter().all(Value::is_boolean) => Some("boolean"),
        _ => None,
    };
    if values.is_empty() {
        schema.shift_remove("enum");
        if has_null && !schema.contains_key("type") {
            schema.insert(NULL.to_owned(), Value::Bool(true));
        }
    }
    if has_null {
        schema.insert("nullable".to_owned(), Value::Bool(true));
    }
    if let Some(kind) = kind {
        schema.entry("type").or_insert_with(|| json!(kind));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reduced(schema: Value) -> Value {
        let mut document = json!({ "openapi": "3.1.0" });
        document["components"]["schemas"]["A"] = schema;
        reduce(&mut document);
        assert_eq!(document["openapi"], "3.0.3");
        document["components"]["schemas"]["A"].clone()
    }

    #[test]
    fn constants_and_enums_have_the_type_of_their_values() {
        assert_eq!(reduced(json!({ "const": "a" })), json!({ "enum": ["a"], "type": "string" }));
        let expected = json!({ "enum": ["a"], "nullable": true, "type": "string" });
        assert_eq!(reduced(json!({ "enum": ["a", null] })), expected);
        assert_eq!(reduced(json!({ "enum": [1, 2] })), json!({ "enum": [1, 2], "type": "integer" }));
        let null = json!({ "enum": [null], "nullable": true });
        assert_eq!(reduced(null), json!({ "nullable": true, NULL: true }));
    }

    #[test]
    fn keywords_that_3_0_does_not_have_become_wider_ones() {
        let tuple = reduced(json!({ "type": "array", "prefixItems": [{ "type": "string" }] }));
        assert_eq!(tuple, json!({ "type": "array", "items": {} }));
        let map = reduced(json!({ "type": "object", "patternProperties": { "^a": { "const": "b" } } }));
        let value = json!({ "enum": ["b"], "type": "string" });
        assert_eq!(map, json!({ "type": "object", "additionalProperties": value }));
        let others = reduced(json!({ "properties": {}, "unevaluatedProperties": { "type": "string" } }));
        assert_eq!(others, json!({ "properties": {}, "additionalProperties": { "type": "string" } }));
        let bytes = reduced(json!({ "contentMediaType": "image/png" }));
        assert_eq!(bytes, json!({ "type": "string", "format": "binary" }));
        assert_eq!(reduced(json!({ "type": "integer", "examples": [4] })), json!({ "type": "integer" }));
        assert_eq!(reduced(json!(true)), json!({}));
    }
}
