//! The facts that a schema states, in terms that OpenAPI 3.0 and JSON Schema share.

use std::collections::BTreeMap;

use serde_json::Value;

/// The stated facts of each place: `Room.sid` is `required`, has the `type` `string`, and so on.
pub(crate) type Facts = BTreeMap<(String, &'static str), String>;

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

/// The facts of a component of this name.
pub(crate) fn facts(name: &str, schema: &Value) -> Facts {
    let mut facts = Facts::new();
    describe(name, schema, &mut facts);
    facts
}

fn describe(place: &str, schema: &Value, facts: &mut Facts) {
    let mut say = |fact: &'static str, value: String| facts.insert((place.to_owned(), fact), value);
    if is_nullable(schema) {
        say("nullable", "yes".to_owned());
    }
    if let Some(default) = schema.get("default").filter(|default| !default.is_null()) {
        say("default", default.to_string());
    }
    let inner = without_null(schema);
    if let Some(name) = referred(inner) {
        say("type", name.to_owned());
        return;
    }
    if let Some(kind) = kind(inner) {
        say("type", kind.to_owned());
    }
    if let Some(format) = inner.get("format").and_then(Value::as_str) {
        say("format", format.to_owned());
    }
    for limit in LIMITS {
        if let Some(value) = inner.get(limit) {
            say(limit, value.to_string());
        }
    }
    if let Some(values) = values(inner) {
        say("enum", values);
    }
    if let Some(items) = inner.get("items") {
        describe(&format!("{place}[]"), items, facts);
    }
    let required: Vec<&str> =
        inner.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    for (property, schema) in inner.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let place = format!("{place}.{property}");
        let is_required = if required.contains(&property.as_str()) { "yes" } else { "no" };
        facts.insert((place.clone(), "required"), is_required.to_owned());
        describe(&place, schema, facts);
    }
}

/// Returns whether null is one of the values. A schema without a type allows any.
fn is_nullable(schema: &Value) -> bool {
    let is_null = |schema: &Value| schema["type"] == "null";
    let alternatives = schema["anyOf"].as_array().is_some_and(|any| any.iter().any(is_null));
    let types = schema["type"].as_array().is_some_and(|types| types.iter().any(|name| name == "null"));
    schema["nullable"] == true || alternatives || types || is_anything(schema)
}

fn is_anything(schema: &Value) -> bool {
    let says = ["type", "$ref", "allOf", "anyOf", "oneOf"];
    schema == true || !says.iter().any(|key| schema.get(key).is_some())
}

/// The alternative that is not null, if there are two.
fn without_null(schema: &Value) -> &Value {
    let alternatives = schema["anyOf"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut others = alternatives.iter().filter(|schema| schema["type"] != "null");
    match (others.next(), others.next()) {
        (Some(only), None) if alternatives.len() == 2 => only,
        _ => schema,
    }
}

fn referred(schema: &Value) -> Option<&str> {
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

/// The values of an open or closed enum, in the order of their names.
fn values(schema: &Value) -> Option<String> {
    let open = || schema["anyOf"].as_array()?.iter().find_map(|schema| schema["enum"].as_array());
    let values = schema["enum"].as_array().or_else(open)?;
    let mut values: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
    values.sort_unstable();
    Some(values.join(", "))
}
