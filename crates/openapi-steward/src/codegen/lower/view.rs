//! The properties of a schema together with those of all its parts.

use serde_json::{Map, Value, json};

use crate::codegen::chosen_names::field;
use crate::codegen::document_visitor::referenced_schema;
use crate::codegen::extensions::{CHOSEN_FIELD, NULL};

/// The number of compositions inside each other that are looked into.
const MAX_DEPTH: usize = 24;

/// The parts of an object, put together.
#[derive(Debug, Default)]
pub(super) struct View {
    pub(super) properties: Map<String, Value>,
    pub(super) required: Vec<String>,
    pub(super) additional: Option<Value>,
}

impl View {
    /// Returns the object as a schema.
    pub(super) fn into_schema(self) -> Value {
        let mut schema = json!({ "type": "object", "properties": self.properties });
        if !self.required.is_empty() {
            schema["required"] = json!(self.required);
        }
        if let Some(additional) = self.additional {
            schema["additionalProperties"] = additional;
        }
        schema
    }

    /// Adds what must be there as well.
    fn and(&mut self, other: Self) {
        for (name, schema) in other.properties {
            let merged = match self.properties.get(&name) {
                Some(own) => named(both(own, &schema), [own, &schema]),
                None => schema,
            };
            self.properties.insert(name, merged);
        }
        for name in other.required {
            if !self.required.contains(&name) {
                self.required.push(name);
            }
        }
        self.additional = other.additional.or(self.additional.take());
    }

    /// Adds what can be there instead.
    fn or(&mut self, other: Self) {
        for (name, schema) in other.properties {
            let merged = match self.properties.get(&name) {
                Some(own) if *own != schema => named(json!({ "anyOf": [own, schema] }), [own, &schema]),
                _ => schema,
            };
            self.properties.insert(name, merged);
        }
        self.required.retain(|name| other.required.contains(name));
        self.additional = match (self.additional.take(), other.additional) {
            (Some(one), Some(two)) if one != two => Some(Value::Bool(true)),
            (one, two) => one.or(two),
        };
    }
}

/// Keeps the chosen name of a field.
fn named(mut merged: Value, parts: [&Value; 2]) -> Value {
    if let Some(name) = parts.into_iter().find_map(field) {
        merged[CHOSEN_FIELD] = json!(name);
    }
    merged
}

/// Returns the schema of a property that two parts describe.
fn both(one: &Value, two: &Value) -> Value {
    let is_open = |schema: &Value| !is_structural(schema);
    let narrows = |schema: &Value| schema.get("enum").is_some() || schema.get("$ref").is_some();
    match () {
        () if one == two || is_open(two) => one.clone(),
        () if is_open(one) => two.clone(),
        () if one.get("type").is_some() && one.get("type") == two.get("type") && !is_object(one) => {
            if narrows(one) && !narrows(two) { one.clone() } else { two.clone() }
        }
        () => json!({ "allOf": [one, two] }),
    }
}

fn is_object(schema: &Value) -> bool {
    schema.get("type").is_some_and(|kind| kind == "object")
}

/// Returns whether a schema says of what kind a value is, and not only how it is limited.
pub(super) fn is_structural(schema: &Value) -> bool {
    const KEYS: [&str; 10] =
        ["$ref", "type", "properties", "additionalProperties", "items", "allOf", "anyOf", "oneOf", "enum", NULL];
    KEYS.iter().any(|key| schema.get(key).is_some_and(|value| *key != "additionalProperties" || !value.is_boolean()))
}

/// Returns what a schema consists of if it is an object, whatever it is composed of.
pub(super) fn view(schema: &Value, schemas: &Map<String, Value>) -> Option<View> {
    view_at(schema, schemas, 0)
}

fn view_at(schema: &Value, schemas: &Map<String, Value>, depth: usize) -> Option<View> {
    if depth > MAX_DEPTH {
        return None;
    }
    if let Some(name) = referenced_schema(schema) {
        return view_at(schemas.get(name)?, schemas, depth + 1);
    }
    if !schema.get("type").is_none_or(|kind| kind == "object") {
        return None;
    }
    let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
    let mut whole = View {
        properties: schema.get("properties").and_then(Value::as_object).cloned().unwrap_or_default(),
        required: required.filter_map(Value::as_str).map(str::to_owned).collect(),
        additional: schema.get("additionalProperties").filter(|additional| **additional != Value::Bool(false)).cloned(),
    };
    let mut is_object = schema.get("type").is_some() || !whole.properties.is_empty() || whole.additional.is_some();
    for part in parts(schema, "allOf").filter(|part| is_structural(part) || part.get("required").is_some()) {
        whole.and(view_at(part, schemas, depth + 1)?);
        is_object = true;
    }
    for key in ["oneOf", "anyOf"] {
        let mut alternatives: Option<View> = None;
        for part in parts(schema, key).filter(|part| is_structural(part) && part.get(NULL).is_none()) {
            let part = view_at(part, schemas, depth + 1)?;
            match &mut alternatives {
                Some(alternatives) => alternatives.or(part),
                None => alternatives = Some(part),
            }
        }
        if let Some(alternatives) = alternatives {
            whole.and(alternatives);
            is_object = true;
        }
    }
    // A part that only requires properties is an object as well.
    (is_object || schema.get("required").is_some()).then_some(whole)
}

/// Returns the parts of a composition.
pub(super) fn parts<'a>(schema: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    schema.get(key).and_then(Value::as_array).into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_put_together_and_alternatives_are_optional() {
        let schemas = json!({ "Base": { "type": "object", "required": ["id"], "properties": { "id": { "type": "string" }, "kind": { "type": "string" } } } });
        let schema = json!({
            "allOf": [
                { "$ref": "#/components/schemas/Base" },
                { "properties": { "kind": { "type": "string", "enum": ["a"] } }, "required": ["kind"] },
            ],
            "anyOf": [
                { "properties": { "x": { "type": "string" } }, "required": ["x"] },
                { "properties": { "y": { "type": "string" } }, "required": ["y"] },
            ],
        });
        let view = view(&schema, schemas.as_object().unwrap_or(&Map::new())).map(View::into_schema);
        let expected = json!({
            "type": "object",
            "properties": {
                "id": { "type": "string" },
                "kind": { "type": "string", "enum": ["a"] },
                "x": { "type": "string" },
                "y": { "type": "string" },
            },
            "required": ["id", "kind"],
        });
        assert_eq!(view, Some(expected));
    }

    #[test]
    fn a_part_that_is_no_object_makes_none() {
        let schema = json!({ "allOf": [{ "type": "string" }, { "type": "object" }] });
        assert!(view(&schema, &Map::new()).is_none());
        let circle = json!({ "A": { "allOf": [{ "$ref": "#/components/schemas/A" }] } });
        assert!(view(&circle["A"], circle.as_object().unwrap_or(&Map::new())).is_none());
    }
}
