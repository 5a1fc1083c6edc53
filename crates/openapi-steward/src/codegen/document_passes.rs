//! Passes over the document before progenitor reads it. Each removes or rewrites one thing on which progenitor fails, or for which
//! it writes poor code.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::document_visitor::{for_each_schema, operations, referenced_schema};
use super::extensions::REQUIRED_NULL;
use super::property_names::WireNames;
use crate::formats::Formats;

/// Removes the formats without a Rust type. Validation reports each.
///
/// progenitor panics on an object with a format.
pub(super) fn drop_unknown_formats(document: &mut Value, formats: &Formats) {
    for_each_schema(document, &mut |schema| {
        let text = |key: &str| schema.get(key).and_then(Value::as_str).unwrap_or_default();
        if !formats.is_known(text("type"), text("format"))
            && let Some(schema) = schema.as_object_mut()
        {
            schema.remove("format");
        }
    });
}

/// Removes limits and defaults. Forms check the limits of what is sent; those of a response are not enforced.
///
/// typify would make a type of each limited string, with a regular expression for a pattern, and refuse a response that does not
/// match. It supports only some limits of numbers.
pub(super) fn strip_constraints(document: &mut Value) {
    const CONSTRAINTS: [&str; 16] = [
        "pattern",
        "minLength",
        "maxLength",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
        "minItems",
        "maxItems",
        "uniqueItems",
        "minProperties",
        "maxProperties",
        "default",
        "example",
        "title",
    ];
    for_each_schema(document, &mut |schema| {
        let strings = schema.get("type").and_then(Value::as_str) == Some("string");
        if let Some(schema) = schema.as_object_mut() {
            // A response can get new fields, which typify would refuse.
            if schema.get("additionalProperties") == Some(&Value::Bool(false)) {
                schema.remove("additionalProperties");
            }
            schema.retain(|key, _| !CONSTRAINTS.contains(&key.as_str()) && (strings || key != "enum"));
        }
    });
}

/// Lets optional lists and maps be null, as every other optional property may be.
///
/// typify makes an `Option` of each optional property, which accepts null, but an empty list or map of an absent one, which does
/// not.
pub(super) fn let_optional_lists_be_null(document: &mut Value) {
    for_each_schema(document, &mut |schema| {
        let required = schema.get("required").cloned().unwrap_or_default();
        let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
        for (name, property) in properties.into_iter().flatten() {
            let is_required = required.as_array().is_some_and(|required| required.iter().any(|other| other == name));
            let is_object = property.get("type").is_some_and(|kind| kind == "object");
            let is_map =
                (is_object || property.get("additionalProperties").is_some()) && property.get("properties").is_none();
            let is_list = property.get("type").and_then(Value::as_str) == Some("array");
            if (is_list || is_map) && !is_required {
                property["nullable"] = Value::Bool(true);
            }
        }
    });
}

/// Makes the required references that can be null optional: progenitor ignores `nullable` beside a reference, and would refuse null.
pub(super) fn let_required_references_be_null(document: &mut Value) {
    for_each_schema(document, &mut |schema| {
        let Some(required) = schema.get("required").and_then(Value::as_array).cloned() else { return };
        let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) else { return };
        let mut optional = Vec::new();
        for name in required.iter().filter_map(Value::as_str) {
            if let Some(property) = properties.get_mut(name)
                && property.get("$ref").is_some()
                && property.get("nullable") == Some(&Value::Bool(true))
            {
                property[REQUIRED_NULL] = Value::Bool(true);
                optional.push(name.to_owned());
            }
        }
        let rest =
            required.iter().filter(|name| name.as_str().is_none_or(|name| !optional.iter().any(|other| other == name)));
        schema["required"] = rest.cloned().collect();
    });
}

/// Removes the schemas that no operation uses: typify writes a type for each.
pub(super) fn prune_unused_schemas(document: &mut Value) {
    let used = reachable(document, document.get("paths").into_iter().collect());
    if let Some(schemas) = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut) {
        schemas.retain(|name, _| used.contains(name));
    }
}

/// The facts about a property that progenitor does not pass on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Property {
    /// `None` is written as null. Never set for a property that is sent: a null in a request could have a meaning.
    pub(super) nullable: bool,
    pub(super) description: Option<String>,
    /// The value is an instant.
    pub(super) is_date_time: bool,
    /// Its name in JSON, if progenitor gets another.
    pub(super) wire_name: Option<String>,
    /// The generated code certainly has a field for it: its schema is an object and nothing else.
    pub(super) has_field: bool,
}

/// The properties of all schemas, by the name of the Rust type and the name of the property in JSON.
pub(super) type Properties = BTreeMap<(String, String), Property>;

/// Collects the properties of all schemas.
pub(super) fn properties(
    document: &Value,
    written: &[String],
    wire_names: &WireNames,
    formats: &Formats,
) -> Properties {
    let has_instants = formats.hand_written("string", "date-time").is_none();
    let bodies = operations(document).filter_map(|operation| operation.value.get("requestBody"));
    let sent = reachable(document, bodies.collect());
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object);
    let properties = schemas.into_iter().flatten().flat_map(|(name, schema)| {
        let is_struct = is_plain_object(schema) && !written.contains(name);
        let properties = schema.get("properties").and_then(Value::as_object);
        properties.into_iter().flatten().map(move |(property, schema)| (name, is_struct, property, schema))
    });
    properties
        .map(|(name, has_field, property, schema)| {
            let text = |key: &str| schema.get(key).and_then(Value::as_str);
            // A property that is sent is left out when it is none, unless it has to be there.
            let is_required = schema.get(REQUIRED_NULL).is_some();
            let nullable = schema.get("nullable") == Some(&Value::Bool(true)) && (is_required || !sent.contains(name));
            let target = referenced_schema(schema).and_then(|name| document.pointer("/components/schemas")?.get(name));
            let description = schema.get("description").or_else(|| target?.get("description"));
            let description = description.and_then(Value::as_str).map(str::to_owned);
            let is_date_time = has_instants && (text("type"), text("format")) == (Some("string"), Some("date-time"));
            let wire_name = wire_names.get(&(name.clone(), property.clone())).cloned();
            let property_facts = Property { nullable, description, is_date_time, wire_name, has_field };
            ((name.clone(), property.clone()), property_facts)
        })
        .collect()
}

/// Returns whether a schema is an object without a composition, for which progenitor always writes a struct.
fn is_plain_object(schema: &Value) -> bool {
    let is_composed = ["allOf", "anyOf", "oneOf", "not"].iter().any(|key| schema.get(key).is_some());
    let is_object = schema.get("type").is_none_or(|kind| kind == "object");
    is_object && !is_composed && schema.get("nullable") != Some(&Value::Bool(true))
}

/// Returns the names of the schemas to which these parts of the document refer, at any depth and through any component.
pub(super) fn reachable(document: &Value, roots: Vec<&Value>) -> BTreeSet<String> {
    let (mut names, mut seen, mut rest) = (BTreeSet::new(), BTreeSet::new(), roots);
    while let Some(value) = rest.pop() {
        match value {
            Value::Object(map) => {
                if let Some(reference) = map.get("$ref").and_then(Value::as_str) {
                    names.extend(referenced_schema(value).map(str::to_owned));
                    if seen.insert(reference) {
                        rest.extend(document.pointer(reference.trim_start_matches('#')));
                    }
                }
                rest.extend(map.values());
            }
            Value::Array(items) => rest.extend(items),
            _ => {}
        }
    }
    names
}

#[cfg(test)]
#[path = "document_passes_tests.rs"]
mod tests;
