//! Steps from one version of OpenAPI to another that mean the same.

use super::schemas::kinds;
use super::*;
use crate::document::lowered;

/// Returns the changes from a schema in a document of 3.0 to one in a document of 3.1, and back, in a request and in a response.
fn changes_between(old: &str, new: &str) -> Result<Vec<String>, CouldNotRun> {
    let document = |version: &str, schema: &str| {
        let text = format!(
            "openapi: {version}\ninfo: {{ title: T, version: '1' }}\npaths:\n  /a:\n    post:\n      requestBody: {{ content: {{ application/json: {{ schema: {schema} }} }} }}\n      \
             responses: {{ '200': {{ description: d, content: {{ application/json: {{ schema: {schema} }} }} }} }}\n\
             components:\n  schemas:\n    A: {{ type: object, properties: {{ a: {{ type: string }} }} }}\n    Unused: {schema}\n"
        );
        parse(&text).map(|root| lowered(&root))
    };
    let (old, new) = (document("3.0.3", old)?, document("3.1.0", new)?);
    let both = [wire_changes(&old, &new), wire_changes(&new, &old)].concat();
    let both = both.into_iter().filter(|change| change.item != "openapi");
    Ok(both.map(|change| format!("{} {} {}", change.severity, change.item, change.predicate)).collect())
}

#[test]
fn a_schema_in_the_keywords_of_another_version_is_the_same() -> Result<(), CouldNotRun> {
    let mut wrong = Vec::new();
    for (old, new) in [
        ("{ type: string, nullable: true }", "{ type: [string, 'null'] }"),
        ("{ type: string, nullable: true }", "{ anyOf: [{ type: string }, { type: 'null' }] }"),
        (
            "{ nullable: true, allOf: [{ $ref: '#/components/schemas/A' }] }",
            "{ oneOf: [{ $ref: '#/components/schemas/A' }, { type: 'null' }] }",
        ),
        ("{ nullable: true, oneOf: [{ type: string }, { type: integer }] }", "{ type: [string, integer, 'null'] }"),
        ("{ type: string, nullable: true, enum: [a, b, null] }", "{ type: [string, 'null'], enum: [a, b, null] }"),
        ("{ type: string, nullable: true, enum: [a, b] }", "{ type: [string, 'null'], enum: [a, b] }"),
        ("{ type: string, enum: [a] }", "{ type: string, const: a }"),
        ("{ type: number, minimum: 1, exclusiveMinimum: true }", "{ type: number, exclusiveMinimum: 1 }"),
        ("{ type: number, maximum: 1, exclusiveMaximum: true }", "{ type: number, exclusiveMaximum: 1 }"),
        ("{ type: number, maximum: 1, exclusiveMaximum: false }", "{ type: number, maximum: 1 }"),
        ("{ type: string, example: a }", "{ type: string, examples: [a] }"),
        ("{ type: string, format: byte }", "{ type: string, contentEncoding: base64 }"),
        ("{ type: string, format: binary }", "{ type: string, contentMediaType: application/octet-stream }"),
        ("{ type: string, format: binary }", "{ contentMediaType: image/png }"),
        (
            "{ allOf: [{ $ref: '#/components/schemas/A' }], description: d }",
            "{ $ref: '#/components/schemas/A', description: d }",
        ),
        (
            "{ allOf: [{ $ref: '#/components/schemas/A' }], maxProperties: 3 }",
            "{ $ref: '#/components/schemas/A', maxProperties: 3 }",
        ),
        ("{}", "true"),
        ("{ not: {} }", "false"),
        ("{ type: array, items: {} }", "{ type: array, items: true }"),
        ("{ type: object, properties: { a: { nullable: true } } }", "{ type: object, properties: { a: {} } }"),
    ] {
        let changes = changes_between(old, new)?;
        if !changes.is_empty() {
            wrong.push(format!("{old} => {new}: {}", changes.join("; ")));
        }
    }
    assert_eq!(wrong, [""; 0]);
    Ok(())
}

#[test]
fn bytes_need_no_schema() -> Result<(), CouldNotRun> {
    let document = |version: &str, media: &str, content: &str| {
        let text = format!(
            "openapi: {version}\npaths:\n  /a:\n    get:\n      responses: {{ '200': {{ description: d, content: {{ {media}: {content} }} }} }}\n"
        );
        parse(&text).map(|root| lowered(&root))
    };
    let schema = "{ schema: { type: string, format: binary } }";
    for (media, number) in [("image/png", 0), ("application/octet-stream", 0), ("application/json", 2)] {
        for content in ["{}", "{ schema: {} }"] {
            let (old, new) = (document("3.0.3", media, schema)?, document("3.1.0", media, content)?);
            let changes = wire_changes(&old, &new);
            assert_eq!(changes.iter().filter(|change| change.item != "openapi").count(), number, "{media} {content}");
        }
    }
    Ok(())
}

#[test]
fn the_parts_that_only_3_2_has_are_compared() -> Result<(), CouldNotRun> {
    let document = |operation: &str, rest: &str| {
        format!("openapi: 3.2.0\ninfo: {{ title: T, version: '1' }}\npaths:\n  /a: {{ {operation} }}\n{rest}")
    };
    let body = |limit: u8| {
        format!(
            "{{ requestBody: {{ content: {{ application/json: {{ schema: {{ type: string, maxLength: {limit} }} }} }} }} }}"
        )
    };
    for method in ["query: BODY", "additionalOperations: { COPY: BODY }"] {
        let operation = |limit| document(&method.replace("BODY", &body(limit)), "");
        assert_eq!(kinds(&operation(9), &operation(3))?, "breaking max-length-lowered", "{method}");
        assert_eq!(kinds(&operation(3), &operation(9))?, "additive max-length-raised", "{method}");
        let none = document("get: { responses: { '200': { description: d } } }", "");
        assert!(kinds(&operation(3), &none)?.starts_with("breaking operation-removed"), "{method}");
    }
    let response = |content: &str, rest: &str| {
        document(&format!("get: {{ responses: {{ '200': {{ description: d, content: {{ {content} }} }} }} }}"), rest)
    };
    let stream = |limit: u8| {
        response(&format!("application/jsonl: {{ itemSchema: {{ type: string, maxLength: {limit} }} }}"), "")
    };
    assert_eq!(kinds(&stream(9), &stream(3))?, "additive max-length-lowered");
    assert_eq!(kinds(&stream(3), &stream(9))?, "breaking max-length-raised");
    let inline = response("application/json: { schema: { type: string } }", "");
    let component = response(
        "application/json: { $ref: '#/components/mediaTypes/M' }",
        "components: { mediaTypes: { M: { schema: { type: string } } } }\n",
    );
    assert_eq!(kinds(&inline, &component)?, "");
    assert_eq!(kinds(&component, &inline)?, "");
    Ok(())
}
