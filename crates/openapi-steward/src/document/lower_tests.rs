//! Schemas of OpenAPI 3.1 in the keywords of 3.0.

use super::super::read_yaml;
use super::*;

fn lower(schema: &str) -> serde_json::Value {
    let text = format!("openapi: 3.1.0\ncomponents:\n  schemas:\n    A: {schema}\n    B: {{$anchor: b}}\n");
    let (root, _) = read_yaml(&text).unwrap_or_else(|finding| panic!("{finding:?}"));
    let lowered = lowered(&root);
    lowered.pointer("/components/schemas/A").map(Node::to_json).unwrap_or_default()
}

#[test]
fn a_schema_of_3_1_gets_the_keywords_of_3_0() {
    for (schema, expected) in [
        ("{type: [string, 'null'], maxLength: 3}", r#"{"maxLength": 3, "type": "string", "nullable": true}"#),
        ("{type: [string]}", r#"{"type": "string"}"#),
        ("{type: 'null'}", r#"{"enum": [null], "nullable": true}"#),
        ("{type: [string, integer]}", r#"{"anyOf": [{"type": "string"}, {"type": "integer"}]}"#),
        ("{type: [string, 'null'], enum: [a]}", r#"{"enum": ["a"], "type": "string"}"#),
        ("{const: 1}", r#"{"enum": [1]}"#),
        ("{exclusiveMinimum: 1}", r#"{"minimum": 1, "exclusiveMinimum": true}"#),
        ("{minimum: 2, exclusiveMinimum: 1}", r#"{"minimum": 2}"#),
        ("{$ref: '#b', description: d}", r##"{"description": "d", "allOf": [{"$ref": "#/components/schemas/B"}]}"##),
        ("{$ref: '#/a'}", r##"{"$ref": "#/a"}"##),
        ("{anyOf: [{$ref: '#/a'}, {type: 'null'}]}", r##"{"nullable": true, "allOf": [{"$ref": "#/a"}]}"##),
        ("{properties: {a: true, b: false}}", r#"{"properties": {"a": {}, "b": {"not": {}}}}"#),
        ("{examples: [1, 2]}", r#"{"examples": [1, 2], "example": 1}"#),
        (
            "{type: string, contentEncoding: base64}",
            r#"{"type": "string", "contentEncoding": "base64", "format": "byte"}"#,
        ),
        ("{type: string, nullable: true}", r#"{"type": "string"}"#),
        ("true", "{}"),
    ] {
        let expected: serde_json::Value = serde_json::from_str(expected).unwrap_or_default();
        assert_eq!(lower(schema), expected, "{schema}");
    }
}

#[test]
fn what_looks_like_a_schema_stays() {
    let lowered = lower("{properties: {type: {type: object}, const: {const: {const: 1}}}, default: {const: 1}}");
    let expected = serde_json::json!({
        "properties": { "type": { "type": "object" }, "const": { "enum": [{ "const": 1 }] } },
        "default": { "const": 1 },
    });
    assert_eq!(lowered, expected);
}
