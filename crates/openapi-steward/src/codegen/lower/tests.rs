//! Tests of lowered documents.

use serde_json::{Value, json};

use super::*;
use crate::codegen::extensions::UNION;

/// Returns the components of a document with these, after the pass. Each is used.
fn schemas(schemas: Value) -> Value {
    let mut document = json!({ "openapi": "3.0.3", "paths": {} });
    document["components"]["schemas"] = schemas;
    assert_eq!(lower(&mut document), Ok(()));
    document["components"]["schemas"].clone()
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

#[test]
fn all_of_with_one_reference_is_the_reference() {
    let schemas = schemas(json!({
        "Status": { "type": "string", "enum": ["a"] },
        "Room": { "properties": {
            "status": { "type": "object", "allOf": [reference("Status")], "nullable": true, "default": "a", "description": "d" },
        } },
    }));
    let expected = json!({ "$ref": "#/components/schemas/Status", "description": "d", "nullable": true });
    assert_eq!(schemas["Room"]["properties"]["status"], expected);
}

#[test]
fn a_reference_to_a_scalar_is_the_scalar_and_one_to_an_enum_is_kept() {
    let schemas = schemas(json!({
        "Date": { "type": "string", "description": "A date.", "nullable": true },
        "Status": { "type": "string", "enum": ["a"] },
        "Room": { "properties": {
            "date": { "$ref": "#/components/schemas/Date", "description": "When." },
            "status": reference("Status"),
        } },
    }));
    let properties = &schemas["Room"]["properties"];
    assert_eq!(properties["date"], json!({ "type": "string", "description": "When.", "nullable": true }));
    assert_eq!(properties["status"], reference("Status"));
}

#[test]
fn what_needs_a_name_is_named_after_its_place() {
    let values = json!({ "type": "string", "enum": ["a"] });
    let schemas = schemas(json!({
        "Status": values,
        "Room": { "properties": {
            "kind": values,
            "codecs": { "type": "array", "items": values },
            "deep": { "type": "object", "properties": { "mode": values } },
        } },
        "RoomKind": { "type": "object" },
    }));
    let names: Vec<&String> = schemas.as_object().into_iter().flat_map(|schemas| schemas.keys()).collect();
    assert_eq!(names, ["Status", "RoomKind2", "RoomCodecsItem", "RoomDeepMode", "RoomDeep", "Room", "RoomKind"]);
    assert_eq!(schemas["Room"]["properties"]["kind"], reference("RoomKind2"));
}

#[test]
fn a_response_is_named_after_its_operation() {
    let content = |schema: Value| json!({ "description": "", "content": { "application/json": { "schema": schema } } });
    let object = |name: &str| json!({ "type": "object", "properties": { name: { "type": "string" } } });
    let mut document = json!({ "openapi": "3.0.3", "paths": { "/rooms": { "get": {
        "operationId": "list_rooms",
        "responses": { "200": content(object("a")), "201": content(object("a")), "202": content(object("b")), "400": content(object("c")) },
    } } } });
    assert_eq!(lower(&mut document), Ok(()));
    let responses = &document["paths"]["/rooms"]["get"]["responses"];
    let names = ["200", "201", "202", "400"].map(|status| {
        responses[status]["content"]["application/json"]["schema"]["$ref"]
            .as_str()
            .unwrap_or_default()
            .replace("#/components/schemas/", "")
    });
    assert_eq!(names, ["ListRoomsResponse", "ListRoomsResponse", "ListRoomsResponse2", "ListRoomsResponse400"]);
}

#[test]
fn one_of_with_a_discriminator_is_a_tagged_union() {
    let pet = |kind: &str| json!({ "type": "object", "required": ["kind"], "properties": { "kind": { "type": "string" }, kind: { "type": "string" } } });
    let schemas = schemas(json!({
        "cat": pet("a"),
        "Dog": pet("b"),
        "Pet": {
            "oneOf": [reference("cat"), reference("Dog")],
            "discriminator": { "propertyName": "kind", "mapping": { "hound": "#/components/schemas/Dog" } },
        },
    }));
    let expected = json!({ "tag": "kind", "arms": [
        { "name": "Cat", "schema": reference("Cat"), "tags": ["cat"] },
        { "name": "Dog", "schema": reference("Dog"), "tags": ["hound"] },
    ] });
    assert_eq!(schemas["Pet"][UNION], expected);
}

#[test]
fn constants_tell_the_parts_of_a_union_and_objects_of_any_of_are_one() {
    let part = |kind: &str, own: &str| json!({ "type": "object", "properties": { "kind": { "enum": [kind], "type": "string" }, own: {} } });
    let lowered = schemas(json!({
        "One": { "oneOf": [part("a", "x"), part("b", "y")] },
        "Any": { "anyOf": [{ "type": "object", "required": ["x"], "properties": { "x": {} } }, { "type": "object", "properties": { "y": {} } }] },
    }));
    assert_eq!(lowered["One"][UNION]["tag"], "kind");
    assert_eq!(lowered["One"][UNION]["arms"][1]["tags"], json!(["b"]));
    assert_eq!(lowered["Any"], json!({ "type": "object", "properties": { "x": {}, "y": {} } }));
}

#[test]
fn alternatives_that_one_schema_says_are_no_union() {
    let lowered = schemas(json!({
        "Text": { "oneOf": [{ "type": "string", "format": "date" }, { "type": "string" }] },
        "Values": { "anyOf": [{ "type": "string", "enum": ["a"] }, { "type": "string", "enum": ["b", "a"] }] },
        "Required": { "type": "object", "properties": { "a": {}, "b": {} }, "oneOf": [{ "required": ["a"] }, { "required": ["b"] }] },
        "Null": { "type": "object", "properties": { "a": { "oneOf": [{ "type": "integer" }, { "enum": [null], "nullable": true }] } } },
    }));
    assert_eq!(lowered["Text"], json!({ "type": "string" }));
    assert_eq!(lowered["Values"], json!({ "type": "string", "enum": ["a", "b"] }));
    assert_eq!(lowered["Required"], json!({ "type": "object", "properties": { "a": {}, "b": {} } }));
    assert_eq!(lowered["Null"]["properties"]["a"], json!({ "type": "integer", "nullable": true }));
}

#[test]
fn a_type_that_others_extend_is_any_of_them() {
    let lowered = schemas(json!({
        "Pet": { "type": "object", "discriminator": { "propertyName": "kind" }, "required": ["kind"], "properties": { "kind": { "type": "string" } } },
        "Cat": { "allOf": [reference("Pet"), { "type": "object", "properties": { "name": { "type": "string" } } }] },
    }));
    let cat = json!({ "type": "object", "required": ["kind"], "properties": { "kind": { "type": "string" }, "name": { "type": "string" } } });
    assert_eq!(lowered["Cat"], cat);
    let arm = json!({ "name": "Cat", "schema": reference("Cat"), "tags": ["Cat"] });
    assert_eq!(lowered["Pet"][UNION], json!({ "tag": "kind", "arms": [arm] }));
}

#[test]
fn what_a_union_has_in_common_is_in_each_of_its_parts() {
    let lowered = schemas(json!({
        "A": { "type": "object", "properties": { "a": {} } },
        "B": { "type": "array", "items": {} },
        "Both": { "type": "object", "properties": { "id": {} }, "oneOf": [reference("A"), { "type": "object", "required": ["b"], "properties": { "b": {} } }] },
        "Impossible": { "allOf": [reference("A"), reference("B")] },
    }));
    let arms = &lowered["Both"][UNION]["arms"];
    assert_eq!(arms[0]["schema"], reference("BothA"));
    assert_eq!(lowered["BothA"], json!({ "type": "object", "properties": { "id": {}, "a": {} } }));
    assert_eq!(lowered["Impossible"], json!({}));
}

#[test]
fn types_that_contain_themselves_end() {
    let lowered = schemas(json!({
        "Tree": { "type": "object", "properties": { "children": { "type": "array", "items": reference("Tree") } } },
        "Loop": { "allOf": [reference("Loop")] },
        "Nested": { "oneOf": [reference("Nested"), { "type": "string" }] },
    }));
    assert_eq!(lowered["Tree"]["properties"]["children"]["items"], reference("Tree"));
    assert_eq!(lowered["Loop"], Value::Null);
}
