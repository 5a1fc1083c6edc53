//! Documents of OpenAPI 3.1 and 3.2.

use super::valid_documents_engine::findings;
use crate::document::Class;

/// A document of a version with these schemas, and one response for each.
fn document(version: &str, schemas: &str) -> String {
    format!(
        "openapi: {version}\ninfo: {{title: Rooms, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    {}\n",
        schemas.replace('\n', "\n    ")
    )
}

/// The errors in a document, each with its rule and the text that it begins at.
fn errors(text: &str) -> Vec<String> {
    let errors = findings(text, false).into_iter().filter(|finding| finding.class == Class::Error);
    errors
        .map(|finding| format!("{} {}", finding.rule, text[finding.span.start..].lines().next().unwrap_or_default()))
        .collect()
}

#[test]
fn schemas_of_json_schema_are_valid_in_3_1_and_errors_in_3_0() {
    for schema in [
        "A: {type: [string, 'null'], examples: [a, null]}",
        "A: {const: a}",
        "A: {type: number, exclusiveMinimum: 0}",
        "A: {type: array, prefixItems: [{type: string}], items: false}",
        "A: {type: object, patternProperties: {'^x': {type: string}}, unevaluatedProperties: false}",
        "A: {if: {required: [a]}, then: {required: [b]}, else: true}",
        "A: true",
        "A: {allOf: [{$ref: '#/components/schemas/A/$defs/B'}], $defs: {B: {type: string}}}",
        "A: {$ref: '#b', description: B}\nB: {$anchor: b, type: string}",
        "A: {$id: 'https://a.example/a', $ref: '#/$defs/B', $defs: {B: {type: string}}}",
        "A: {$ref: tree.json}\nB: {$id: tree.json, properties: {children: {type: array, items: {$ref: '#'}}}}",
    ] {
        assert_eq!(errors(&document("3.1.0", schema)), Vec::<String>::new(), "{schema}");
        assert_ne!(errors(&document("3.0.3", schema)), Vec::<String>::new(), "{schema}");
    }
}

#[test]
fn mistakes_in_schemas_of_json_schema_are_found_at_their_places() {
    for (schema, expected) in [
        ("A: {type: [string, nul]}", "unknown-value nul]}"),
        ("A: {patternProperties: {'[a': {}}}", "invalid-pattern '[a': {}}}"),
        ("A: {contains: {}, minContains: 3, maxContains: 2}", "empty-range 2}"),
        ("A: {properties: {a: {oneOf: []}}}", "empty-composition []}}}"),
        ("A: {type: [string, 'null'], examples: [a, 7]}", "example-mismatch 7]}"),
        ("A: {const: a, example: b}", "example-mismatch b}"),
        ("A: {type: number, exclusiveMinimum: 0, example: 0}", "example-mismatch 0}"),
        ("A: {prefixItems: [{type: string}], items: {type: integer}, example: [a, b]}", "example-mismatch b]}"),
        ("A: {prefixItems: [{type: string}], items: false, example: [a, b]}", "example-mismatch b]}"),
        ("A: {contains: {type: string}, example: [1, 2]}", "example-mismatch [1, 2]}"),
        ("A: {patternProperties: {'^x': {type: string}}, example: {xa: 1, ya: 1}}", "example-mismatch 1, ya: 1}}"),
        (
            "A: {patternProperties: {'^x': {}}, additionalProperties: false, example: {xa: 1, y: 2}}",
            "example-mismatch 2}}",
        ),
        ("A: {propertyNames: {pattern: '^x'}, example: {y: 1}}", "example-mismatch y: 1}}"),
        ("A: {dependentRequired: {a: [b]}, example: {a: 1}}", "example-mismatch {a: 1}}"),
        (
            "A: {properties: {a: {}, b: {}}, if: {required: [a]}, then: {required: [b]}, example: {a: 1}}",
            "example-mismatch {a: 1}}",
        ),
        ("A: {propertyNames: {maxLength: 1}, example: {y: 1, zz: 2}}", "example-mismatch zz: 2}}"),
        ("A: {propertyNames: false, example: {y: 1}}", "example-mismatch y: 1}}"),
        ("A: {anyOf: [{anyOf: [{type: 'null'}]}], example: 7}", "example-mismatch 7}"),
        ("A: {maxItems: 1.0, example: [1, 2]}", "example-mismatch [1, 2]}"),
        ("A: {maxItems: 1.5}", "wrong-type 1.5}"),
        ("A: {required: [a], example: {b: 1}}", "example-mismatch {b: 1}}"),
        ("A: {properties: {a: {}}, unevaluatedProperties: false, example: {a: 1, b: 2}}", "example-mismatch 2}}"),
        (
            "A: {patternProperties: {'^a': {}}, unevaluatedProperties: false, example: {a: 1, b: 2}}",
            "example-mismatch 2}}",
        ),
        (
            "A: {allOf: [{properties: {a: {}}}], unevaluatedProperties: {type: string}, example: {a: 1, b: 2}}",
            "example-mismatch 2}}",
        ),
        (
            "A: {anyOf: [{required: [a], properties: {a: {}}}, {required: [c], properties: {b: {}}}], \
              unevaluatedProperties: false, example: {a: 1, b: 2}}",
            "example-mismatch 2}}",
        ),
        (
            "A: {if: {required: [a], properties: {a: {}}}, then: true, else: {properties: {b: {}}}, \
              unevaluatedProperties: false, example: {a: 1, b: 2}}",
            "example-mismatch 2}}",
        ),
        (
            "A: {allOf: [{$ref: '#/components/schemas/B'}], properties: {a: {}}, example: {a: 1, b: 2}}\n\
             B: {properties: {b: {}}, unevaluatedProperties: false}",
            "example-mismatch 1, b: 2}}",
        ),
        ("A: {prefixItems: [{}], unevaluatedItems: false, example: [1, 2]}", "example-mismatch 2]}"),
        ("A: {contains: {type: string}, unevaluatedItems: {type: 'null'}, example: [a, 2]}", "example-mismatch 2]}"),
        ("A: {$ref: '#/components/schemas/B', maxLength: 1, example: ab}\nB: {type: string}", "example-mismatch ab}"),
        ("A: {$ref: '#c'}", "dangling-reference '#c'}"),
        ("A: {required: [a, a]}", "duplicate-required a]}"),
        ("A: {type: string, exclusiveMinimum: true}", "wrong-type true}"),
        ("A: {properties: {a: {items: 7}}}", "wrong-type 7}}}"),
    ] {
        assert_eq!(errors(&document("3.1.0", schema)), [expected], "{schema}");
    }
}

#[test]
fn properties_and_items_that_a_part_has_a_schema_for_are_evaluated() {
    for schema in [
        "A: {allOf: [{properties: {a: {}}}], properties: {b: {}}, unevaluatedProperties: false, example: {a: 1, b: 2}}",
        "A: {$ref: '#/components/schemas/B', unevaluatedProperties: false, example: {a: 1}}\nB: {properties: {a: {}}}",
        "A: {oneOf: [{properties: {a: {const: 1}}}, {not: {}}], unevaluatedProperties: false, example: {a: 1}}",
        "A: {allOf: [{additionalProperties: true}], unevaluatedProperties: false, example: {a: 1}}",
        "A: {allOf: [{unevaluatedProperties: true}], unevaluatedProperties: false, example: {a: 1}}",
        "A: {dependentSchemas: {a: {properties: {a: {}, b: {}}}}, unevaluatedProperties: false, example: {a: 1, b: 2}}",
        "A: {allOf: [{prefixItems: [{}]}], contains: {type: string}, unevaluatedItems: false, example: [1, b]}",
        "A: {anyOf: [{items: {}}], unevaluatedItems: false, example: [1, 2]}",
        "A: {propertyNames: {type: string, pattern: '^a'}, example: {ab: 1}}",
        "A: {maxItems: 2.0, example: [1, 2]}",
    ] {
        assert_eq!(errors(&document("3.1.0", schema)), Vec::<String>::new(), "{schema}");
    }
}

#[test]
fn the_objects_of_later_versions_are_known() {
    let webhooks = "info: {title: Rooms, summary: All rooms, version: '1', license: {name: MIT, identifier: MIT}}
webhooks:
  ended: {post: {requestBody: {content: {application/json: {schema: {type: [object, 'null']}}}}}}
components:
  pathItems: {rooms: {get: {operationId: list_rooms, responses: {'200': {description: Rooms.}}}}}
  securitySchemes: {tls: {type: mutualTLS}}
";
    assert_eq!(errors(&format!("openapi: 3.1.0\n{webhooks}")), Vec::<String>::new());
    assert_ne!(errors(&format!("openapi: 3.0.3\n{webhooks}")), Vec::<String>::new());
    let search = "info: {title: Rooms, version: '1'}
tags: [{name: rooms, summary: Rooms, kind: nav}]
paths:
  /rooms:
    query: {responses: {'200': {description: Rooms., content: {application/jsonl: {itemSchema: {type: object}}}}}}
    additionalOperations: {COPY: {responses: {'200': {summary: Copied}}}}
";
    assert_eq!(errors(&format!("openapi: 3.2.0\n{search}")), Vec::<String>::new());
    assert_ne!(errors(&format!("openapi: 3.1.1\n{search}")), Vec::<String>::new());
}

#[test]
fn a_document_of_3_1_needs_content() {
    let errors = errors("openapi: 3.1.0\ninfo: {title: Rooms, version: '1'}\n");
    assert_eq!(errors, ["missing-key openapi: 3.1.0"]);
}
