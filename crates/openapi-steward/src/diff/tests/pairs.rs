//! Pairs of small documents whose schemas differ in one way, and the lines that tell the difference.

use super::documents::DOCUMENT;
use super::*;

/// Where the schemas are used: the schema `Item` in a request, in a response, or in both.
#[derive(Debug, Clone, Copy)]
enum Used {
    Request,
    Response,
    Both,
}
use Used::{Both, Request, Response};

/// The use, the old components, the new ones, and the expected lines.
type Pair = (Used, &'static str, &'static str, &'static [&'static str]);

/// A document with one operation, which sends and receives the schema `Item`.
fn document(used: Used, schemas: &str) -> String {
    let content = "content: { application/json: { schema: { $ref: '#/components/schemas/Item' } } }";
    let body = format!("requestBody: {{ required: true, {content} }}, ");
    let (body, response) = match used {
        Request => (body, String::new()),
        Response => (String::new(), format!(", {content}")),
        Both => (body, format!(", {content}")),
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

const COMPOSITIONS: &[Pair] = &[
    (
        Response,
        "Item: { allOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }] }, Dog: { type: object }, Cat: { type: object, properties: { n: { type: string } } }",
        "Item: { allOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }] }, Dog: { type: object }, Cat: { type: object, properties: { n: { type: string, nullable: true } } }",
        &["breaking Item.n can now be null (in responses)"],
    ),
    (
        Request,
        "Item: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { type: integer }] }, Cat: { type: object, properties: { name: { type: string } } }",
        "Item: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { type: integer }] }, Cat: { type: object, required: [name], properties: { name: { type: string } } }",
        &["breaking Cat.name is now required (in requests)"],
    ),
    (
        Response,
        "Item: { anyOf: [{ $ref: '#/components/schemas/Cat' }, { type: integer }] }, Cat: { type: object, required: [name], properties: { name: { type: string } } }",
        "Item: { anyOf: [{ $ref: '#/components/schemas/Cat' }, { type: integer }] }, Cat: { type: object, properties: { name: { type: string } } }",
        &["breaking Cat.name is no longer required (in responses)"],
    ),
    (
        Request,
        "Item: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { type: string }] }, Cat: { type: object, properties: { lives: { type: number } } }",
        "Item: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { type: string }] }, Cat: { type: object, properties: { lives: { type: number, maximum: 9 } } }",
        &["breaking Cat.lives the maximum was none and is 9 (in requests)"],
    ),
    (
        Response,
        "Item: { anyOf: [{ $ref: '#/components/schemas/Cat' }, { type: string }] }, Cat: { type: object, properties: { lives: { type: integer } } }",
        "Item: { anyOf: [{ $ref: '#/components/schemas/Cat' }, { type: string }] }, Cat: { type: object, properties: { lives: { type: string } } }",
        &["breaking Cat.lives the type was `integer` and is `string` (in responses)"],
    ),
    (
        Response,
        "Item: { allOf: [{ $ref: '#/components/schemas/Base' }], properties: { note: { type: string } } }, Base: { type: object, properties: { id: { type: string } } }",
        "Item: { allOf: [{ $ref: '#/components/schemas/Base' }], properties: { note: { type: string } } }, Base: { type: object, properties: { id: { nullable: true, type: string } } }",
        &["breaking Item.id can now be null (in responses)"],
    ),
    (
        Request,
        "Item: { properties: { v: { type: string, anyOf: [{ maxLength: 9 }, { pattern: '^a' }] } } }",
        "Item: { properties: { v: { type: string, anyOf: [{ maxLength: 3 }, { pattern: '^a' }, { pattern: '^b' }] } } }",
        &[
            "breaking Item.v, anyOf `{\"maxLength\":3}` the maxLength was 9 and is 3 (in requests)",
            "additive Item.v `{\"pattern\":\"^b\"}` was added to the anyOf (in requests)",
        ],
    ),
    (
        Request,
        "Item: { oneOf: [{ $ref: '#/components/schemas/Cat' }], discriminator: { propertyName: kind } }, Cat: { type: object, properties: { kind: { type: string }, race: { type: string } } }",
        "Item: { oneOf: [{ $ref: '#/components/schemas/Cat' }], discriminator: { propertyName: race } }, Cat: { type: object, properties: { kind: { type: string }, race: { type: string } } }",
        &["breaking Item the property of the discriminator was `kind` and is `race` (in requests)"],
    ),
    (
        Both,
        "Item: { allOf: [{ type: object, properties: { a: { type: string } } }, { type: object, properties: { b: { type: string } } }] }",
        "Item: { type: object, properties: { a: { type: string }, b: { type: string } } }",
        &[],
    ),
    (
        Both,
        "Item: { type: object, properties: { title: { type: string }, pages: { type: integer } } }",
        "Item: { allOf: [{ $ref: '#/components/schemas/Titled' }, { type: object, properties: { pages: { type: integer } } }] }, Titled: { type: object, properties: { title: { type: string } } }",
        &[],
    ),
    (
        Both,
        "Item: { allOf: [{ $ref: '#/components/schemas/Lite' }, { type: object, properties: { pages: { type: integer }, lang: { type: string } } }] }, Lite: { type: object, properties: { title: { type: string } } }",
        "Item: { allOf: [{ $ref: '#/components/schemas/Lite' }, { type: object, properties: { lang: { type: string } } }] }, Lite: { type: object, properties: { title: { type: string }, pages: { type: integer } } }",
        &[],
    ),
    (
        Request,
        "Item: { allOf: [{ type: object, description: one, properties: { a: { type: string } } }, { type: object, description: two, properties: { b: { type: string } } }] }",
        "Item: { allOf: [{ type: object, description: '2', properties: { b: { type: string } } }, { type: object, description: '1', properties: { a: { type: string } } }] }",
        &["documentation Item the description was changed"],
    ),
    (
        Both,
        "Item: { type: object, properties: { n: { anyOf: [{ type: string }] } } }",
        "Item: { type: object, properties: { n: { type: string } } }",
        &[],
    ),
];

const PROPERTIES: &[Pair] = &[
    (
        Request,
        "Item: { allOf: [{ type: object, properties: { title: { type: string, maxLength: 40 } } }, { type: object }] }",
        "Item: { allOf: [{ type: object, properties: { title: { type: string, maxLength: 4 } } }, { type: object }] }",
        &["breaking Item.title the maxLength was 40 and is 4 (in requests)"],
    ),
    (
        Response,
        "Item: { type: object, properties: { k: { type: string } } }",
        "Item: { type: object, properties: { k: { type: string, writeOnly: true } } }",
        &["breaking Item.k is now writeOnly: responses no longer have it (in responses)"],
    ),
    (
        Both,
        "Item: { type: object, properties: { id: { type: string, readOnly: true } } }",
        "Item: { type: object, required: [id], properties: { id: { type: string, readOnly: true } } }",
        &["additive Item.id is now required (in responses)"],
    ),
    (
        Both,
        "Item: { type: object, properties: { id: { type: string, readOnly: true, maxLength: 40 } } }",
        "Item: { type: object, properties: { id: { type: string, readOnly: true, maxLength: 4 } } }",
        &["additive Item.id the maxLength was 40 and is 4 (in responses)"],
    ),
    (
        Both,
        "Item: { type: object }",
        "Item: { type: object, required: [id], properties: { id: { type: string, readOnly: true } } }",
        &["additive Item.id was added (in responses)"],
    ),
    (
        Both,
        "Item: { type: object, properties: { n: { type: string } } }",
        "Item: { type: object, required: [n], properties: { n: { type: string } } }",
        &["breaking Item.n is now required (in requests)", "additive Item.n is now required (in responses)"],
    ),
    (
        Response,
        "Item: { type: array, items: { type: object, properties: { x: { type: string }, y: { type: string } } } }",
        "Item: { type: array, items: { type: object, properties: { x: { type: string } } } }",
        &["breaking Item[].y was removed (in responses)"],
    ),
    (
        Response,
        "Item: { type: object, properties: { a: { type: string } } }, E: { type: string, enum: [a] }",
        "Item: { type: object, properties: { a: { type: string }, e: { $ref: '#/components/schemas/E' } } }, E: { type: string, enum: [a, b] }",
        &["additive Item.e was added (in responses)"],
    ),
    (
        Request,
        "Item: { type: object, properties: { a: { type: string, enum: [a, b, c, d, e, f] } } }",
        "Item: { type: object, properties: { a: { type: string, enum: [a] } } }",
        &["breaking Item.a the values `b`, `c`, `d`, `e`, `f` were removed (in requests)"],
    ),
];

const LIMITS: &[Pair] = &[
    (
        Request,
        "Item: { type: integer, maximum: 9 }",
        "Item: { type: integer, maximum: 9, exclusiveMaximum: true }",
        &["breaking Item the maximum was 9 and is 9 (exclusive) (in requests)"],
    ),
    (
        Request,
        "Item: { type: array, items: { type: string } }",
        "Item: { type: array, uniqueItems: true, items: { type: string } }",
        &["breaking Item now has to have different items (in requests)"],
    ),
    (
        Both,
        "Item: { type: integer, readOnly: true, maximum: 100 }",
        "Item: { type: integer, readOnly: true, maximum: 100, multipleOf: 5 }",
        &["additive Item the multipleOf was none and is 5 (in responses)"],
    ),
    (Request, "Item: { type: string }", "Item: { type: string, minLength: 0 }", &[]),
    (Both, "Item: { type: object }", "Item: { type: object, additionalProperties: {} }", &[]),
    (
        Request,
        "Item: { type: string }",
        "Item: { type: string, format: nickname }",
        &["notice Item the format was none and is `nickname` (in requests)"],
    ),
    (
        Response,
        "Item: { type: string, format: nickname }",
        "Item: { type: string }",
        &["notice Item the format was `nickname` and is none (in responses)"],
    ),
    (
        Both,
        "Item: { type: integer }",
        "Item: { type: number }",
        &[
            "breaking Item the type was `integer` and is `number` (in responses)",
            "additive Item the type was `integer` and is `number` (in requests)",
        ],
    ),
    (
        Both,
        "Item: { type: number }",
        "Item: { type: integer }",
        &[
            "breaking Item the type was `number` and is `integer` (in requests)",
            "additive Item the type was `number` and is `integer` (in responses)",
        ],
    ),
    (
        Request,
        "Item: { type: string }",
        "Item: { description: any }",
        &["additive Item the type was `string` and is none (in requests)", "documentation Item the description was changed"],
    ),
    (
        Response,
        "Item: { properties: { a: { type: string } } }",
        "Item: { type: object, properties: { a: { type: string } } }",
        &["additive Item the type was none and is `object` (in responses)"],
    ),
];

#[test]
fn a_difference_of_schemas_is_told_by_these_lines() -> Result<(), CouldNotRun> {
    for (used, old, new, expected) in COMPOSITIONS.iter().chain(PROPERTIES).chain(LIMITS) {
        let found = lines(&document(*used, old), &document(*used, new))?;
        assert_eq!(found, *expected, "{old} => {new}, in a {used:?}");
    }
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
        &["notice the security scheme `pass` the tokenUrl of `clientCredentials` was `https://t.example` and is `https://u.example`"],
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
    let header = |name: &str| format!("        - {{ name: {name}, in: header, required: true, schema: {{ type: string }} }}\n");
    let ignored: String = ["Authorization", "Accept", "Content-Type"].map(header).concat();
    let first = "        - { name: X-Trace";
    let with = DOCUMENT.replacen(first, &format!("{ignored}{first}"), 1);
    assert_eq!(lines(DOCUMENT, &with)?, [""; 0]);
    assert_eq!(lines(&with, DOCUMENT)?, [""; 0]);
    Ok(())
}
