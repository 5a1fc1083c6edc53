//! Ways through a document that passes take.

use serde_json::{Map, Value};

use crate::document::METHODS;

/// What a reference to a schema begins with.
pub(super) const SCHEMAS: &str = "#/components/schemas/";

pub(super) fn is_string_enum(schema: &Value) -> bool {
    schema.get("type").and_then(Value::as_str) == Some("string") && schema.get("enum").is_some()
}

/// The name of the schema that this one refers to.
pub(super) fn referred(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix(SCHEMAS)
}

pub(super) fn add_schemas(document: &mut Value, named: Vec<(String, Value)>) {
    if named.is_empty() {
        return;
    }
    let schemas = &mut document["components"]["schemas"];
    for (name, schema) in named {
        schemas[name] = schema;
    }
}

pub(super) fn for_each_operation(document: &mut Value, visit: &mut impl FnMut(&mut Value)) {
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    for item in paths.into_iter().flat_map(Map::values_mut).filter_map(Value::as_object_mut) {
        for (method, operation) in item {
            if METHODS.contains(&method.as_str()) {
                visit(operation);
            }
        }
    }
}

pub(super) fn content_schemas(body: &mut Value) -> impl Iterator<Item = &mut Value> {
    let content = body.get_mut("content").and_then(Value::as_object_mut);
    content.into_iter().flat_map(Map::values_mut).filter_map(|media| media.get_mut("schema"))
}

/// Visits every schema of the document, those inside others first.
pub(super) fn for_each_schema(document: &mut Value, visit: &mut impl FnMut(&mut Value)) {
    match document {
        Value::Object(map) => {
            for (key, value) in map {
                match (key.as_str(), &mut *value) {
                    ("schema", schema) => each_schema_in(schema, visit),
                    ("schemas", Value::Object(schemas)) => {
                        schemas.values_mut().for_each(|schema| each_schema_in(schema, visit));
                    }
                    ("example" | "examples", _) => {}
                    _ => for_each_schema(value, visit),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| for_each_schema(item, visit)),
        _ => {}
    }
}

fn each_schema_in(schema: &mut Value, visit: &mut impl FnMut(&mut Value)) {
    for_each_part(schema, &mut |_, part| each_schema_in(part, visit));
    visit(schema);
}

/// Visits the schemas right inside a schema, with the name of the part: that of a property, or what its keyword stands for.
pub(super) fn for_each_part(schema: &mut Value, visit: &mut impl FnMut(&str, &mut Value)) {
    let Some(schema) = schema.as_object_mut() else { return };
    for (key, value) in schema {
        match (key.as_str(), &mut *value) {
            ("properties", Value::Object(properties)) => {
                properties.iter_mut().for_each(|(name, property)| visit(name, property));
            }
            ("allOf" | "anyOf" | "oneOf", Value::Array(schemas)) => {
                for schema in schemas {
                    visit("", schema);
                }
            }
            ("items", Value::Object(_)) => visit("item", value),
            ("additionalProperties", Value::Object(_)) => visit("value", value),
            ("not", Value::Object(_)) => visit("", value),
            _ => {}
        }
    }
}
