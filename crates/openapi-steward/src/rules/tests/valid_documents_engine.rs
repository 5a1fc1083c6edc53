//! Valid documents with parts that few tools support, or that only advice is about.

use std::path::Path;

use crate::document::{Class, Diagnostic, Severity, Source};
use crate::formats::Formats;
use crate::rules::check::{Settings, check};
use crate::rules::levels::Levels;

/// The findings in a document, with or without what the generator does not support.
pub(super) fn findings(text: &str, for_generator: bool) -> Vec<Diagnostic> {
    let source = Source::new("rooms.yaml", text.to_owned());
    let (formats, levels) = (Formats::default(), Levels::new(for_generator, Vec::new()));
    check(
        &source,
        Settings { directory: Path::new("no-such-folder"), formats: &formats, levels: &levels, strict: false },
    )
    .findings
}

/// A document with these paths, and with these components.
pub(super) fn document(paths: &str, components: &str) -> String {
    let components = if components.is_empty() { String::new() } else { format!("components: {components}\n") };
    format!("openapi: 3.0.3\ninfo: {{title: Rooms, version: '1'}}\npaths:\n{paths}{components}")
}

/// The name of a document, its paths and its components.
type Case = (&'static str, &'static str, &'static str);

const ROOM: &str = "  /room:
    get:
      operationId: fetch_room
      responses:
        '200': {description: The room., content: {application/json: {schema: {$ref: '#/components/schemas/Room'}}}}
";

const CASES: &[Case] = &[
    (
        "formats of OpenAPI",
        ROOM,
        "{schemas: {Room: {type: object, properties: {day: {type: string, format: date}, key: {type: string, format: byte}}}}}",
    ),
    ("a format that nobody defines", ROOM, "{schemas: {Room: {type: string, format: room-name}}}"),
    (
        "a tag that is not declared",
        "  /rooms: {get: {operationId: list_rooms, tags: [rooms], responses: {'200': {description: Rooms.}}}}\n",
        "",
    ),
    (
        "an upload with several parts",
        "  /files:
    post:
      operationId: create_file
      requestBody:
        content:
          multipart/form-data: {schema: {type: object, properties: {file: {type: string, format: binary}}}}
      responses: {'204': {description: Done.}}
",
        "",
    ),
    (
        "a cookie",
        "  /rooms:
    get:
      operationId: list_rooms
      parameters: [{name: session, in: cookie, schema: {type: string}}]
      responses: {'200': {description: Rooms.}}
",
        "",
    ),
    (
        "a parameter with content",
        "  /rooms:
    get:
      operationId: list_rooms
      parameters: [{name: filter, in: query, content: {application/json: {schema: {type: object}}}}]
      responses: {'200': {description: Rooms.}}
",
        "",
    ),
    ("an operation without an operationId", "  /rooms: {get: {responses: {'200': {description: Rooms.}}}}\n", ""),
    (
        "values that differ by their sign or their case",
        ROOM,
        "{schemas: {Room: {type: string, enum: ['+1', '-1', name, NAME, Unknown]}}}",
    ),
    (
        "properties that differ by their case",
        ROOM,
        "{schemas: {Room: {type: object, properties: {roomSid: {type: string}, room_sid: {type: string}}}}}",
    ),
    (
        "two types of errors",
        "  /rooms:
    get:
      operationId: list_rooms
      responses:
        '200': {description: Rooms.}
        '400': {description: Refused., content: {application/json: {schema: {type: string}}}}
        '500': {description: Failed.}
",
        "",
    ),
    (
        "a free-form object and any value",
        ROOM,
        "{schemas: {Room: {type: object, properties: {extra: {type: object, additionalProperties: true}, any: {}}}}}",
    ),
    (
        "a body of bytes",
        "  /files:
    put:
      operationId: replace_file
      requestBody: {content: {application/octet-stream: {schema: {type: string, format: binary}}}}
      responses: {'204': {description: Done.}}
",
        "",
    ),
];

#[test]
fn valid_documents_have_no_errors() {
    for (name, paths, components) in CASES {
        let errors: Vec<Diagnostic> = findings(&document(paths, components), false)
            .into_iter()
            .filter(|finding| finding.severity == Severity::Error || finding.class != Class::Advice)
            .collect();
        assert_eq!(errors, [], "{name}");
    }
}

#[test]
fn the_generator_takes_valid_documents() {
    for (name, paths, components) in CASES {
        let found = findings(&document(paths, components), true);
        let refused: Vec<&Diagnostic> = found.iter().filter(|finding| finding.class != Class::Advice).collect();
        assert!(refused.is_empty(), "{name}: {refused:?}");
    }
}

#[test]
fn formats_of_openapi_are_only_mentioned_for_the_generator() {
    let text = document(ROOM, "{schemas: {Room: {type: string, format: date}}}");
    let has_advice =
        |for_generator| findings(&text, for_generator).iter().any(|finding| finding.rule == "unknown-format");
    assert_eq!((has_advice(false), has_advice(true)), (false, true));
}
