//! The keywords of a schema, in terms that OpenAPI 3.0 and JSON Schema share.

use std::collections::BTreeMap;

use serde_json::Value;

/// The values of keywords, by the path of the schema and the keyword: `type` of `Room.sid` is `string`, and so on.
pub(crate) type Keywords = BTreeMap<(String, &'static str), String>;

/// The keywords that limit a value.
const LIMITS: [&str; 9] = [
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "pattern",
];

/// Returns the keywords of a component of this name, and of the schemas in it.
pub(crate) fn keywords(name: &str, schema: &Value) -> Keywords {
    let mut keywords = Keywords::new();
    collect(name, schema, &mut keywords);
    keywords
}

fn collect(path: &str, schema: &Value, keywords: &mut Keywords) {
    let mut insert = |keyword: &'static str, value: String| keywords.insert((path.to_owned(), keyword), value);
    if is_nullable(schema) {
        insert("nullable", "yes".to_owned());
    }
    if let Some(default) = schema.get("default").filter(|default| !default.is_null()) {
        insert("default", default.to_string());
    }
    let inner = without_null(schema);
    if let Some(name) = reference_name(inner) {
        insert("type", name.to_owned());
        return;
    }
    if let Some(kind) = kind(inner) {
        insert("type", kind.to_owned());
    }
    if let Some(format) = inner.get("format").and_then(Value::as_str) {
        insert("format", format.to_owned());
    }
    for limit in LIMITS {
        if let Some(value) = inner.get(limit) {
            insert(limit, value.to_string());
        }
    }
    if let Some(values) = values(inner) {
        insert("enum", values);
    }
    if let Some(items) = inner.get("items") {
        collect(&format!("{path}[]"), items, keywords);
    }
    let required: Vec<&str> =
        inner.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    for (property, schema) in inner.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let path = format!("{path}.{property}");
        let is_required = if required.contains(&property.as_str()) { "yes" } else { "no" };
        keywords.insert((path.clone(), "required"), is_required.to_owned());
        collect(&path, schema, keywords);
    }
}

/// Returns whether a schema allows null. One without a type allows any value.
fn is_nullable(schema: &Value) -> bool {
    let is_null = |schema: &Value| schema["type"] == "null";
    let alternatives = schema["anyOf"].as_array().is_some_and(|any| any.iter().any(is_null));
    let types = schema["type"].as_array().is_some_and(|types| types.iter().any(|name| name == "null"));
    schema["nullable"] == true || alternatives || types || allows_any_value(schema)
}

fn allows_any_value(schema: &Value) -> bool {
    let restrictions = ["type", "$ref", "allOf", "anyOf", "oneOf"];
    schema == true || !restrictions.iter().any(|key| schema.get(key).is_some())
}

/// Returns the alternative to null, if a schema has these two alternatives. Otherwise returns the schema.
fn without_null(schema: &Value) -> &Value {
    let alternatives = schema["anyOf"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut not_null = alternatives.iter().filter(|schema| schema["type"] != "null");
    match (not_null.next(), not_null.next()) {
        (Some(only), None) if alternatives.len() == 2 => only,
        _ => schema,
    }
}

fn reference_name(schema: &Value) -> Option<&str> {
    let target = schema["$ref"].as_str().or_else(|| schema["allOf"].as_array()?.first()?["$ref"].as_str());
    target.and_then(|target| target.rsplit('/').next())
}

fn kind(schema: &Value) -> Option<&str> {
    match &schema["type"] {
        Value::Array(types) => types.iter().filter_map(Value::as_str).find(|name| *name != "null"),
        Value::String(name) => Some(name),
        // An open enum is one of its values, or any string.
        _ if values(schema).is_some() => Some("string"),
        _ => None,
    }
}

/// The values of an open or a closed enum, sorted.
fn values(schema: &Value) -> Option<String> {
    let open = || schema["anyOf"].as_array()?.iter().find_map(|schema| schema["enum"].as_array());
    let values = schema["enum"].as_array().or_else(open)?;
    let mut values: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
    values.sort_unstable();
    Some(values.join(", "))
}
