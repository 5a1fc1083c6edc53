//! Values that match the schemas of a document.

use std::cell::Cell;

use serde_json::{Map, Value, json};

use super::scalar::scalar;
use crate::codegen::lower::{kind, target};

/// The number of schemas inside each other from which on only required properties are in a value.
const DEPTH_OF_REQUIRED: usize = 6;
/// The number of schemas inside each other that are followed.
const MAX_DEPTH: usize = 32;

/// The direction of a body, in which properties of the other one are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Request,
    Response,
}

/// Makes values for the schemas of a document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sampler<'a> {
    pub(crate) document: &'a Value,
    pub(crate) direction: Direction,
    /// Optional properties are in the value as well.
    pub(crate) complete: bool,
    /// The number of schemas that may still be followed. Without it, schemas that refer to each other take very long.
    pub(crate) budget: Option<&'a Cell<usize>>,
}

impl<'a> Sampler<'a> {
    /// Returns a value that matches a schema, or none if it cannot find one.
    pub(crate) fn sample(self, schema: &'a Value) -> Option<Value> {
        self.sample_at(schema, 0)
    }

    /// Follows references to the schema at their end.
    pub(in crate::codegen) fn resolved(self, schema: &'a Value) -> &'a Value {
        let mut schema = schema;
        for _ in 0..MAX_DEPTH {
            match schema.get("$ref").and_then(Value::as_str).and_then(|reference| target(self.document, reference)) {
                Some(next) => schema = next,
                None => break,
            }
        }
        schema
    }

    fn sample_at(self, schema: &'a Value, depth: usize) -> Option<Value> {
        if depth > MAX_DEPTH {
            return None;
        }
        if let Some(budget) = self.budget {
            budget.set(budget.get().checked_sub(1)?);
        }
        let schema = self.resolved(schema);
        let values = schema.get("enum").and_then(Value::as_array).into_iter().flatten();
        let is_of_type = |value: &&Value| match schema.get("type").and_then(Value::as_str) {
            Some("string") => value.is_string(),
            Some("array") => value.is_array(),
            Some("object") => value.is_object(),
            _ => !value.is_null(),
        };
        if let Some(value) = values.into_iter().find(is_of_type) {
            return Some(value.clone());
        }
        if schema.get("not").is_some_and(|not| not.as_object().is_some_and(Map::is_empty)) {
            return None;
        }
        for key in ["oneOf", "anyOf"] {
            if let Some(alternatives) = schema.get(key).and_then(Value::as_array) {
                return alternatives.iter().find_map(|alternative| self.alternative(schema, alternative, depth));
            }
        }
        if schema.get("allOf").is_some() {
            return self.whole(schema, depth);
        }
        self.of_type(schema, depth)
    }

    /// A value of an alternative, with what is beside it, and the value of the discriminator.
    fn alternative(self, schema: &'a Value, alternative: &'a Value, depth: usize) -> Option<Value> {
        // It can say only which properties are required, and the rest beside it.
        if !kind(schema).is_empty() && !describes_type(self.resolved(alternative)) {
            return self.of_type(schema, depth);
        }
        let value = self.sample_at(alternative, depth + 1)?;
        let Value::Object(mut object) = value else { return Some(value) };
        if let Value::Object(own) = self.of_type(schema, depth).unwrap_or_default() {
            add(&mut object, own);
        }
        if let Some(Value::Object(parts)) = schema.get("allOf").and_then(|_| self.whole(schema, depth)) {
            add(&mut object, parts);
        }
        self.discriminate(schema, alternative, &mut object);
        Some(Value::Object(object))
    }

    /// Sets the value of the discriminator.
    fn discriminate(self, schema: &'a Value, alternative: &'a Value, object: &mut Map<String, Value>) {
        let Some(discriminator) = schema.get("discriminator") else { return };
        let (Some(property), Some(reference)) = (
            discriminator.get("propertyName").and_then(Value::as_str),
            alternative.get("$ref").and_then(Value::as_str),
        ) else {
            return;
        };
        let name = reference.rsplit('/').next().unwrap_or_default();
        let mapping = discriminator.get("mapping").and_then(Value::as_object).into_iter().flat_map(Map::iter);
        let mapped = mapping.into_iter().find(|(_, target)| *target == reference || *target == name);
        let tag = mapped.map_or(name, |(tag, _)| tag);
        // A constant in the alternative is the tag that the alternative itself has.
        let has_constant = object.get(property).is_some_and(Value::is_string) && mapped.is_none();
        let is_constant =
            has_constant && self.resolved(alternative).pointer(&format!("/properties/{property}/enum")).is_some();
        if !is_constant {
            let is_text = object.get(property).is_none_or(Value::is_string);
            let scalar = if is_text { None } else { serde_json::from_str(tag).ok() };
            object.insert(property.to_owned(), scalar.unwrap_or_else(|| json!(tag)));
        }
    }

    /// A value of all parts of an `allOf`.
    fn whole(self, schema: &'a Value, depth: usize) -> Option<Value> {
        let mut object = Map::new();
        let mut scalar = None;
        for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            match self.sample_at(part, depth + 1) {
                Some(Value::Object(part)) => object.extend(part),
                Some(value) if describes_type(self.resolved(part)) => scalar = Some(value),
                Some(_) => {}
                None => return None,
            }
        }
        if !kind(schema).is_empty() {
            match self.of_type(schema, depth)? {
                Value::Object(own) => object.extend(own),
                value => scalar = scalar.or(Some(value)),
            }
        }
        // A part can require what another one describes.
        let parts = self.parts(schema);
        let names =
            parts.iter().filter_map(|part| part.get("required")?.as_array()).flatten().filter_map(Value::as_str);
        for name in names {
            let property = parts.iter().find_map(|part| part.get("properties")?.get(name));
            if let Some(property) = property.filter(|_| !object.contains_key(name)) {
                object.insert(name.to_owned(), self.sample_at(property, depth + 1)?);
            }
        }
        match scalar {
            Some(scalar) if object.is_empty() => Some(scalar),
            _ => Some(Value::Object(object)),
        }
    }

    /// Returns a schema and all parts of its `allOf`.
    fn parts(self, schema: &'a Value) -> Vec<&'a Value> {
        let (mut parts, mut open): (Vec<&Value>, _) = (Vec::new(), vec![schema]);
        while let Some(schema) = open.pop() {
            let schema = self.resolved(schema);
            if !parts.iter().any(|part| std::ptr::eq(*part, schema)) {
                parts.push(schema);
                open.extend(schema.get("allOf").and_then(Value::as_array).into_iter().flatten().rev());
            }
        }
        parts
    }

    fn of_type(self, schema: &'a Value, depth: usize) -> Option<Value> {
        match kind(schema) {
            kind @ ("string" | "boolean" | "integer" | "number") => Some(scalar(kind, schema)),
            "array" => {
                let length = schema.get("minItems").and_then(Value::as_u64).unwrap_or(1).clamp(1, 8);
                let item = schema.get("items").map_or(Some(json!("text")), |items| self.sample_at(items, depth + 1));
                let items: Vec<Value> = item.into_iter().cycle().take(usize::try_from(length).unwrap_or(1)).collect();
                // A list of what contains itself is empty.
                Some(Value::Array(items))
            }
            "object" => self.object(schema, depth),
            _ => Some(json!("text")),
        }
    }

    fn object(self, schema: &'a Value, depth: usize) -> Option<Value> {
        let required: Vec<&str> =
            schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        let other_direction = if self.direction == Direction::Request { "readOnly" } else { "writeOnly" };
        let mut object = Map::new();
        for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let is_required = required.contains(&name.as_str());
            let is_wanted = self.complete
                && depth < DEPTH_OF_REQUIRED
                && self.resolved(property).get(other_direction) != Some(&Value::Bool(true));
            if is_required || is_wanted {
                match self.sample_at(property, depth + 1) {
                    Some(value) => drop(object.insert(name.clone(), value)),
                    None if is_required => return None,
                    None => {}
                }
            }
        }
        let additional = schema.get("additionalProperties").filter(|additional| additional.is_object());
        if let Some(additional) = additional.filter(|_| object.is_empty() && self.complete && depth < DEPTH_OF_REQUIRED)
            && let Some(value) = self.sample_at(additional, depth + 1)
        {
            object.insert("key".to_owned(), value);
        }
        Some(Value::Object(object))
    }
}

/// Adds the properties that an object does not have.
fn add(object: &mut Map<String, Value>, others: Map<String, Value>) {
    for (key, value) in others {
        object.entry(key).or_insert(value);
    }
}

fn describes_type(schema: &Value) -> bool {
    !kind(schema).is_empty() || ["enum", "allOf", "oneOf", "anyOf"].iter().any(|key| schema.get(key).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(document: &Value, complete: bool) -> Option<Value> {
        let sampler = Sampler { document, direction: Direction::Request, complete, budget: None };
        sampler.sample(&document["components"]["schemas"]["A"])
    }

    #[test]
    fn a_value_matches_its_schema() {
        for (schema, minimal, complete) in [
            (json!({ "enum": [null, "a"] }), json!("a"), json!("a")),
            (
                json!({ "type": "object", "properties": { "a": {} }, "anyOf": [{ "required": ["a"] }] }),
                json!({}),
                json!({ "a": "text" }),
            ),
            (
                json!({ "type": "array", "items": { "type": "boolean" }, "minItems": 2 }),
                json!([true, true]),
                json!([true, true]),
            ),
            (
                json!({ "required": ["a"], "properties": { "a": { "type": "string", "format": "date" }, "b": {}, "c": { "readOnly": true } } }),
                json!({ "a": "2024-05-17" }),
                json!({ "a": "2024-05-17", "b": "text" }),
            ),
            (json!({ "additionalProperties": { "type": "boolean" } }), json!({}), json!({ "key": true })),
            (
                json!({ "allOf": [{ "properties": { "a": {} }, "required": ["a"] }, { "type": "object", "properties": { "b": {} } }] }),
                json!({ "a": "text" }),
                json!({ "a": "text", "b": "text" }),
            ),
            (
                json!({ "allOf": [{ "required": ["a"] }, { "properties": { "a": {} } }] }),
                json!({ "a": "text" }),
                json!({ "a": "text" }),
            ),
        ] {
            let document = json!({ "components": { "schemas": { "A": schema } } });
            assert_eq!(sample(&document, false), Some(minimal), "{schema}");
            assert_eq!(sample(&document, true), Some(complete), "{schema}");
        }
    }

    #[test]
    fn a_type_that_contains_itself_ends_and_one_that_requires_itself_has_no_value() {
        let list = json!({ "components": { "schemas": { "A": {
            "properties": { "list": { "type": "array", "items": { "$ref": "#/components/schemas/A" } } }
        } } } });
        assert!(sample(&list, true).is_some());
        let endless = json!({ "components": { "schemas": { "A": {
            "required": ["a"], "properties": { "a": { "$ref": "#/components/schemas/A" } }
        } } } });
        assert_eq!(sample(&endless, true), None);
    }

    #[test]
    fn a_union_has_the_value_of_its_discriminator() {
        let document = json!({ "components": { "schemas": {
            "A": {
                "oneOf": [{ "$ref": "#/components/schemas/B" }],
                "discriminator": { "propertyName": "kind", "mapping": { "b": "#/components/schemas/B" } },
            },
            "B": { "type": "object", "required": ["kind"], "properties": { "kind": { "type": "string" } } },
        } } });
        assert_eq!(sample(&document, false), Some(json!({ "kind": "b" })));
        let mut document = document;
        document["components"]["schemas"]["A"]["discriminator"]["mapping"] = json!({ "7": "B" });
        document["components"]["schemas"]["B"]["properties"]["kind"] = json!({ "type": "integer" });
        assert_eq!(sample(&document, false), Some(json!({ "kind": 7 })));
    }
}
