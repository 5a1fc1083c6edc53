//! Valid documents whose meaning is easy to misjudge: compositions, directions, patterns, templates and examples.

use super::valid_documents_engine::{document, findings};
use crate::document::Class;

/// A document: its name, its paths, its components, and the rules whose advice is about it.
type Case = (&'static str, &'static str, &'static str, &'static [&'static str]);

const ROOM: &str = "  /room:
    get:
      operationId: fetch_room
      responses:
        '200': {description: The room., content: {application/json: {schema: {$ref: '#/components/schemas/Room'}}}}
";

const CREATE: &str = "  /rooms:
    post:
      operationId: create_room
      requestBody:
        content: {application/json: {schema: {$ref: '#/components/schemas/Room'}, example: {name: daily, secret: abc}}}
      responses:
        '201':
          description: The room.
          content: {application/json: {schema: {$ref: '#/components/schemas/Room'}, example: {sid: RM1, name: daily}}}
";

const CASES: &[Case] = &[
    (
        "a part requires a property of another part",
        ROOM,
        "{schemas: {Base: {type: object, properties: {sid: {type: string}}}, Room: {allOf: [{$ref: '#/components/schemas/Base'}, {required: [sid]}]}}}",
        &[],
    ),
    (
        "a schema requires a property of its part",
        ROOM,
        "{schemas: {Base: {type: object, properties: {sid: {type: string}}}, Room: {type: object, required: [sid], allOf: [{$ref: '#/components/schemas/Base'}]}}}",
        &[],
    ),
    (
        "alternatives require properties of the schema around them",
        ROOM,
        "{schemas: {Room: {type: object, properties: {sid: {type: string}, name: {type: string}}, oneOf: [{required: [sid]}, {required: [name]}]}}}",
        &[],
    ),
    (
        "a misspelled property beside a part is advice",
        ROOM,
        "{schemas: {Base: {type: object, properties: {status: {type: string}}}, Room: {type: object, required: [statsu], allOf: [{$ref: '#/components/schemas/Base'}]}}}",
        &["required-without-property"],
    ),
    (
        "properties of one direction are required in it only",
        CREATE,
        "{schemas: {Room: {type: object, required: [sid, name, secret], properties: {sid: {type: string, readOnly: true}, name: {type: string}, secret: {type: string, writeOnly: true}}}}}",
        &[],
    ),
    (
        "schemas that only a mapping names are used",
        ROOM,
        "{schemas: {Room: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind, mapping: {a: '#/components/schemas/A', b: B}}}, A: {allOf: [{$ref: '#/components/schemas/Room'}]}, B: {allOf: [{$ref: '#/components/schemas/Room'}]}}}",
        &[],
    ),
    (
        "templates with a fixed text in a segment",
        "  /rooms/{Sid}: {get: {operationId: fetch_room, parameters: [{name: Sid, in: path, required: true, schema: {type: string}}], responses: {'200': {description: Ok.}}}}
  /rooms/{Sid}.json: {get: {operationId: fetch_json, parameters: [{name: Sid, in: path, required: true, schema: {type: string}}], responses: {'200': {description: Ok.}}}}
  /rooms/{Sid}.xml: {get: {operationId: fetch_xml, parameters: [{name: Sid, in: path, required: true, schema: {type: string}}], responses: {'200': {description: Ok.}}}}
  /rooms/{Sid}:complete: {post: {operationId: complete_room, parameters: [{name: Sid, in: path, required: true, schema: {type: string}}], responses: {'200': {description: Ok.}}}}
",
        "",
        &[],
    ),
    (
        "paths that a tool has to decide between",
        "  /{Kind}/latest: {get: {operationId: fetch_latest, parameters: [{name: Kind, in: path, required: true, schema: {type: string}}], responses: {'200': {description: Ok.}}}}
  /rooms/{Sid}: {get: {operationId: fetch_room, parameters: [{name: Sid, in: path, required: true, schema: {type: string}}], responses: {'200': {description: Ok.}}}}
",
        "",
        &["ambiguous-path"],
    ),
    (
        "an exclusive limit that is off",
        ROOM,
        "{schemas: {Room: {type: integer, exclusiveMinimum: false}}}",
        &[],
    ),
    (
        "a list of itself",
        ROOM,
        "{schemas: {Room: {oneOf: [{type: string}, {type: array, items: {$ref: '#/components/schemas/Room'}}], example: [a, [b]]}}}",
        &[],
    ),
    (
        "an operation overrides a parameter of its path",
        "  /rooms:
    parameters: [{name: page, in: query, schema: {type: string}}]
    get: {operationId: list_rooms, parameters: [{name: page, in: query, schema: {type: integer}}], responses: {'200': {description: Ok.}}}
",
        "",
        &[],
    ),
    (
        "patterns of ECMAScript",
        ROOM,
        "{schemas: {Room: {type: object, properties: {before: {type: string, pattern: '(?<!a)b'}, slash: {type: string, pattern: '^\\/v1\\/'}, named: {type: string, pattern: '(?<year>\\d{4})'}, letters: {type: string, pattern: '^\\p{L}+$'}}}}}",
        &[],
    ),
    (
        "an enum that lists null",
        ROOM,
        "{schemas: {Room: {type: string, nullable: true, enum: [open, null], example: null}}}",
        &[],
    ),
    (
        "an example in XML",
        "  /room:
    get:
      operationId: fetch_room
      responses:
        '200': {description: The room., content: {application/xml: {schema: {type: object, properties: {sid: {type: string}}}, example: <room><sid>RM1</sid></room>}}}
",
        "",
        &[],
    ),
    (
        "a list parameter as it is written in a URL",
        "  /rooms: {get: {operationId: list_rooms, parameters: [{name: ids, in: query, explode: false, schema: {type: array, items: {type: integer}}, example: '1,2'}], responses: {'200': {description: Ok.}}}}
",
        "",
        &[],
    ),
    (
        "only the format of an example differs",
        ROOM,
        "{schemas: {Room: {type: string, format: date-time, example: 2026-01-02}}}",
        &["example-mismatch"],
    ),
    (
        "JSON text for an object",
        ROOM,
        "{schemas: {Room: {type: object, properties: {sid: {type: string}}, example: '{\"sid\": \"RM1\"}'}}}",
        &["example-mismatch"],
    ),
    (
        "a default for a schema elsewhere",
        ROOM,
        "{schemas: {Base: {type: object, required: [sid], properties: {sid: {type: string}}}, Room: {allOf: [{$ref: '#/components/schemas/Base'}], default: {}}}}",
        &["default-mismatch"],
    ),
    (
        "headers that OpenAPI ignores",
        "  /rooms: {get: {operationId: list_rooms, parameters: [{name: accept, in: header, schema: {type: string}}], responses: {'200': {description: Ok.}}}}
",
        "",
        &["ignored-header"],
    ),
    (
        "a parent that lists its children by name",
        ROOM,
        "{schemas: {Room: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind, mapping: {small: '#/components/schemas/Small', large: Large}}}, Small: {allOf: [{$ref: '#/components/schemas/Room'}, {type: object, properties: {size: {type: integer}}}]}, Large: {allOf: [{$ref: '#/components/schemas/Room'}]}}}",
        &[],
    ),
    (
        "a discriminator whose property another part defines",
        ROOM,
        "{schemas: {Room: {allOf: [{type: object, required: [kind], properties: {kind: {type: string}}}, {oneOf: [{$ref: '#/components/schemas/Small'}], discriminator: {propertyName: kind}}]}, Small: {type: object, required: [size], properties: {size: {type: integer}}}}}",
        &["discriminator-property"],
    ),
];

#[test]
fn valid_documents_have_no_error() {
    for (name, paths, components, expected) in CASES {
        let found = findings(&document(paths, components), false);
        let errors: Vec<_> = found.iter().filter(|finding| finding.class != Class::Advice).collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
        let is_own = |rule: &&str| {
            let group = crate::rules::find(rule).map(|rule| rule.group.name()).unwrap_or_default();
            ["semantics", "examples"].contains(&group) || *rule == "unused-component"
        };
        let rules: Vec<&str> = found.iter().map(|finding| finding.rule).filter(is_own).collect();
        assert_eq!(rules, *expected, "{name}");
    }
}

#[test]
fn a_server_can_be_a_variable() {
    let text = document("", "")
        .replace("paths:\n", "servers: [{url: '{base}/v1', variables: {base: {default: /api}}}]\npaths: {}\n");
    assert_eq!(findings(&text, false), []);
}
