//! Changes of everything around the schemas of a document.

use super::schemas::kinds;
use super::*;

pub(super) const DOCUMENT: &str = "\
openapi: 3.0.3
info: { title: Things, version: 1.0.0 }
servers: [{ url: 'https://a.example' }]
security: [{ basic: [] }]
paths:
  /v1/things/{id}:
    get:
      operationId: get_thing
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        - { name: X-Trace, in: header, schema: { type: string } }
        - { name: tags, in: query, schema: { type: array, items: { type: string } } }
        - $ref: '#/components/parameters/Size'
      responses:
        '200': { description: d, headers: { X-Rate: { schema: { type: integer } } }, content: { application/json: { schema: { type: string } } } }
        '404': { description: d }
  /v1/things:
    post:
      operationId: add_thing
      parameters: [{ $ref: '#/components/parameters/Size' }]
      requestBody: { content: { application/json: { schema: { type: object, properties: { a: { type: string } } } } } }
      responses: { '200': { description: d } }
components:
  parameters:
    Size: { name: size, in: query, schema: { type: integer, maximum: 100 } }
  securitySchemes:
    basic: { type: http, scheme: basic }
    key: { type: apiKey, in: header, name: X-Key }
    pass: { type: oauth2, flows: { clientCredentials: { tokenUrl: 'https://t.example', scopes: { read: r, write: w } } } }
";

/// An edit of the document, with the severities and kinds of the changes.
type Case = (&'static str, &'static str, &'static str);

const EDITS: [Case; 52] = [
    (
        "security: [{ basic: [] }]",
        "security: [{ key: [] }]",
        "breaking credentials-refused; additive credentials-accepted",
    ),
    ("security: [{ basic: [] }]", "security: [{ basic: [], key: [] }]", "breaking credentials-refused"),
    ("security: [{ basic: [] }]", "security: [{ basic: [] }, { key: [] }]", "additive credentials-accepted"),
    ("security: [{ basic: [] }]", "security: []", "notice credentials-not-required"),
    ("security: [{ basic: [] }]", "security: [{ basic: [] }, {}]", "notice credentials-not-required"),
    ("      operationId: get_thing\n", "      operationId: get_thing\n      security: [{ basic: [] }]\n", ""),
    (
        "      operationId: get_thing\n",
        "      operationId: get_thing\n      security: [{ pass: [read] }]\n",
        "breaking credentials-refused; additive credentials-accepted",
    ),
    ("scheme: basic", "scheme: Basic", ""),
    ("scheme: basic", "scheme: bearer", "breaking security-scheme-changed"),
    ("name: X-Key", "name: x-key", ""),
    ("name: X-Key", "name: X-Other", "breaking security-scheme-changed"),
    ("write: w", "write: w, all: a", "notice security-scheme-changed"),
    ("write: w", "write: others", "documentation security-scheme-changed"),
    ("https://t.example", "https://u.example", "notice security-scheme-changed"),
    ("    key: { type: apiKey, in: header, name: X-Key }\n", "", "documentation security-scheme-removed"),
    (
        "in: query, schema: { type: array",
        "in: query, style: form, explode: true, required: false, allowReserved: false, allowEmptyValue: false, schema: { type: array",
        "",
    ),
    (
        "in: query, schema: { type: array",
        "in: query, explode: false, schema: { type: array",
        "breaking serialization-changed",
    ),
    ("in: header, schema", "in: header, explode: true, schema", "documentation serialization-changed"),
    (
        "in: query, schema: { type: array",
        "in: query, required: true, schema: { type: array",
        "breaking parameter-now-required",
    ),
    (
        "in: query, schema: { type: array",
        "in: query, allowEmptyValue: true, schema: { type: array",
        "additive empty-value-allowed",
    ),
    ("name: X-Trace", "name: x-trace", ""),
    ("name: X-Trace", "name: X-Other", "breaking parameter-removed; additive parameter-added"),
    (
        "        - { name: X-Trace, in: header, schema: { type: string } }\n",
        "        - { name: X-Trace, in: header, schema: { type: string } }\n        - { name: Accept, in: header, required: true, schema: { type: string } }\n        - { name: authorization, in: header, required: true, schema: { type: string } }\n",
        "",
    ),
    (
        "        - { name: X-Trace, in: header, schema: { type: string } }\n",
        "        - { name: X-Trace, in: header, schema: { type: string } }\n        - { name: q, in: query, required: true, schema: { type: string } }\n",
        "breaking required-parameter-added",
    ),
    ("maximum: 100", "maximum: 50", "breaking maximum-lowered"),
    (
        "application/json: { schema: { type: string } }",
        "application/json; charset=utf-8: { schema: { type: string } }",
        "documentation media-type-rewritten",
    ),
    (
        "application/json: { schema: { type: string } }",
        "Application/JSON: { schema: { type: string } }",
        "documentation media-type-rewritten",
    ),
    (
        "application/json: { schema: { type: string } }",
        "application/json; version=2: { schema: { type: string } }",
        "notice media-type-rewritten",
    ),
    (
        "application/json: { schema: { type: string } }",
        "text/plain: { schema: { type: string } }",
        "breaking media-type-removed; additive media-type-added",
    ),
    (
        "application/json: { schema: { type: object",
        "application/*: { schema: { type: object",
        "additive media-type-rewritten",
    ),
    ("        '404': { description: d }\n", "", "notice error-response-removed"),
    ("        '404': { description: d }\n", "        4XX: { description: d }\n", "additive response-range-changed"),
    ("        '404': { description: d }\n", "        default: { description: d }\n", "additive response-range-changed"),
    (
        "        '404': { description: d }\n",
        "        '404': { description: d }\n        '409': { description: d }\n",
        "additive response-added",
    ),
    (
        "responses: { '200': { description: d } }",
        "responses: { '204': { description: d } }",
        "breaking success-response-removed; additive response-added",
    ),
    (
        "responses: { '200': { description: d } }",
        "responses: { 2XX: { description: d } }",
        "additive response-range-changed",
    ),
    ("headers: { X-Rate: { schema: { type: integer } } }, ", "", "breaking header-removed"),
    ("X-Rate:", "x-rate:", ""),
    ("X-Rate: { schema", "X-Rate: { required: true, schema", "additive header-now-always-present"),
    ("requestBody: { content", "requestBody: { required: true, content", "breaking request-body-now-required"),
    (
        "      requestBody: { content: { application/json: { schema: { type: object, properties: { a: { type: string } } } } } }\n",
        "",
        "breaking request-body-removed",
    ),
    ("url: 'https://a.example'", "url: 'https://b.example'", "notice server-changed"),
    ("url: 'https://a.example'", "url: 'https://a.example/'", ""),
    ("url: 'https://a.example' }", "url: 'https://a.example' }, { url: 'https://b.example' }", "notice server-added"),
    ("url: 'https://a.example' }", "url: 'https://a.example', description: d }", "documentation documentation-changed"),
    (
        "      operationId: get_thing\n",
        "      operationId: get_thing\n      deprecated: true\n      x-sunset: 2031-01-01\n",
        "notice deprecated",
    ),
    ("  /v1/things:\n", "  /v1/other:\n", "breaking operation-removed; additive operation-added"),
    (
        "      operationId: get_thing\n",
        "      operationId: get_thing\n      description: d\n",
        "documentation documentation-changed",
    ),
    (
        "      operationId: get_thing\n",
        "      operationId: get_thing\n      x-any: 1\n",
        "documentation extension-changed",
    ),
    ("      operationId: get_thing\n", "      operationId: get_thing\n      callbacks: {}\n", ""),
    (
        "  parameters:\n    Size",
        "  schemas: { Unused: { type: string } }\n  parameters:\n    Size",
        "documentation unused-component-changed",
    ),
    ("title: Things", "title: Other", "documentation documentation-changed"),
];

#[test]
fn a_change_around_the_schemas_is_judged_by_its_meaning() -> Result<(), CouldNotRun> {
    let mut wrong = Vec::new();
    for (from, to, expected) in EDITS {
        assert!(DOCUMENT.contains(from), "{from:?} is not in the document");
        let found = kinds(DOCUMENT, &DOCUMENT.replacen(from, to, 1))?;
        if found != expected {
            wrong.push(format!("{from} => {to}: {found}, and not {expected}"));
        }
    }
    assert_eq!(wrong, [""; 0]);
    Ok(())
}

#[test]
fn a_path_parameter_is_found_although_its_name_is_not_in_the_path() -> Result<(), CouldNotRun> {
    assert_eq!(kinds(DOCUMENT, &DOCUMENT.replace("/v1/things/{id}:", "/v1/things/{key}:"))?, "");
    Ok(())
}

#[test]
fn scopes_are_credentials() -> Result<(), CouldNotRun> {
    let with =
        |scopes: &str| DOCUMENT.replace("security: [{ basic: [] }]", &format!("security: [{{ pass: [{scopes}] }}]"));
    assert_eq!(kinds(&with("read"), &with("read, write"))?, "breaking credentials-refused");
    assert_eq!(kinds(&with("read, write"), &with("read"))?, "additive credentials-accepted");
    assert_eq!(kinds(&with("read, write"), &with("write, read"))?, "");
    let changes = wire_changes(&parse(&with("read"))?, &parse(&with("read, write"))?);
    let lines: Vec<String> = changes.iter().map(|change| format!("{} {}", change.item, change.predicate)).collect();
    assert_eq!(
        lines,
        [
            "every operation no longer accepts `pass` with the scope `read`; the credentials are `pass` with the scopes `read`, `write`"
        ]
    );
    Ok(())
}

#[test]
fn a_renamed_security_scheme_is_the_same() -> Result<(), CouldNotRun> {
    let renamed = DOCUMENT.replace("{ basic: []", "{ login: []").replace("    basic:", "    login:");
    let expected = "documentation security-scheme-removed; documentation security-scheme-added";
    assert_eq!(kinds(DOCUMENT, &renamed)?, expected);
    Ok(())
}

#[test]
fn a_prefix_can_move_between_the_paths_and_the_server() -> Result<(), CouldNotRun> {
    let moved = DOCUMENT.replace("https://a.example", "https://a.example/v1").replace("  /v1/", "  /");
    assert_eq!(kinds(DOCUMENT, &moved)?, "documentation path-prefix-moved");
    assert_eq!(kinds(&moved, DOCUMENT)?, "documentation path-prefix-moved");
    let elsewhere = moved.replace("a.example/v1", "a.example/v2");
    assert!(kinds(DOCUMENT, &elsewhere)?.contains("breaking operation-removed"));
    Ok(())
}

#[test]
fn a_removal_can_be_announced() -> Result<(), CouldNotRun> {
    let removed = DOCUMENT.replace("  /v1/things:\n", "  /v1/others:\n");
    let with = |text: &str| {
        DOCUMENT.replace("      operationId: add_thing\n", &format!("      operationId: add_thing\n{text}"))
    };
    for (announced, expected) in [
        ("      deprecated: true\n      x-sunset: '2030-06-15'\n", "notice operation-removed-after-sunset"),
        ("      deprecated: true\n      x-sunset: '2030-06-15T00:00:00Z'\n", "notice operation-removed-after-sunset"),
        ("      deprecated: true\n      x-sunset: '2030-06-16'\n", "breaking operation-removed-before-sunset"),
        ("      deprecated: true\n      x-sunset: soon\n", "breaking operation-removed-before-sunset"),
        ("      deprecated: true\n", "breaking operation-removed"),
        ("      x-sunset: '2030-06-15'\n", "breaking operation-removed"),
    ] {
        let found = kinds(&with(announced), &removed)?;
        assert!(found.starts_with(expected), "{announced}: {found}");
    }
    let later = (
        with("      deprecated: true\n      x-sunset: '2030-01-01'\n"),
        with("      deprecated: true\n      x-sunset: '2031-01-01'\n"),
    );
    assert_eq!(kinds(&later.0, &later.1)?, "notice sunset-changed");
    Ok(())
}

#[test]
fn a_shared_change_is_told_once_with_its_users() -> Result<(), CouldNotRun> {
    let tell = |new: &str| -> Result<Vec<String>, CouldNotRun> {
        let changes = wire_changes(&parse(DOCUMENT)?, &parse(new)?);
        Ok(changes
            .iter()
            .map(|change| format!("{} {}, {}", change.item, change.predicate, change.used_by.len()))
            .collect())
    };
    assert_eq!(
        tell(&DOCUMENT.replace("maximum: 100", "maximum: 50"))?,
        ["the parameter `Size` the maximum was 100 and is 50, 2"]
    );
    let headers = DOCUMENT.replace("'200': { description: d", "'200': { description: d, x-a: 1");
    assert_eq!(tell(&headers)?, ["every operation, the response 200 `x-a` was added, 2"]);
    Ok(())
}

#[test]
fn a_fingerprint_does_not_depend_on_positions() -> Result<(), CouldNotRun> {
    let fingerprints = |old: &str, new: &str| -> Result<Vec<String>, CouldNotRun> {
        Ok(wire_changes(&parse(old)?, &parse(new)?).iter().map(Change::fingerprint).collect())
    };
    let edited = DOCUMENT.replace("maximum: 100", "maximum: 50");
    let moved = |text: &str| format!("# A comment.\n{}", text.replace("components:\n", "\n\ncomponents:\n"));
    let one = fingerprints(DOCUMENT, &edited)?;
    assert_eq!(one, fingerprints(&moved(DOCUMENT), &moved(&edited))?);
    assert_ne!(one, fingerprints(DOCUMENT, &edited.replace("maximum: 50", "maximum: 40"))?);
    assert_eq!(one.first().map(String::len), Some(16));
    Ok(())
}
