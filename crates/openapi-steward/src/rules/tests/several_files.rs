//! Documents whose parts are in several files.

use crate::document::{Class, Source};
use crate::formats::Formats;
use crate::report;
use crate::rules::check::{Settings, check};
use crate::rules::levels::Levels;
use crate::rules::parse;

const DOCUMENT: &str = "openapi: 3.0.3
info: {title: Rooms, version: '1'}
servers: [{url: https://example.com}]
paths:
  /rooms: {$ref: 'paths/rooms.yaml'}
  /rooms/{Sid}: {$ref: 'paths/rooms.yaml#/x-one'}
components:
  schemas:
    Room:
      $ref: 'schemas/room.json'
";

const PATHS: &str = "get:
  operationId: list_rooms
  parameters: [{$ref: '../parts.yaml#/parameters/Limit'}]
  responses:
    '200': {$ref: '../parts.yaml#/responses/Rooms'}
x-one:
  get:
    operationId: fetch_room
    parameters: [{name: Sid, in: path, required: true, schema: {type: string}}]
    responses:
      '200':
        description: The room.
        content: {application/json: {schema: {$ref: '../openapi.yaml#/components/schemas/Room'}, example: {sid: 7}}}
";

const PARTS: &str = "parameters:
  Limit: {name: Limit, in: query, schema: {$ref: '#/schemas/Limit'}}
schemas:
  Limit: {type: integer, minimum: 1}
responses:
  Rooms:
    description: The rooms.
    content:
      application/json:
        schema: {type: array, items: {$ref: 'schemas/room.json#'}}
";

const ROOM: &str = r##"{"type": "object", "properties": {"sid": {"type": "string"}, "inner": {"$ref": "#"}}}"##;

fn source(replace: (&str, &str)) -> Source {
    Source::new("spec/openapi.yaml", DOCUMENT.replace(replace.0, replace.1)).with_files(|relative| {
        let text = match relative {
            "paths/rooms.yaml" => PATHS,
            "parts.yaml" => PARTS,
            "schemas/room.json" => ROOM,
            _ => return Err("the file does not exist".to_owned()),
        };
        Ok(text.replace(replace.0, replace.1))
    })
}

/// The errors in the document after a replacement in all files, each with its rule and its position.
fn errors(old: &str, new: &str) -> Vec<String> {
    let (source, formats, levels) = (source((old, new)), Formats::default(), Levels::default());
    let directory = std::path::Path::new("no-such-folder");
    let findings = check(&source, Settings { directory, formats: &formats, levels: &levels, strict: false }).findings;
    assert!(!report::human(&findings, &source, false).is_empty());
    let errors = findings.iter().filter(|finding| finding.class == Class::Error);
    let errors = errors.map(|finding| {
        let position = source.position(finding.span.start);
        let file = source.file_at(finding.span.start).map_or(&source.path, |file| &file.path);
        let label = finding.message_with_label();
        format!("{} {file}:{}:{} {label}", finding.rule, position.line, position.column)
    });
    errors.collect()
}

#[test]
fn the_parts_of_a_document_are_checked_at_their_places() {
    let mismatch = "example-mismatch spec/paths/rooms.yaml:13:113 this example does not match its schema at /sid: 7 is not of type \"string\"";
    assert_eq!(errors("", ""), [mismatch]);
    for (old, new, expected) in [
        (
            "minimum: 1",
            "minimun: 1",
            "unknown-key spec/parts.yaml:4:26 unknown key `minimun`: a schema has no such key in OpenAPI 3.0",
        ),
        (
            "#/responses/Rooms",
            "#/responses/Room",
            "dangling-reference spec/paths/rooms.yaml:5:19 the target of this reference does not exist: there is no `/responses/Room` in spec/parts.yaml",
        ),
        (
            "#/schemas/Limit",
            "#/schemas/Limits",
            "dangling-reference spec/parts.yaml:2:50 the target of this reference does not exist: there is no `/schemas/Limits` in spec/parts.yaml",
        ),
        (
            "schemas/room.json#",
            "schemas/rooms.json#",
            "dangling-reference spec/parts.yaml:10:45 the target of this reference does not exist: `schemas/rooms.json`: the file does not exist",
        ),
        (
            "components/schemas/Room'",
            "components/schemas/Rooms'",
            "dangling-reference spec/paths/rooms.yaml:13:53 the target of this reference does not exist: there is no `#/components/schemas/Rooms`",
        ),
        (
            "\"string\"}",
            "\"string\",}",
            "yaml-syntax spec/schemas/room.json:1:60 this is not valid JSON: expected a key in quotes",
        ),
        (
            "'paths/rooms.yaml#/x-one'",
            "'paths/rooms.yaml#/x-two'",
            "dangling-reference spec/openapi.yaml:6:24 the target of this reference does not exist: there is no `/x-two` in spec/paths/rooms.yaml",
        ),
    ] {
        let found = errors(old, new);
        assert!(found.iter().any(|finding| finding == expected), "{new}: {found:#?}");
        assert!(found.len() <= 2, "{new}: {found:#?}");
    }
}

#[test]
fn a_file_elsewhere_is_not_followed() {
    for elsewhere in ["https://example.com/room.json", "../room.json", "/room.json"] {
        let found = errors("'schemas/room.json'", &format!("'{elsewhere}'"));
        assert_eq!(found, Vec::<String>::new(), "{elsewhere}");
    }
}

#[test]
fn the_parts_become_components() {
    let document = parse(&source(("", ""))).unwrap_or_else(|findings| panic!("{findings:#?}"));
    let names = |section: &str| -> Vec<String> {
        let components = document.root.get("components").map(|components| components.entries_of(section));
        components.unwrap_or_default().iter().map(|entry| entry.key.clone()).collect()
    };
    assert_eq!(names("schemas"), ["Room", "room", "Limit"]);
    assert_eq!((names("parameters"), names("responses")), (vec!["Limit".to_owned()], vec!["Rooms".to_owned()]));
    let pointer = "/paths/~1rooms/get/responses/200/$ref";
    assert_eq!(document.root.pointer(pointer).and_then(|node| node.str()), Some("#/components/responses/Rooms"));
}
