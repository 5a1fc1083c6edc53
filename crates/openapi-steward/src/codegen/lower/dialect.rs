//! The pass that turns schemas of OpenAPI 3.1 into those of 3.0, which are the ones that progenitor reads.
//!
//! progenitor reads documents with `openapiv3`, which has no 3.1; its authors ask for a 3.1 model first. What 3.0 has no word for
//! is left out if it only limits values.

use serde_json::{Map, Value, json};

use super::visit::for_each_schema_mut;

/// The keywords that limit values, or describe them, and have no counterpart in 3.0.
const LEFT_OUT: [&str; 24] = [
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
    "unevaluatedProperties",
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
pub(super) fn to_3_0(document: &mut Value) {
    for_each_schema_mut(document, &mut |schema| {
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
    schema.retain(|key, _| !LEFT_OUT.contains(&key.as_str()));
    for key in ["exclusiveMinimum", "exclusiveMaximum"] {
        if schema.get(key).is_some_and(Value::is_number) {
            schema.shift_remove(key);
        }
    }
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
    types(schema);
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

/// `type: [string, 'null']` is a nullable string, and several types are alternatives.
fn types(schema: &mut Map<String, Value>) {
    match schema.get("type") {
        Some(Value::Array(types)) => {
            let mut types: Vec<Value> = types.clone();
            let count = types.len();
            types.retain(|kind| kind != "null");
            if types.len() < count {
                schema.insert("nullable".to_owned(), Value::Bool(true));
            }
            schema.shift_remove("type");
            match types.as_slice() {
                [] => {}
                [only] => {
                    schema.insert("type".to_owned(), only.clone());
                }
                _ => {
                    let part = |kind: &Value| {
                        let mut part = Map::from_iter([("type".to_owned(), kind.clone())]);
                        for key in keywords_of(kind.as_str().unwrap_or_default()) {
                            part.extend(schema.get(*key).map(|value| ((*key).to_owned(), value.clone())));
                        }
                        Value::Object(part)
                    };
                    let parts: Vec<Value> = types.iter().map(part).collect();
                    schema.retain(|key, _| {
                        !["object", "array"].iter().any(|kind| keywords_of(kind).contains(&key.as_str()))
                    });
                    if !schema.contains_key("anyOf") && !schema.contains_key("oneOf") && !schema.contains_key("enum") {
                        schema.insert("anyOf".to_owned(), Value::Array(parts));
                    }
                }
            }
        }
        Some(Value::String(kind)) if kind == "null" => {
            schema.shift_remove("type");
            schema.shift_remove("enum");
            schema.insert("nullable".to_owned(), Value::Bool(true));
            schema.insert("x-null".to_owned(), Value::Bool(true));
        }
        _ => {}
    }
}

fn keywords_of(kind: &str) -> &'static [&'static str] {
    match kind {
        "object" => &["properties", "required", "additionalProperties"],
        "array" => &["items"],
        _ => &["format"],
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
            schema.insert("x-null".to_owned(), Value::Bool(true));
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

    fn lowered(schema: Value) -> Value {
        let mut document = json!({ "openapi": "3.1.0" });
        document["components"]["schemas"]["A"] = schema;
        to_3_0(&mut document);
        assert_eq!(document["openapi"], "3.0.3");
        document["components"]["schemas"]["A"].clone()
    }

    #[test]
    fn types_with_null_are_nullable_and_several_are_alternatives() {
        assert_eq!(lowered(json!({ "type": ["string", "null"] })), json!({ "nullable": true, "type": "string" }));
        let both = lowered(json!({ "type": ["string", "array", "null"], "items": { "type": "integer" } }));
        let parts = json!([{ "type": "string" }, { "type": "array", "items": { "type": "integer" } }]);
        assert_eq!(both, json!({ "nullable": true, "anyOf": parts }));
        assert_eq!(lowered(json!({ "type": "null" })), json!({ "nullable": true, "x-null": true }));
    }

    #[test]
    fn constants_and_enums_have_the_type_of_their_values() {
        assert_eq!(lowered(json!({ "const": "a" })), json!({ "enum": ["a"], "type": "string" }));
        let expected = json!({ "enum": ["a"], "nullable": true, "type": "string" });
        assert_eq!(lowered(json!({ "enum": ["a", null] })), expected);
        assert_eq!(lowered(json!({ "enum": [1, 2] })), json!({ "enum": [1, 2], "type": "integer" }));
    }

    #[test]
    fn keywords_that_3_0_does_not_have_become_those_that_it_has() {
        let tuple = lowered(json!({ "type": "array", "prefixItems": [{ "type": "string" }] }));
        assert_eq!(tuple, json!({ "type": "array", "items": {} }));
        let map = lowered(json!({ "type": "object", "patternProperties": { "^a": { "type": "string" } } }));
        assert_eq!(map, json!({ "type": "object", "additionalProperties": { "type": "string" } }));
        let bytes = lowered(json!({ "contentMediaType": "image/png" }));
        assert_eq!(bytes, json!({ "type": "string", "format": "binary" }));
        let number = lowered(json!({ "type": "integer", "exclusiveMinimum": 3, "examples": [4] }));
        assert_eq!(number, json!({ "type": "integer" }));
        assert_eq!(lowered(json!(true)), json!({}));
    }
}
