//! Converts the schemas of OpenAPI 3.0 to JSON Schema 2020-12, for other validators.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::references::References;
use crate::document::{Node, escape, unescape};

const COMPONENTS: &str = "#/components/schemas/";
const DEFINITIONS: &str = "#/$defs/";
/// The keywords that do not restrict a value, or that JSON Schema does not have.
const LEFT_OUT: [&str; 5] = ["discriminator", "example", "externalDocs", "nullable", "xml"];

/// The schemas of the components of a document, as JSON Schema.
#[derive(Debug)]
pub(crate) struct Schemas<'a> {
    root: &'a Node,
    components: BTreeMap<&'a str, Value>,
    /// The names in the order of the document.
    names: Vec<&'a str>,
}

impl<'a> Schemas<'a> {
    pub(crate) fn of(root: &'a Node) -> Self {
        let entries = References::new(root).components();
        let components = entries.iter().map(|entry| (entry.key.as_str(), convert(&entry.node.to_json()))).collect();
        Self { root, components, names: entries.iter().map(|entry| entry.key.as_str()).collect() }
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &'a str> {
        self.names.iter().copied()
    }

    /// The schema of this name, with the definitions of all schemas that it refers to.
    pub(crate) fn component(&self, name: &str) -> Option<Value> {
        Some(self.with_definitions(self.components.get(name)?))
    }

    /// Adds the definitions of all schemas that this one refers to.
    pub(crate) fn with_definitions(&self, schema: &Value) -> Value {
        let mut definitions = BTreeMap::new();
        let mut open = vec![schema.clone()];
        while let Some(schema) = open.pop() {
            let mut targets = Vec::new();
            references(&schema, &mut targets);
            for name in targets.into_iter().filter_map(definition_name) {
                if !definitions.contains_key(&name)
                    && let Some(target) = self.definition(&name)
                {
                    open.push(target.clone());
                    definitions.insert(name, target);
                }
            }
        }
        let mut complete = schema.as_object().cloned().unwrap_or_default();
        if !definitions.is_empty() {
            complete.insert("$defs".to_owned(), definitions.into_iter().collect::<Map<_, _>>().into());
        }
        complete.into()
    }

    /// The definition of a component, or of the schema that a JSON pointer leads to.
    fn definition(&self, name: &str) -> Option<Value> {
        if let Some(schema) = self.components.get(name) {
            return Some(schema.clone());
        }
        let target = self.root.pointer(name).filter(|_| name.starts_with('/'))?;
        Some(convert(&target.to_json()))
    }
}

/// Adds the values of all `$ref` in a schema.
fn references<'v>(schema: &'v Value, targets: &mut Vec<&'v str>) {
    match schema {
        Value::Object(map) => {
            targets.extend(map.get("$ref").and_then(Value::as_str));
            map.values().for_each(|value| references(value, targets));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, targets)),
        _ => {}
    }
}

/// The name of the definition that a converted reference leads to.
fn definition_name(reference: &str) -> Option<String> {
    let name = reference.strip_prefix(DEFINITIONS)?.split('/').next()?;
    Some(unescape(name))
}

/// Converts the target of a reference: a component, or a definition that is named after the JSON pointer.
fn convert_reference(target: &str) -> String {
    if let Some(component) = target.strip_prefix(COMPONENTS)
        && !component.contains('/')
    {
        return format!("{DEFINITIONS}{component}");
    }
    match target.strip_prefix('#') {
        Some(pointer) => format!("{DEFINITIONS}{}", escape(pointer)),
        None => target.to_owned(),
    }
}

/// Converts a schema of OpenAPI 3.0 to JSON Schema 2020-12. References become `#/$defs/…`.
pub(crate) fn convert(schema: &Value) -> Value {
    let Some(schema) = schema.as_object() else { return schema.clone() };
    let is_nullable = schema.get("nullable") == Some(&Value::Bool(true));
    if let Some(Value::String(target)) = schema.get("$ref") {
        // OpenAPI 3.0 ignores all keys beside a reference, and JSON Schema does not.
        let mut converted = Map::new();
        converted.insert("$ref".to_owned(), convert_reference(target).into());
        return if is_nullable { or_null(converted) } else { converted.into() };
    }
    let mut converted = Map::new();
    for (key, value) in schema {
        let value = match (key.as_str(), value) {
            (key, _) if LEFT_OUT.contains(&key) || key.starts_with("x-") => continue,
            ("properties", Value::Object(properties)) => {
                properties.iter().map(|(name, schema)| (name.clone(), convert(schema))).collect::<Map<_, _>>().into()
            }
            ("allOf" | "anyOf" | "oneOf", Value::Array(schemas)) => schemas.iter().map(convert).collect(),
            ("items" | "not" | "additionalProperties", schema) => convert(schema),
            (_, value) => value.clone(),
        };
        converted.insert(key.clone(), value);
    }
    exclusive_bounds(&mut converted);
    unwrap_all_of(&mut converted);
    if is_nullable { or_null(converted) } else { converted.into() }
}

/// Converts `exclusiveMinimum: true`, which changes the meaning of `minimum`, to `exclusiveMinimum` with the limit.
fn exclusive_bounds(schema: &mut Map<String, Value>) {
    for (bound, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
        if let Some(Value::Bool(strict)) = schema.get(exclusive).cloned() {
            schema.remove(exclusive);
            if let Some(limit) = schema.get(bound).cloned().filter(|_| strict) {
                schema.remove(bound);
                schema.insert(exclusive.to_owned(), limit);
            }
        }
    }
}

/// Replaces an `allOf` that holds one reference by that reference: JSON Schema allows other keys next to `$ref`.
fn unwrap_all_of(schema: &mut Map<String, Value>) {
    if let Some([Value::Object(only)]) = schema.get("allOf").and_then(Value::as_array).map(Vec::as_slice)
        && let Some(target) = only.get("$ref").filter(|_| only.len() == 1).cloned()
    {
        schema.remove("allOf");
        schema.insert("$ref".to_owned(), target);
    }
}

/// A schema that also allows null.
fn or_null(mut schema: Map<String, Value>) -> Value {
    let is_composed = ["$ref", "allOf", "anyOf", "oneOf", "not"].iter().any(|key| schema.contains_key(*key));
    if is_composed {
        let description = schema.remove("description");
        // A type next to a reference repeats the type of the target.
        if schema.contains_key("$ref") {
            schema.remove("type");
        }
        let mut either = Map::new();
        either.extend(description.map(|description| ("description".to_owned(), description)));
        either.insert("anyOf".to_owned(), json!([schema, { "type": "null" }]));
        return either.into();
    }
    if let Some(kind) = schema.get("type").cloned() {
        schema.insert("type".to_owned(), json!([kind, "null"]));
    }
    if let Some(Value::Array(values)) = schema.get_mut("enum")
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
    schema.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::read_yaml;

    fn valid(schema: &Value, value: &Value) -> bool {
        jsonschema::draft202012::new(schema).is_ok_and(|validator| validator.is_valid(value))
    }

    #[test]
    fn nullable_and_exclusive_limits_are_converted() {
        let schema = convert(&json!({
            "type": "object",
            "properties": {
                "yes": { "type": "string", "nullable": true },
                "no": { "type": "string" },
                "one": { "type": "string", "enum": ["a"], "nullable": true },
                "listed": { "type": "string", "enum": ["a", null], "nullable": true },
                "untyped": { "enum": ["a"], "nullable": true },
                "more": { "type": "integer", "minimum": 1, "exclusiveMinimum": true },
                "less": { "type": "integer", "maximum": 1, "exclusiveMaximum": false },
                "free": { "type": "integer", "exclusiveMaximum": true },
            },
        }));
        let nulls =
            json!({ "yes": null, "one": null, "listed": null, "untyped": null, "more": 2, "less": 1, "free": 1 });
        assert!(valid(&schema, &nulls));
        for wrong in [json!({ "no": null }), json!({ "one": "b" }), json!({ "more": 1 }), json!({ "less": 2 })] {
            assert!(!valid(&schema, &wrong), "{wrong}");
        }
    }

    #[test]
    fn a_property_can_be_named_like_a_keyword() {
        let schema = json!({ "properties": { "nullable": { "type": "boolean" }, "example": { "type": "string", "example": "x" } } });
        let expected = json!({ "properties": { "nullable": { "type": "boolean" }, "example": { "type": "string" } } });
        assert_eq!(convert(&schema), expected);
    }

    #[test]
    fn a_component_gets_only_the_definitions_that_it_refers_to() {
        let document = "\
components:
  schemas:
    List: { items: { $ref: '#/components/schemas/Room' } }
    Room: { properties: { next: { $ref: '#/components/schemas/Room' }, status: { $ref: '#/components/schemas/Other/properties/status' } } }
    Other: { properties: { status: { type: string } } }
    More: {}
";
        let (root, _) = read_yaml(document).unwrap_or_else(|finding| panic!("{finding:?}"));
        let list = Schemas::of(&root).component("List").unwrap_or_default();
        let names: Vec<&String> = list["$defs"].as_object().into_iter().flatten().map(|(name, _)| name).collect();
        assert_eq!(names, ["/components/schemas/Other/properties/status", "Room"]);
        assert!(valid(&list, &json!([{ "next": { "status": "x" }, "other": 1 }])));
        assert!(!valid(&list, &json!([{ "next": { "status": 1 } }])));
    }

    #[test]
    fn a_nullable_reference_also_allows_null() {
        let schema = json!({ "type": "object", "nullable": true, "allOf": [{ "$ref": "#/components/schemas/Links" }], "description": "d" });
        let expected = json!({ "description": "d", "anyOf": [{ "$ref": "#/$defs/Links" }, { "type": "null" }] });
        assert_eq!(convert(&schema), expected);
        let beside = json!({ "$ref": "#/components/schemas/Links", "nullable": true, "maxProperties": 1 });
        assert_eq!(convert(&beside), json!({ "anyOf": [{ "$ref": "#/$defs/Links" }, { "type": "null" }] }));
    }
}
