//! Visitors of the operations and schemas of a document, which the passes share.

use serde_json::{Map, Value};

use super::extensions::UNION;
use crate::document::METHODS;

/// The beginning of a reference to a schema.
pub(super) const SCHEMAS: &str = "#/components/schemas/";

/// Returns whether a schema is an enum of strings.
pub(super) fn is_string_enum(schema: &Value) -> bool {
    schema.get("type").and_then(Value::as_str) == Some("string") && schema.get("enum").is_some()
}

/// Returns the name of the schema that this one refers to.
pub(super) fn referenced_schema(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix(SCHEMAS)
}

/// Adds schemas to the components.
pub(super) fn add_schemas(document: &mut Value, named: Vec<(String, Value)>) {
    if named.is_empty() {
        return;
    }
    let schemas = &mut document["components"]["schemas"];
    for (name, schema) in named {
        schemas[name] = schema;
    }
}

/// One operation of a document.
pub(super) struct Operation<'a> {
    /// Its HTTP method, as the document has it: `get`.
    pub(super) method: &'a str,
    pub(super) path: &'a str,
    pub(super) value: &'a Value,
}

/// Returns the operations, in the order of the document.
pub(super) fn operations(document: &Value) -> impl Iterator<Item = Operation<'_>> {
    let paths = document.get("paths").and_then(Value::as_object).into_iter().flatten();
    paths.flat_map(|(path, item)| {
        let methods = item.as_object().into_iter().flatten();
        methods.filter(|(method, _)| METHODS.contains(&method.as_str())).map(move |(method, value)| Operation {
            method,
            path,
            value,
        })
    })
}

/// Visits every operation.
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

/// Visits every schema of the document, those inside others first, whatever keywords it has.
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
    for (key, value) in schema.as_object_mut().into_iter().flatten() {
        match (key.as_str(), &mut *value) {
            ("properties" | "patternProperties" | "$defs" | "definitions", Value::Object(schemas)) => {
                schemas.values_mut().for_each(|schema| each_schema_in(schema, visit));
            }
            ("allOf" | "anyOf" | "oneOf", Value::Array(schemas)) => {
                for schema in schemas {
                    each_schema_in(schema, visit);
                }
            }
            ("items", Value::Object(_) | Value::Bool(_)) | ("additionalProperties" | "not", Value::Object(_)) => {
                each_schema_in(value, visit);
            }
            (UNION, Value::Object(union)) => {
                for arm in union.get_mut("arms").and_then(Value::as_array_mut).into_iter().flatten() {
                    each_schema_in(&mut arm["schema"], visit);
                }
            }
            _ => {}
        }
    }
    visit(schema);
}
