//! Documents with one contradiction each: the rule that finds it, and the text that it is found at.

use super::valid_documents_engine::{document, findings};
use crate::document::Class;

/// A document: its paths, its components, the rule, and the text that the finding begins at.
type Case = (&'static str, &'static str, &'static str, &'static str);

/// The operation `GET /rooms` with these keys.
fn operation(keys: &str) -> String {
    format!("  /rooms: {{get: {{operationId: list_rooms, {keys}}}}}\n")
}

/// The operation `GET /rooms` with this schema of its response.
fn response(schema: &str) -> String {
    operation(&format!(
        "responses: {{'200': {{description: Ok., content: {{application/json: {{schema: {schema}}}}}}}}}"
    ))
}

const OK: &str = "responses: {'200': {description: Ok.}}";

const SCHEMAS: &[Case] = &[
    (
        "a discriminator without its property",
        "{oneOf: [{$ref: '#/components/schemas/A'}], discriminator: {propertyName: kind}}",
        "discriminator-property",
        "kind",
    ),
    (
        "a discriminator without alternatives",
        "{type: object, discriminator: {propertyName: kind}, properties: {kind: {type: string}}}",
        "discriminator-property",
        "discriminator",
    ),
    (
        "a mapping to no schema",
        "{oneOf: [{$ref: '#/components/schemas/K'}], discriminator: {propertyName: kind, mapping: {k: '#/components/schemas/Gone'}}}",
        "discriminator-mapping",
        "'#/components/schemas/Gone'",
    ),
    (
        "readOnly and writeOnly",
        "{type: object, properties: {a: {type: string, readOnly: true, writeOnly: true}}}",
        "read-write-only",
        "writeOnly",
    ),
    (
        "a required name twice",
        "{type: object, required: [a, a], properties: {a: {type: string}}}",
        "duplicate-required",
        "a], ",
    ),
    (
        "an empty list of required names",
        "{type: object, required: [], properties: {a: {type: string}}}",
        "meta-schema",
        "required",
    ),
    ("a number twice", "{type: number, enum: [1, 1.0]}", "enum-values", "1.0"),
    ("an enum of another type", "{type: array, items: {type: string}, enum: [a, b]}", "enum-values", "enum"),
    ("a pattern that is none", "{type: string, pattern: '[a-'}", "invalid-pattern", "'[a-'"),
    ("a default of another type", "{type: integer, default: '1'}", "default-mismatch", "'1'"),
    ("a default that is no value of the enum", "{type: string, enum: [a], default: b}", "default-mismatch", "b}"),
    ("null for a default", "{type: string, default: null}", "default-mismatch", "null"),
    ("limits that exclude every value", "{type: integer, minimum: 2, maximum: 1}", "empty-range", "1}"),
    ("a list without items", "{type: array}", "array-without-items", "array"),
];

const COMPONENTS: &str = "{schemas: {A: {type: object, properties: {a: {type: string}}}, K: {type: object, required: [kind], properties: {kind: {type: string}}}}}";

const DEEP: &str = "{schemas: {C: {type: integer}, B: {type: object, properties: {c: {$ref: '#/components/schemas/C'}}}, A: {type: object, properties: {b: {$ref: '#/components/schemas/B'}}, example: {b: {c: nine}}}}}";

const OPERATIONS: &[Case] = &[
    (
        "a link with both ways",
        "responses: {'200': {description: Ok., links: {next: {operationId: list_rooms, operationRef: '#/paths/~1rooms/get'}}}}",
        "link-operation",
        "operationRef",
    ),
    (
        "a link to nowhere",
        "responses: {'200': {description: Ok., links: {next: {operationRef: '#/paths/~1gone/get'}}}}",
        "link-operation",
        "'#/paths/~1gone/get'",
    ),
    (
        "a link to an unknown operation",
        "responses: {'200': {description: Ok., links: {next: {operationId: gone}}}}",
        "link-operation",
        "gone",
    ),
    (
        "a schema and a content",
        "parameters: [{name: q, in: query, schema: {type: string}, content: {text/plain: {}}}], responses: {'200': {description: Ok.}}",
        "parameter-schema",
        "content",
    ),
    (
        "a content with two media types",
        "parameters: [{name: q, in: query, content: {text/plain: {}, application/json: {}}}], responses: {'200': {description: Ok.}}",
        "parameter-schema",
        "content",
    ),
    (
        "a style of paths in a query",
        "parameters: [{name: q, in: query, style: matrix, schema: {type: string}}], responses: {'200': {description: Ok.}}",
        "style-location",
        "matrix",
    ),
    ("no response", "responses: {}", "empty-responses", "responses"),
    (
        "an example of a header",
        "responses: {'200': {description: Ok., headers: {Rate: {schema: {type: integer}, example: abc}}}}",
        "example-mismatch",
        "abc",
    ),
    (
        "a value and a file",
        "responses: {'200': {description: Ok., content: {application/json: {schema: {type: string}, examples: {e: {value: a, externalValue: 'https://example.com/e'}}}}}}",
        "example-value",
        "externalValue",
    ),
];

const PATHS: &[Case] = &[
    ("  /rooms/{Sid}: {}\n  /rooms/{Name}: {}\n", "", "duplicate-path", "/rooms/{Name}"),
    (
        "  /a/{x}/b/{x}: {get: {operationId: a, parameters: [{name: x, in: path, required: true, schema: {type: string}}], responses: {'200': {description: Ok.}}}}\n",
        "",
        "duplicate-path-name",
        "/a/{x}/b/{x}",
    ),
    (
        "  /a/{x}: {get: {operationId: a, parameters: [{$ref: '#/components/parameters/X'}], responses: {'200': {description: Ok.}}}}\n",
        "{parameters: {X: {name: x, in: path, schema: {type: string}}}}",
        "path-parameter",
        "X: {name",
    ),
];

const ROOTS: &[(&str, &str, &str)] = &[
    ("components: {securitySchemes: {k: {type: apiKey}}}", "security-scheme", "k: {type"),
    ("components: {securitySchemes: {o: {type: openIdConnect}}}", "security-scheme", "o: {type"),
    (
        "components: {securitySchemes: {o: {type: oauth2, flows: {authorizationCode: {authorizationUrl: 'https://a.example', scopes: {}}}}}}",
        "security-scheme",
        "authorizationCode",
    ),
    (
        "security: [{k: [admin]}]\ncomponents: {securitySchemes: {k: {type: apiKey, in: header, name: X}}}",
        "security-scopes",
        "admin",
    ),
    ("security: [{k: []}]", "undefined-security-scheme", "k: []"),
    (
        "servers: [{url: 'https://{r}.example.com', variables: {r: {default: z, enum: [a, b]}}}]",
        "server-variable",
        "z,",
    ),
    ("servers: [{url: 'https://{r}.example.com', variables: {r: {default: z, enum: []}}}]", "server-variable", "enum"),
    ("servers: [{url: 'https://{r}.example.com'}]", "server-variable", "'https://{r}.example.com'"),
    ("tags: [{name: a}, {name: a}]", "duplicate-tag", "a}]"),
    ("externalDocs: {url: 'not a url'}", "invalid-url", "'not a url'"),
];

/// Checks that a document has one error, by this rule at this text.
fn check(name: &str, text: &str, rule: &str, at: &str) {
    let found = findings(text, false);
    let errors: Vec<_> = found.iter().filter(|finding| finding.class != Class::Advice).collect();
    assert_eq!(errors.len(), 1, "{name}: {errors:#?}");
    assert_eq!(errors[0].rule, rule, "{name}: {errors:#?}");
    assert!(text[errors[0].span.start..].starts_with(at), "{name}: {:?}", &text[errors[0].span.start..]);
}

#[test]
fn a_contradiction_in_a_schema_is_found_at_its_place() {
    for (name, schema, rule, at) in SCHEMAS {
        check(name, &document(&response(schema), COMPONENTS), rule, at);
    }
}

#[test]
fn an_example_is_checked_through_references() {
    check("A", &document(&response("{$ref: '#/components/schemas/A'}"), DEEP), "example-mismatch", "nine");
}

#[test]
fn a_contradiction_in_an_operation_is_found_at_its_place() {
    for (name, keys, rule, at) in OPERATIONS {
        check(name, &document(&operation(keys), ""), rule, at);
    }
}

#[test]
fn a_contradiction_between_paths_is_found_at_its_place() {
    for (paths, components, rule, at) in PATHS {
        check(rule, &document(paths, components), rule, at);
    }
}

#[test]
fn a_contradiction_of_the_whole_document_is_found_at_its_place() {
    for (keys, rule, at) in ROOTS {
        check(keys, &format!("{}{keys}\n", document(&operation(OK), "")), rule, at);
    }
}

#[test]
fn a_discriminator_chooses_the_schema_of_an_example() {
    let examples = "{right: {value: {kind: small, size: 1}}, wrong: {value: {kind: large, size: 1}}, other: {value: {kind: huge, size: 1}}}";
    let paths = operation(&format!(
        "responses: {{'200': {{description: Ok., content: {{application/json: {{schema: {{$ref: '#/components/schemas/Room'}}, examples: {examples}}}}}}}}}"
    ));
    let components = "{schemas: {Room: {oneOf: [{$ref: '#/components/schemas/Small'}, {$ref: '#/components/schemas/Large'}], discriminator: {propertyName: kind, mapping: {small: '#/components/schemas/Small', large: Large}}}, Small: {type: object, required: [kind, size], properties: {kind: {type: string}, size: {type: integer}}}, Large: {type: object, required: [kind, seats], properties: {kind: {type: string}, seats: {type: integer}}}}}";
    let text = document(&paths, components);
    let errors = findings(&text, false).into_iter().filter(|finding| finding.class == Class::Error);
    let found: Vec<(String, String)> =
        errors.map(|finding| (text[finding.span].to_owned(), finding.label.to_string())).collect();
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(found[0].1, "\"seats\" is a required property");
    assert_eq!(found[1].0, "huge");
}
