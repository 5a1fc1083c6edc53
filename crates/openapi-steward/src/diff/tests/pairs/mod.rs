//! Pairs of small documents whose schemas differ in one way, and the lines that tell the difference.

mod schemas;

use self::schemas::{COMPOSITIONS, LIMITS, PROPERTIES};
use super::documents::DOCUMENT;
use super::*;

/// The use of the schema `Item`: in a request, in a response, or in both.
#[derive(Debug, Clone, Copy)]
enum Used {
    Request,
    Response,
    Both,
}

/// The use, the old components, the new ones, and the expected lines.
type Pair = (Used, &'static str, &'static str, &'static [&'static str]);

/// A document with one operation, which sends and receives the schema `Item`.
fn document(used: Used, schemas: &str) -> String {
    let content = "content: { application/json: { schema: { $ref: '#/components/schemas/Item' } } }";
    let body = format!("requestBody: {{ required: true, {content} }}, ");
    let (body, response) = match used {
        Used::Request => (body, String::new()),
        Used::Response => (String::new(), format!(", {content}")),
        Used::Both => (body, format!(", {content}")),
    };
    format!(
        "openapi: 3.0.3\ninfo: {{ title: Shop, version: '1' }}\npaths:\n  /items:\n    post: {{ operationId: send, {body}responses: {{ '200': {{ description: d{response} }} }} }}\n\
         components: {{ schemas: {{ {schemas} }} }}\n"
    )
}

/// Returns the lines of the changes between two documents, with the uses of components.
fn lines(old: &str, new: &str) -> Result<Vec<String>, CouldNotRun> {
    let changes = wire_changes(&parse(old)?, &parse(new)?);
    let line = |change: &Change| format!("{} {} {}", change.severity, change.item, change.predicate);
    Ok(changes.iter().map(line).collect())
}

#[test]
fn a_difference_of_schemas_is_told_by_these_lines() -> Result<(), CouldNotRun> {
    let mut wrong = Vec::new();
    for (used, old, new, expected) in COMPOSITIONS.iter().chain(PROPERTIES).chain(LIMITS) {
        let found = lines(&document(*used, old), &document(*used, new))?;
        if found != *expected {
            wrong.push(format!("{old} => {new}, in {used:?}: {found:?}, and not {expected:?}"));
        }
    }
    assert_eq!(wrong, [""; 0]);
    Ok(())
}

/// Edits around the schemas, told by these lines.
const AROUND: &[(&str, &str, &[&str])] = &[
    (
        "name: id, in: path, required: true, schema: { type: string",
        "name: id, in: path, required: true, schema: { type: string, maxLength: 9",
        &["breaking GET /v1/things/{id}, path parameter `id` the maxLength was none and is 9"],
    ),
    (
        "url: 'https://a.example'",
        "url: 'https://a.example/v2'",
        &["notice the server was `https://a.example` and is `https://a.example/v2`"],
    ),
    (
        "security: [{ basic: [] }]",
        "security: [{ key: [] }]",
        &[
            "breaking every operation no longer accepts `basic`; the credentials are `key`",
            "additive every operation now accepts `key`; the credentials were `basic`",
        ],
    ),
    (
        "write: w",
        "write: w, all: a",
        &["notice the security scheme `pass` the scope `clientCredentials: all` was added"],
    ),
    (
        "https://t.example",
        "https://u.example",
        &[
            "notice the security scheme `pass` the tokenUrl of `clientCredentials` was `https://t.example` and is `https://u.example`",
        ],
    ),
];

#[test]
fn a_difference_around_the_schemas_is_told_by_these_lines() -> Result<(), CouldNotRun> {
    for (from, to, expected) in AROUND {
        assert!(DOCUMENT.contains(from), "{from:?} is not in the document");
        assert_eq!(lines(DOCUMENT, &DOCUMENT.replacen(from, to, 1))?, *expected, "{from} => {to}");
    }
    Ok(())
}

#[test]
fn a_new_body_is_told_once() -> Result<(), CouldNotRun> {
    let without: Vec<&str> = DOCUMENT.lines().filter(|line| !line.contains("requestBody")).collect();
    assert_eq!(lines(&without.join("\n"), DOCUMENT)?, ["additive POST /v1/things, the request body was added"]);
    Ok(())
}

#[test]
fn headers_that_openapi_ignores_are_no_parameters() -> Result<(), CouldNotRun> {
    let header =
        |name: &str| format!("        - {{ name: {name}, in: header, required: true, schema: {{ type: string }} }}\n");
    let ignored: String = ["Authorization", "Accept", "Content-Type"].map(header).concat();
    let first = "        - { name: X-Trace";
    let with = DOCUMENT.replacen(first, &format!("{ignored}{first}"), 1);
    assert_eq!(lines(DOCUMENT, &with)?, [""; 0]);
    assert_eq!(lines(&with, DOCUMENT)?, [""; 0]);
    Ok(())
}

#[test]
fn a_schema_that_nests_in_itself_in_every_way_is_compared() -> Result<(), CouldNotRun> {
    let own = "{ $ref: '#/components/schemas/Item' }";
    let dependent = (0..12).map(|index| format!("a{index}: {own}")).collect::<Vec<_>>().join(", ");
    let schemas = |limit: u8| {
        format!(
            "Item: {{ maxProperties: {limit}, if: {own}, then: {own}, else: {own}, contains: {own}, not: {own}, \
             anyOf: [{{ maxLength: {limit} }}, {own}, {{ minLength: {limit} }}], dependentSchemas: {{ {dependent} }} }}"
        )
    };
    let later = |limit| document(Used::Request, &schemas(limit)).replacen("3.0.3", "3.1.0", 1);
    let found = lines(&later(3), &later(4))?;
    for expected in [
        "additive Item the maxProperties was 3 and is 4 (in requests)",
        "breaking Item, anyOf `{\"minLength\":4}` the minLength was 3 and is 4 (in requests)",
    ] {
        assert!(found.iter().any(|line| line == expected), "{found:?}");
    }
    Ok(())
}
