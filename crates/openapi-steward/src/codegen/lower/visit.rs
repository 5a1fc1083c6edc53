//! A visitor of all schemas of a document, wherever they are.

use serde_json::{Map, Value};

/// Visits every schema, those around others first.
pub(super) fn for_each_schema_mut(document: &mut Value, visit: &mut impl FnMut(&mut Value)) {
    match document {
        Value::Object(map) => {
            for (key, value) in map {
                match (key.as_str(), &mut *value) {
                    ("schema", schema) => each_in(schema, visit),
                    ("schemas", Value::Object(schemas)) => {
                        schemas.values_mut().for_each(|schema| each_in(schema, visit));
                    }
                    ("example" | "examples", _) => {}
                    _ => for_each_schema_mut(value, visit),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| for_each_schema_mut(item, visit)),
        _ => {}
    }
}

fn each_in(schema: &mut Value, visit: &mut impl FnMut(&mut Value)) {
    visit(schema);
    let Some(schema) = schema.as_object_mut() else { return };
    for (key, value) in schema {
        match (key.as_str(), &mut *value) {
            ("properties" | "patternProperties" | "$defs" | "definitions", Value::Object(map)) => {
                Map::values_mut(map).for_each(|schema| each_in(schema, visit));
            }
            ("allOf" | "anyOf" | "oneOf", Value::Array(parts)) => {
                for schema in parts {
                    each_in(schema, visit);
                }
            }
            ("items" | "additionalProperties", Value::Object(_)) | ("items", Value::Bool(_)) => each_in(value, visit),
            _ => {}
        }
    }
}
