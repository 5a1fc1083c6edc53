use serde_json::{Map, json};

use super::*;
use crate::codegen::document_visitor::SCHEMAS;

/// Returns a document with these schemas, all of them used by an operation.
fn document(schemas: &Value) -> Value {
    let names = schemas.as_object().into_iter().flat_map(Map::keys);
    let all: Vec<Value> = names.map(|name| json!({ "$ref": format!("{SCHEMAS}{name}") })).collect();
    let response = json!({ "content": { "application/json": { "schema": { "anyOf": all } } } });
    json!({
        "paths": { "/rooms": { "get": { "operationId": "list_rooms", "responses": { "2XX": response } } } },
        "components": { "schemas": schemas },
    })
}

/// Returns the schemas after a pass.
fn after(pass: fn(&mut Value), schemas: &Value) -> Value {
    let mut document = document(schemas);
    pass(&mut document);
    document["components"]["schemas"].clone()
}

#[test]
fn limits_are_removed_and_a_property_with_the_name_of_one_is_kept() {
    let schemas = json!({ "Room": {
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "pattern": { "type": "string", "pattern": "^RM", "minLength": 34, "example": "RM", "format": "room-sid" },
            "size": { "type": "integer", "minimum": 1, "maximum": 9, "default": 2, "enum": [1, 2] },
            "kind": { "type": "string", "enum": ["a"] },
        },
    } });
    let expected = json!({ "Room": {
        "type": "object",
        "properties": {
            "pattern": { "type": "string", "format": "room-sid" },
            "size": { "type": "integer" },
            "kind": { "type": "string", "enum": ["a"] },
        },
    } });
    assert_eq!(after(strip_constraints, &schemas), expected);
}

#[test]
fn limits_of_parameters_are_removed_and_examples_are_kept() {
    let mut document = json!({ "components": { "parameters": { "Size": {
        "schema": { "type": "integer", "minimum": 1 },
        "example": { "schema": { "minimum": 1 } },
    } } } });
    strip_constraints(&mut document);
    let size = &document["components"]["parameters"]["Size"];
    assert_eq!(size, &json!({ "schema": { "type": "integer" }, "example": { "schema": { "minimum": 1 } } }));
}

#[test]
fn optional_lists_and_maps_can_be_null() {
    let list = json!({ "type": "array", "items": {} });
    let schemas = json!({ "Room": { "required": ["must"], "properties": {
        "must": list, "may": list, "map": { "type": "object", "additionalProperties": {} }, "text": { "type": "string" },
        "any": { "type": "object" },
    } } });
    let properties = &after(let_optional_lists_be_null, &schemas)["Room"]["properties"];
    let nullable: Vec<&String> = properties
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(_, schema)| schema["nullable"] == json!(true))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(nullable, ["may", "map", "any"]);
}

#[test]
fn only_schemas_without_a_use_are_removed() {
    let mut document =
        document(&json!({ "Room": { "properties": { "links": { "$ref": "#/components/schemas/Links" } } } }));
    let schemas = &mut document["components"]["schemas"];
    schemas["Links"] = json!({ "properties": { "self": { "$ref": "#/components/schemas/Room" } } });
    schemas["Unused"] = json!({ "properties": { "room": { "$ref": "#/components/schemas/Room" } } });
    document["components"]["responses"] = json!({ "Error": { "schema": { "$ref": "#/components/schemas/Body" } } });
    document["paths"]["/rooms"]["get"]["responses"]["4XX"] = json!({ "$ref": "#/components/responses/Error" });
    document["components"]["schemas"]["Body"] = json!({});
    prune_unused_schemas(&mut document);
    let names: Vec<&String> = document["components"]["schemas"].as_object().into_iter().flat_map(Map::keys).collect();
    assert_eq!(names, ["Room", "Links", "Body"]);
}

#[test]
fn a_property_without_a_description_has_that_of_its_reference() {
    let document = document(&json!({
        "room_links": { "description": "Links.", "type": "object" },
        "Room": { "properties": {
            "links": { "$ref": "#/components/schemas/room_links", "nullable": true },
            "httpStatus": { "type": "integer", "description": "Its status." },
        } },
    }));
    let properties = properties(&document, &[], &WireNames::new(), &Formats::default());
    let get = |name: &str| properties.get(&("Room".to_owned(), name.to_owned())).cloned();
    assert_eq!(
        get("links"),
        Some(Property {
            nullable: true,
            description: Some("Links.".to_owned()),
            has_field: true,
            ..Property::default()
        })
    );
    assert_eq!(
        get("httpStatus"),
        Some(Property { description: Some("Its status.".to_owned()), has_field: true, ..Property::default() })
    );
}

#[test]
fn a_property_of_a_request_is_never_null() {
    let rule = json!({ "properties": { "kind": { "type": "string", "nullable": true } } });
    let mut document = document(&json!({ "Rule": rule, "Read": rule }));
    document["components"]["schemas"]["Form"] =
        json!({ "properties": { "Rules": { "items": { "$ref": "#/components/schemas/Rule" } } } });
    let form = json!({ "schema": { "$ref": "#/components/schemas/Form" } });
    document["paths"]["/rooms"]["post"]["requestBody"] =
        json!({ "content": { "application/x-www-form-urlencoded": form } });
    let properties = properties(&document, &[], &WireNames::new(), &Formats::default());
    let nullable = |name: &str| properties.get(&(name.to_owned(), "kind".to_owned())).map(|property| property.nullable);
    assert_eq!((nullable("Rule"), nullable("Read")), (Some(false), Some(true)));
}

#[test]
fn a_required_reference_that_can_be_null_is_optional_and_written() {
    let mut document = document(&json!({ "Kind": { "type": "string", "enum": ["a"] }, "Room": {
        "required": ["kind", "text"],
        "properties": {
            "kind": { "$ref": "#/components/schemas/Kind", "nullable": true },
            "text": { "type": "string", "nullable": true },
        },
    } }));
    document["paths"]["/rooms"]["post"]["requestBody"] =
        json!({ "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Room" } } } });
    let_required_references_be_null(&mut document);
    assert_eq!(document["components"]["schemas"]["Room"]["required"], json!(["text"]));
    let properties = properties(&document, &[], &WireNames::new(), &Formats::default());
    assert!(properties[&("Room".to_owned(), "kind".to_owned())].nullable);
}
