//! Passes over the document before progenitor reads it. Each removes or rewrites one thing on which progenitor fails, or for which
//! it writes poor code.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::document_visitor::{
    SCHEMAS, add_schemas, content_schemas, for_each_operation, for_each_part, for_each_schema, is_string_enum,
    operations, referenced_schema,
};
use super::forms::Form;
use super::naming::{pascal_case, type_name};
use crate::formats::Formats;

/// Replaces `allOf` with one reference in it by that reference; typify would make a new type of it.
///
/// OpenAPI 3.0 has no other way to add a key to a reference. `description` and `nullable` stay beside the reference: progenitor
/// ignores them there, and [`properties`] reads them.
pub(super) fn unwrap_single_all_of(document: &mut Value) {
    for_each_schema(document, &mut |schema| {
        let reference = match schema.get("allOf").and_then(Value::as_array).map(Vec::as_slice) {
            Some([only]) if schema.get("properties").is_none() => only.get("$ref").cloned(),
            _ => None,
        };
        if let (Some(reference), Some(schema)) = (reference, schema.as_object_mut()) {
            schema.retain(|key, _| ["description", "nullable"].contains(&key.as_str()));
            schema.insert("$ref".to_owned(), reference);
        }
    });
}

/// Replaces references to a string, a number or a boolean by the schema itself.
///
/// typify would wrap each in a type that adds nothing but a conversion.
pub(super) fn inline_scalars(document: &mut Value) {
    let schemas = document.pointer("/components/schemas").cloned().unwrap_or_default();
    for_each_schema(document, &mut |schema| {
        let target = referenced_schema(schema).and_then(|name| schemas.get(name));
        if let (Some(Value::Object(target)), Some(schema)) =
            (target.filter(|target| is_scalar(target)), schema.as_object_mut())
        {
            schema.remove("$ref");
            for (key, value) in target {
                schema.entry(key).or_insert_with(|| value.clone());
            }
        }
    });
}

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

/// Moves the objects inside responses to the components: `ListRoomsResponse` for the operation `list_rooms`.
pub(super) fn name_inline_responses(document: &mut Value) {
    let mut named = Vec::new();
    for_each_operation(document, &mut |operation| {
        let id = operation.get("operationId").and_then(Value::as_str).unwrap_or_default();
        let name = format!("{}Response", pascal_case(id));
        let responses = operation.get_mut("responses").and_then(Value::as_object_mut);
        for (status, response) in responses.into_iter().flatten() {
            let error = !status.starts_with('2') && status != "default";
            for schema in content_schemas(response) {
                if schema.get("properties").is_some() {
                    let name = if error { format!("{name}{status}") } else { name.clone() };
                    let reference = serde_json::json!({ "$ref": format!("{SCHEMAS}{name}") });
                    named.push((name, std::mem::replace(schema, reference)));
                }
            }
        }
    });
    add_schemas(document, named);
}

/// Moves the enums inside properties, arrays and parameters to the components: `RoomStatus` for `status` of `Room`,
/// `ListRoomsStatus` for the parameter `Status` of `list_rooms`.
pub(super) fn name_inline_enums(document: &mut Value) {
    let mut named = Vec::new();
    if let Some(schemas) = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut) {
        for (name, schema) in schemas {
            for_each_part(schema, &mut |part, inner| {
                take_enums(inner, &format!("{name}{}", pascal_case(part)), &mut named);
            });
        }
    }
    for_each_operation(document, &mut |operation| {
        let id = pascal_case(operation.get("operationId").and_then(Value::as_str).unwrap_or_default());
        let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut);
        for parameter in parameters.into_iter().flatten() {
            let name = pascal_case(parameter.get("name").and_then(Value::as_str).unwrap_or_default());
            if let Some(schema) = parameter.get_mut("schema") {
                take_enums(schema, &format!("{id}{name}"), &mut named);
            }
        }
    });
    add_schemas(document, named);
}

fn take_enums(schema: &mut Value, name: &str, named: &mut Vec<(String, Value)>) {
    if is_string_enum(schema) {
        let reference = serde_json::json!({ "$ref": format!("{SCHEMAS}{name}") });
        named.push((name.to_owned(), std::mem::replace(schema, reference)));
    } else {
        for_each_part(schema, &mut |part, inner| take_enums(inner, &format!("{name}{}", pascal_case(part)), named));
    }
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
            let is_map = property.get("additionalProperties").is_some() && property.get("properties").is_none();
            let is_list = property.get("type").and_then(Value::as_str) == Some("array");
            if (is_list || is_map) && !is_required {
                property["nullable"] = Value::Bool(true);
            }
        }
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
    /// The generated code certainly has a field for it: its schema is an object and nothing else.
    pub(super) has_field: bool,
}

/// The properties of all schemas, by the name of the Rust type and the name of the property in JSON.
pub(super) type Properties = BTreeMap<(String, String), Property>;

/// Collects the properties of all schemas.
pub(super) fn properties(document: &Value, forms: &[Form], formats: &Formats) -> Properties {
    let has_instants = formats.hand_written("string", "date-time").is_none();
    let bodies = operations(document).filter_map(|operation| operation.value.get("requestBody"));
    let sent = reachable(document, bodies.collect());
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object);
    let properties = schemas.into_iter().flatten().flat_map(|(name, schema)| {
        let is_struct = is_plain_object(schema) && !forms.iter().any(|form| form.name == type_name(name));
        let properties = schema.get("properties").and_then(Value::as_object);
        properties.into_iter().flatten().map(move |(property, schema)| (name, is_struct, property, schema))
    });
    properties
        .map(|(name, has_field, property, schema)| {
            let text = |key: &str| schema.get(key).and_then(Value::as_str);
            let nullable = schema.get("nullable") == Some(&Value::Bool(true)) && !sent.contains(name);
            let target = referenced_schema(schema).and_then(|name| document.pointer("/components/schemas")?.get(name));
            let description = schema.get("description").or_else(|| target?.get("description"));
            let description = description.and_then(Value::as_str).map(str::to_owned);
            let is_date_time = has_instants && (text("type"), text("format")) == (Some("string"), Some("date-time"));
            let property_facts = Property { nullable, description, is_date_time, has_field };
            ((type_name(name), property.clone()), property_facts)
        })
        .collect()
}

/// Returns whether a schema is an object without a composition, for which progenitor always writes a struct.
fn is_plain_object(schema: &Value) -> bool {
    let is_composed = ["allOf", "anyOf", "oneOf", "not"].iter().any(|key| schema.get(key).is_some());
    let is_object = schema.get("type").is_none_or(|kind| kind == "object");
    is_object && !is_composed && schema.get("nullable") != Some(&Value::Bool(true))
}

fn is_scalar(schema: &Value) -> bool {
    let kind = schema.get("type").and_then(Value::as_str).unwrap_or_default();
    ["string", "integer", "number", "boolean"].contains(&kind) && schema.get("enum").is_none()
}

/// Returns the names of the schemas to which these parts of the document refer, at any depth and through any component.
fn reachable(document: &Value, roots: Vec<&Value>) -> BTreeSet<String> {
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
