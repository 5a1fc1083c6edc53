//! The pass that puts the parts of operations where they are used: parameters, bodies, responses and paths that are references.
//!
//! progenitor follows only the last step of a reference, and refuses a reference to a path. After this pass, schemas are the only
//! components, and a reference leads to one of them by its name.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::codegen::document_visitor::{SCHEMAS, for_each_schema};
use crate::codegen::extensions::CHOSEN_NAME;
use crate::document::{METHODS, percent_decode};

/// The number of references that are followed one after another.
const MAX_REFERENCES: usize = 16;

/// Puts the parts of all operations into them.
pub(in crate::codegen) fn operations(document: &mut Value) {
    let source = document.clone();
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    for (path, item) in paths.into_iter().flatten() {
        if path.starts_with("x-") {
            *item = json!({});
        }
        resolve_in_place(item, &source);
        let Some(item) = item.as_object_mut() else { continue };
        item.retain(|key, _| METHODS.contains(&key.as_str()) || ["parameters", "servers"].contains(&key.as_str()));
        let shared = item.shift_remove("parameters").unwrap_or_default();
        let servers = item.shift_remove("servers");
        for operation in item.values_mut().filter_map(Value::as_object_mut) {
            operation.shift_remove("callbacks");
            merge_parameters(operation, &shared, &source);
            if let Some(servers) = &servers {
                operation.entry("servers").or_insert_with(|| servers.clone());
            }
            if let Some(body) = operation.get_mut("requestBody") {
                resolve_in_place(body, &source);
                for_media_types(body);
            }
            let responses = operation.get_mut("responses").and_then(Value::as_object_mut);
            for response in responses.into_iter().flat_map(Map::values_mut) {
                resolve_in_place(response, &source);
                for_media_types(response);
                if let Some(response) = response.as_object_mut() {
                    response.retain(|key, _| ["description", "content"].contains(&key.as_str()));
                }
            }
        }
    }
    if let Some(components) = document.get_mut("components").and_then(Value::as_object_mut) {
        components.retain(|section, _| ["schemas", "securitySchemes"].contains(&section.as_str()));
    }
}

/// Removes examples, which nothing reads here.
fn for_media_types(body: &mut Value) {
    let content = body.get_mut("content").and_then(Value::as_object_mut);
    for media in content.into_iter().flat_map(Map::values_mut).filter_map(Value::as_object_mut) {
        media.retain(|key, _| ["schema", "encoding"].contains(&key.as_str()));
    }
}

/// Adds the parameters of the path to those of the operation, which win. OpenAPI has headers with a meaning of their own ignored.
fn merge_parameters(operation: &mut Map<String, Value>, shared: &Value, source: &Value) {
    let own = operation.shift_remove("parameters").unwrap_or_default();
    let mut merged: Vec<Value> = Vec::new();
    let key = |parameter: &Value| {
        let [name, place] = ["name", "in"].map(|key| parameter.get(key).and_then(Value::as_str).unwrap_or_default());
        // The case of a header has no meaning.
        let name = if place == "header" { name.to_ascii_lowercase() } else { name.to_owned() };
        (name, place.to_owned())
    };
    for list in [shared, &own] {
        for parameter in list.as_array().into_iter().flatten() {
            let mut parameter = parameter.clone();
            resolve_in_place(&mut parameter, source);
            let Some(name) = parameter.get("name").and_then(Value::as_str) else { continue };
            let ignored = ["accept", "content-type", "authorization"].contains(&name.to_ascii_lowercase().as_str());
            if ignored && parameter["in"] == "header" {
                continue;
            }
            match merged.iter_mut().find(|other| key(other) == key(&parameter)) {
                Some(other) => *other = parameter,
                None => merged.push(parameter),
            }
        }
    }
    operation.insert("parameters".to_owned(), Value::Array(merged));
}

/// Replaces a reference by what it leads to.
fn resolve_in_place(value: &mut Value, document: &Value) {
    for _ in 0..MAX_REFERENCES {
        let Some(reference) = value.get("$ref").and_then(Value::as_str) else { return };
        let target = target(document, reference).cloned().unwrap_or_else(|| json!({}));
        let beside = value.as_object().cloned().unwrap_or_default();
        *value = target;
        if let Value::Object(value) = value {
            for (key, other) in beside.into_iter().filter(|(key, _)| key != "$ref") {
                value.entry(key).or_insert(other);
            }
        }
    }
}

/// Returns the part of a document that a reference leads to.
pub(in crate::codegen) fn target<'a>(document: &'a Value, reference: &str) -> Option<&'a Value> {
    let pointer = reference.strip_prefix('#')?;
    document.pointer(pointer).or_else(|| document.pointer(&percent_decoded(pointer)))
}

fn percent_decoded(text: &str) -> String {
    percent_decode(text).unwrap_or_else(|| text.to_owned())
}

/// Makes a component of each schema that a reference leads to by another way than the name of a component.
pub(super) fn schemas(document: &mut Value) {
    // A new component can hold such references itself.
    for _ in 0..MAX_REFERENCES {
        let source = document.clone();
        let mut named: BTreeMap<String, String> = BTreeMap::new();
        let is_taken = |name: &str, named: &BTreeMap<String, String>| {
            source.pointer("/components/schemas").is_some_and(|schemas| schemas.get(name).is_some())
                || named.values().any(|other| other == name)
        };
        for_each_schema(document, &mut |schema| {
            let Some(reference) = schema.get("$ref").and_then(Value::as_str) else { return };
            let by_name = reference.strip_prefix(SCHEMAS);
            if by_name.is_some_and(|name| is_taken(name, &BTreeMap::new())) {
                return;
            }
            let name = if let Some(name) = named.get(reference) {
                name.clone()
            } else {
                let base = name_for(reference);
                let numbered = (2..).map(|number| format!("{base}{number}"));
                let name = std::iter::once(base.clone()).chain(numbered).find(|name| !is_taken(name, &named));
                let name = name.unwrap_or(base);
                named.insert(reference.to_owned(), name.clone());
                name
            };
            schema["$ref"] = json!(format!("{SCHEMAS}{name}"));
        });
        if named.is_empty() {
            break;
        }
        for (reference, name) in named {
            let mut schema = target(&source, &reference).cloned().unwrap_or_else(|| json!({}));
            // That is the name of the type at its own place.
            if let Some(schema) = schema.as_object_mut() {
                schema.shift_remove(CHOSEN_NAME);
            }
            document["components"]["schemas"][name] = schema;
        }
    }
    for_each_schema(document, &mut |schema| {
        if let Some(schema) = schema.as_object_mut() {
            schema.remove("$defs");
            schema.remove("definitions");
        }
    });
}

/// Returns a name for what a reference leads to: `RoomStatus` for `#/components/schemas/Room/properties/status`.
fn name_for(reference: &str) -> String {
    const KEYWORDS: [&str; 15] = [
        "#",
        "components",
        "schemas",
        "properties",
        "schema",
        "content",
        "responses",
        "paths",
        "allOf",
        "anyOf",
        "oneOf",
        "application~1json",
        "$defs",
        "definitions",
        "parameters",
    ];
    let decoded = percent_decoded(reference);
    let steps: Vec<&str> = decoded.split('/').filter(|step| !KEYWORDS.contains(step)).collect();
    let words: Vec<String> = steps.iter().map(|step| crate::codegen::naming::pascal_case(step)).collect();
    match words.concat() {
        name if name.is_empty() => "Schema".to_owned(),
        name => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_operations_are_put_into_them() {
        let mut document = json!({
            "paths": {
                "/a": {
                    "parameters": [
                        { "$ref": "#/components/parameters/Page" },
                        { "name": "id", "in": "path" },
                        { "name": "X-A", "in": "header" },
                    ],
                    "servers": [{ "url": "https://a" }],
                    "get": {
                        "parameters": [
                            { "name": "page", "in": "query", "description": "own" },
                            { "name": "Accept", "in": "header" },
                            { "name": "x-a", "in": "header" },
                        ],
                        "responses": { "200": { "$ref": "#/components/responses/Ok" } },
                    },
                },
                "/b": { "$ref": "#/x-paths/b" },
            },
            "x-paths": { "b": { "get": { "responses": {} } } },
            "components": {
                "parameters": { "Page": { "name": "page", "in": "query" } },
                "responses": { "Ok": { "$ref": "#/components/responses/Other" }, "Other": { "description": "Ok." } },
            },
        });
        operations(&mut document);
        let expected = json!({
            "responses": { "200": { "description": "Ok." } },
            "parameters": [
                { "name": "page", "in": "query", "description": "own" },
                { "name": "id", "in": "path" },
                { "name": "x-a", "in": "header" },
            ],
            "servers": [{ "url": "https://a" }],
        });
        assert_eq!(document["paths"]["/a"]["get"], expected);
        assert_eq!(document["paths"]["/b"]["get"], json!({ "responses": {}, "parameters": [] }));
        assert_eq!(document["components"], json!({}));
    }

    #[test]
    fn a_schema_that_is_referred_to_by_its_place_becomes_a_component() {
        let mut document = json!({ "components": { "schemas": {
            "Room": { "properties": { "status": { "type": "string" }, "list": { "type": "array", "items": { "type": "string" } } } },
            "Other": { "properties": { "a": { "$ref": "#/components/schemas/Room/properties/status" } } },
        } } });
        schemas(&mut document);
        let all = &document["components"]["schemas"];
        assert_eq!(all["Other"]["properties"]["a"], json!({ "$ref": "#/components/schemas/RoomStatus" }));
        assert_eq!(all["RoomStatus"], json!({ "type": "string" }));
    }
}
