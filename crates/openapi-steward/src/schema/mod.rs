//! Converts the schemas of OpenAPI 3.0 to JSON Schema 2020-12, and checks values against them.

use std::collections::BTreeSet;

use jsonschema::error::ValidationErrorKind;
use serde_json::{Map, Value, json};

use crate::document::Node;
use crate::formats::Formats;

const COMPONENTS: &str = "#/components/schemas/";
/// The keywords that do not restrict a value.
const ANNOTATIONS: [&str; 4] = ["discriminator", "example", "externalDocs", "xml"];

/// The schemas of a document, as JSON Schema.
#[derive(Debug, Clone)]
pub(crate) struct Schemas(Map<String, Value>);

impl Schemas {
    pub(crate) fn of(root: &Node) -> Self {
        let schemas = root.pointer("/components/schemas").map(Node::entries).unwrap_or_default();
        Self(schemas.iter().map(|entry| (entry.key.clone(), convert(&entry.node.to_json()))).collect())
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The same schemas, which do not allow unknown properties.
    pub(crate) fn strict(&self) -> Self {
        Self(self.0.iter().map(|(name, schema)| (name.clone(), deny_unknown_properties(schema))).collect())
    }

    /// Adds the definitions of all schemas that this one refers to.
    pub(crate) fn with_definitions(&self, schema: &Value) -> Value {
        let mut names = BTreeSet::new();
        self.collect_references(schema, &mut names);
        let definitions: Map<String, Value> =
            names.iter().filter_map(|name| Some((name.clone(), self.0.get(name)?.clone()))).collect();
        let mut complete = schema.as_object().cloned().unwrap_or_default();
        if !definitions.is_empty() {
            complete.insert("$defs".to_owned(), definitions.into());
        }
        complete.into()
    }

    /// The schema of this name, with the definitions of all schemas that it refers to.
    pub(crate) fn component(&self, name: &str) -> Option<Value> {
        Some(self.with_definitions(self.0.get(name)?))
    }

    fn collect_references(&self, schema: &Value, names: &mut BTreeSet<String>) {
        match schema {
            Value::Object(map) => {
                let target = map.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix("#/$defs/"));
                if let Some(name) = target
                    && names.insert(name.to_owned())
                    && let Some(target) = self.0.get(name)
                {
                    self.collect_references(target, names);
                }
                map.values().for_each(|value| self.collect_references(value, names));
            }
            Value::Array(items) => items.iter().for_each(|item| self.collect_references(item, names)),
            _ => {}
        }
    }
}

/// Converts a schema of OpenAPI 3.0 to JSON Schema 2020-12. References to components become `#/$defs/…`.
pub(crate) fn convert(schema: &Value) -> Value {
    let Some(schema) = schema.as_object() else { return schema.clone() };
    let mut converted = Map::new();
    for (key, value) in schema {
        let value = match (key.as_str(), value) {
            (key, _) if ANNOTATIONS.contains(&key) || key.starts_with("x-") || key == "nullable" => continue,
            ("$ref", Value::String(target)) => json!(target.replace(COMPONENTS, "#/$defs/")),
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
    if schema.get("nullable") == Some(&Value::Bool(true)) { or_null(converted) } else { converted.into() }
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
    match schema.get("type").cloned() {
        Some(kind) if !is_composed => {
            schema.insert("type".to_owned(), json!([kind, "null"]));
            if let Some(Value::Array(values)) = schema.get_mut("enum") {
                values.push(Value::Null);
            }
            schema.into()
        }
        _ => {
            let description = schema.remove("description");
            // A type next to a reference repeats the type of the target.
            if schema.contains_key("$ref") {
                schema.remove("type");
            }
            let mut either = Map::new();
            either.extend(description.map(|description| ("description".to_owned(), description)));
            either.insert("anyOf".to_owned(), json!([schema, { "type": "null" }]));
            either.into()
        }
    }
}

/// Forbids unknown properties in a schema, at any depth.
fn deny_unknown_properties(schema: &Value) -> Value {
    match schema {
        Value::Array(items) => items.iter().map(deny_unknown_properties).collect(),
        Value::Object(map) => {
            let mut strict: Map<String, Value> =
                map.iter().map(|(key, value)| (key.clone(), deny_unknown_properties(value))).collect();
            if map.get("properties").is_some_and(Value::is_object) && !map.contains_key("additionalProperties") {
                strict.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
            strict.into()
        }
        other => other.clone(),
    }
}

/// Adds the range of each integer format, such as `uint32`, which a validator does not know.
fn with_ranges(schema: &Value, formats: &Formats) -> Value {
    match schema {
        Value::Array(items) => items.iter().map(|item| with_ranges(item, formats)).collect(),
        Value::Object(map) => {
            let mut ranged: Map<String, Value> =
                map.iter().map(|(key, value)| (key.clone(), with_ranges(value, formats))).collect();
            let format = map.get("format").and_then(Value::as_str);
            let (minimum, maximum) = format.map_or((None, None), |format| formats.range(format));
            for (key, bound) in [("minimum", minimum), ("maximum", maximum)] {
                if let Some(bound) = bound {
                    ranged.entry(key).or_insert(bound.into());
                }
            }
            ranged.into()
        }
        other => other.clone(),
    }
}

/// Returns the mismatches of a value with a schema, each with its JSON pointer into the value. The error means that the schema
/// cannot be used.
pub(crate) fn mismatches(schema: &Value, value: &Value, formats: &Formats) -> Result<Vec<(String, String)>, String> {
    let options = jsonschema::draft202012::options().should_validate_formats(true);
    let validator = options.build(&with_ranges(schema, formats)).map_err(|error| error.to_string())?;
    let mut findings: Vec<(String, String)> = Vec::new();
    for error in validator.iter_errors(value) {
        let pointer = error.instance_path().to_string();
        match error.kind() {
            ValidationErrorKind::AdditionalProperties { unexpected } => {
                findings.extend(unexpected.iter().map(|name| {
                    let step = name.replace('~', "~0").replace('/', "~1");
                    (format!("{pointer}/{step}"), "the schema has no such property".to_owned())
                }));
            }
            _ => findings.push((pointer, error.to_string())),
        }
    }
    // A value of the wrong type is not in the enum either: the first mismatch of each value is enough.
    let mut pointers = BTreeSet::new();
    findings.retain(|(pointer, _)| pointers.insert(pointer.clone()));
    Ok(findings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{CustomFormat, Kind};

    fn seconds() -> CustomFormat {
        let [format, rust] = ["seconds", "crate::Seconds"].map(str::to_owned);
        CustomFormat { format, kind: Kind::Integer, rust, minimum: Some(0), maximum: None }
    }

    fn valid(schema: &Value, value: &Value) -> bool {
        mismatches(schema, value, &Formats::new(vec![seconds()])).is_ok_and(|findings| findings.is_empty())
    }

    #[test]
    fn an_integer_format_has_a_range() {
        let schema = |format: &str| json!({ "items": { "type": "integer", "format": format } });
        assert!(valid(&schema("uint32"), &json!([0, 4_294_967_295_u64])));
        assert!(!valid(&schema("uint32"), &json!([4_294_967_296_u64])));
        assert!(!valid(&schema("seconds"), &json!([-1])));
        assert!(!valid(&schema("int32"), &json!([2_147_483_648_u64])) && valid(&schema("int64"), &json!([-1])));
    }

    #[test]
    fn nullable_and_exclusive_limits_are_converted() {
        let schema = convert(&json!({
            "type": "object",
            "properties": {
                "yes": { "type": "string", "nullable": true },
                "no": { "type": "string" },
                "one": { "type": "string", "enum": ["a"], "nullable": true },
                "more": { "type": "integer", "minimum": 1, "exclusiveMinimum": true },
                "less": { "type": "integer", "maximum": 1, "exclusiveMaximum": false },
            },
        }));
        assert!(valid(&schema, &json!({ "yes": null, "one": null, "more": 2, "less": 1 })));
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
        let reference = |name: &str| json!({ "$ref": format!("#/$defs/{name}") });
        let schemas = Schemas(
            [
                ("List", json!({ "items": reference("Room") })),
                ("Room", json!({ "properties": { "next": reference("Room"), "status": reference("Status") } })),
                ("Status", json!({ "type": "string" })),
                ("Other", json!({})),
            ]
            .map(|(name, schema)| (name.to_owned(), schema))
            .into_iter()
            .collect(),
        );
        let complete = schemas.component("List").unwrap_or_default();
        let names: Vec<&String> = complete["$defs"].as_object().into_iter().flatten().map(|(name, _)| name).collect();
        assert_eq!(names, ["Room", "Status"]);
        assert!(valid(&complete, &json!([{ "next": { "status": "x" }, "other": 1 }])));
        assert!(!valid(&complete, &json!([{ "next": { "status": 1 } }])));
        let strict = schemas.strict().component("List").unwrap_or_default();
        assert!(!valid(&strict, &json!([{ "other": 1 }])));
    }

    #[test]
    fn a_nullable_reference_also_allows_null() {
        let schema = json!({ "type": "object", "nullable": true, "allOf": [{ "$ref": "#/components/schemas/Links" }], "description": "d" });
        let expected = json!({ "description": "d", "anyOf": [{ "$ref": "#/$defs/Links" }, { "type": "null" }] });
        assert_eq!(convert(&schema), expected);
    }
}
