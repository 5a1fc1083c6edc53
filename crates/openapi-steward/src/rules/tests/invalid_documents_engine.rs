//! Documents with two mistakes, of which none hides the other, and with one mistake in many places.

use super::valid_documents_engine::{document, findings};
use crate::document::Class;

/// The rule and the class of the findings that are not advice, in the order of the document.
fn rules(text: &str, for_generator: bool) -> Vec<(&'static str, Class)> {
    let findings = findings(text, for_generator).into_iter().filter(|finding| finding.class != Class::Advice);
    let mut rules: Vec<_> = findings.map(|finding| (finding.rule, finding.class)).collect();
    rules.dedup();
    rules
}

#[test]
fn a_missing_operation_id_hides_no_mistake_in_the_operation() {
    let text = document(
        "  /rooms:
    get:
      parameters: [{name: q, in: query, schema: {type: string}, content: {text/plain: {schema: {type: string}}}}]
      responses: {'200': {description: Rooms.}}
",
        "",
    );
    let both = ("parameter-schema", Class::Error);
    assert_eq!(rules(&text, false), [both]);
    assert_eq!(rules(&text, true), [both]);
    assert!(findings(&text, true).iter().any(|finding| finding.rule == "missing-operation-id"));
}

#[test]
fn a_missing_path_parameter_is_found_in_an_operation_without_responses() {
    let text = document("  /rooms/{Sid}: {get: {operationId: fetch_room}}\n", "");
    assert_eq!(rules(&text, false), [("missing-key", Class::Error), ("path-parameter", Class::Error)]);
}

#[test]
fn a_mistake_in_many_places_is_one_finding() {
    let operation = |index: usize| {
        format!(
            "  /rooms{index}: {{get: {{operationId: list_rooms{index}, responses: {{'200': {{description: Rooms.}}}}}}}}\n"
        )
    };
    let paths: String = (0..50).map(operation).collect();
    let found = findings(&document(&paths, ""), false);
    let places: Vec<(&str, usize)> = found.iter().map(|finding| (finding.rule, finding.places().len())).collect();
    assert_eq!(
        places,
        [
            ("description", 49),
            ("description", 49),
            ("error-responses", 49),
            ("error-responses", 49),
            ("success-response", 49),
        ]
    );
}

#[test]
fn a_document_of_another_format_has_one_finding() {
    for (text, expected) in [
        ("swagger: '2.0'\ninfo: {}\ndefinitions: {}\n", "this is a Swagger 2.0 document"),
        ("asyncapi: 2.6.0\nchannels: {}\n", "this is an AsyncAPI 2.6.0 document"),
        ("openapi: 3.3.0\ninfo: {}\nwebhooks: {}\n", "this is an OpenAPI 3.3 document"),
        ("openapi: 4.0\ninfo: {}\n", "this is an OpenAPI 4.0 document"),
    ] {
        let messages: Vec<String> = findings(text, false).into_iter().map(|finding| finding.message).collect();
        assert_eq!(messages, [expected]);
    }
}

#[test]
fn a_finding_hides_nothing_that_only_the_meta_schema_knows() {
    for (schema, expected) in [
        ("{type: object, required: [], unknown: 1}", &["meta-schema", "unknown-key"][..]),
        ("{type: object, required: [], properties: {a: {type: sting}}}", &["meta-schema", "unknown-value"]),
        ("{type: object, required: [a, a], properties: {a: {type: string}}}", &["duplicate-required"]),
    ] {
        let text = document(
            "  /a: {get: {responses: {'200': {description: Ok.}}}}\n",
            &format!("{{schemas: {{A: {schema}}}}}"),
        );
        let found: Vec<&str> = rules(&text, false).into_iter().map(|(rule, _)| rule).collect();
        assert_eq!(found, expected, "{schema}");
    }
}
