//! Passes over the document before progenitor reads it: each takes out one thing that it would choke on or do badly.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::naming::pascal_case;
use super::traverse::{
    SCHEMAS, add_schemas, content_schemas, for_each_operation, for_each_part, for_each_schema, is_string_enum, referred,
};
use crate::document::METHODS;
use crate::formats::Formats;

/// Replaces `allOf` with one reference in it by that reference; typify would make a new type of it.
///
/// OpenAPI 3.0 has no other way to say something beside a reference. `description` and `nullable` stay beside it, where
/// progenitor does not look and [`properties`] does.
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

/// Puts strings and numbers that have a schema of their own right where they are referred to.
///
/// typify would wrap each in a type that adds nothing but a conversion.
pub(super) fn inline_scalars(document: &mut Value) {
    let schemas = document.pointer("/components/schemas").cloned().unwrap_or_default();
    for_each_schema(document, &mut |schema| {
        let target = referred(schema).and_then(|name| schemas.get(name));
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

/// Removes the formats that there is no Rust type for: what is left is the plain type. Validation tells of each.
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

/// Gives the schemas that stand right in a response a name: `ListRoomsResponse` for the operation `list_rooms`.
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

/// Gives the enums that stand right in a property, an array or a parameter a name: `RoomStatus` for `status` of `Room`,
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

/// Removes what limits a value, and defaults: they belong on what is sent, where `twilio-rooms` checks them.
///
/// typify would make a type of each limited string, with a regular expression for a pattern, and refuse what the server
/// sends when it does not match; and it takes limits of numbers into account by half.
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
            // A response grows fields; typify would refuse them.
            if schema.get("additionalProperties") == Some(&Value::Bool(false)) {
                schema.remove("additionalProperties");
            }
            schema.retain(|key, _| !CONSTRAINTS.contains(&key.as_str()) && (strings || key != "enum"));
        }
    });
}

/// Lets optional lists and maps be null, as every other optional property may be.
///
/// typify makes an `Option` of each optional property, which takes null; but of a list or map it makes an empty one, which
/// does not, and which an absent one could not be told from.
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

/// The operations: their id, method and path.
pub(super) fn operations(document: &Value) -> Vec<(String, String, String)> {
    let paths = document.get("paths").and_then(Value::as_object).into_iter().flatten();
    let operations = paths.flat_map(|(path, item)| {
        let methods = item.as_object().into_iter().flatten();
        methods.filter(|(method, _)| METHODS.contains(&method.as_str())).map(move |(method, operation)| {
            let id = operation.get("operationId").and_then(Value::as_str).unwrap_or_default();
            (id.to_owned(), method.to_uppercase(), path.clone())
        })
    });
    operations.collect()
}

/// What the spec says of a property and progenitor does not pass on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Property {
    /// Whether it is written as null when there is none. What is sent leaves it out instead: null could mean something.
    pub(super) nullable: bool,
    pub(super) description: Option<String>,
}

/// The properties of all schemas, by the name of the Rust type and that of the property on the wire.
pub(super) type Properties = BTreeMap<(String, String), Property>;

pub(super) fn properties(document: &Value) -> Properties {
    let operations = document.get("paths").and_then(Value::as_object).into_iter().flatten();
    let operations = operations.flat_map(|(_, path)| path.as_object().into_iter().flatten());
    let sent = reachable(document, operations.filter_map(|(_, operation)| operation.get("requestBody")).collect());
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object);
    let properties = schemas.into_iter().flatten().flat_map(|(name, schema)| {
        let properties = schema.get("properties").and_then(Value::as_object);
        properties.into_iter().flatten().map(move |(property, schema)| (name, property, schema))
    });
    properties
        .map(|(name, property, schema)| {
            let nullable = schema.get("nullable") == Some(&Value::Bool(true)) && !sent.contains(name);
            let target = referred(schema).and_then(|name| document.pointer("/components/schemas")?.get(name));
            let description = schema.get("description").or_else(|| target?.get("description"));
            let description = description.and_then(Value::as_str).map(str::to_owned);
            ((pascal_case(name), property.clone()), Property { nullable, description })
        })
        .collect()
}

fn is_scalar(schema: &Value) -> bool {
    let kind = schema.get("type").and_then(Value::as_str).unwrap_or_default();
    ["string", "integer", "number", "boolean"].contains(&kind) && schema.get("enum").is_none()
}

/// The names of the schemas that these parts of the document refer to, at any depth and through any component.
fn reachable(document: &Value, roots: Vec<&Value>) -> BTreeSet<String> {
    let (mut names, mut seen, mut rest) = (BTreeSet::new(), BTreeSet::new(), roots);
    while let Some(value) = rest.pop() {
        match value {
            Value::Object(map) => {
                if let Some(reference) = map.get("$ref").and_then(Value::as_str) {
                    names.extend(referred(value).map(str::to_owned));
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
#[path = "passes_tests.rs"]
mod tests;
