//! Tests of the validator, with the kinds of schemas in which tools differ.

use super::*;
use crate::document::{parse_json, read_yaml};
use crate::formats::{CustomFormat, Kind};

/// Returns the pointer and the reason of each mismatch of a value, in JSON, with a schema of the document.
fn check(document: &str, schema: &str, value: &str, options: Options) -> Vec<(String, String)> {
    let fail = |finding: crate::document::Diagnostic| -> ! { panic!("{finding:?}") };
    let (root, _) = read_yaml(document).unwrap_or_else(|finding| fail(finding));
    let value = parse_json(value).unwrap_or_else(|finding| fail(finding));
    let references = References::new(&root);
    let [format, rust] = ["seconds", "crate::Seconds"].map(str::to_owned);
    let seconds = CustomFormat { format, kind: Kind::Integer, rust, minimum: Some(0), maximum: None };
    let formats = Formats::new(vec![seconds]);
    let schema = references.component(schema).unwrap_or_else(|| panic!("no schema {schema}"));
    let mismatches = ValueValidator::new(references, &formats).mismatches(schema, &value, options);
    mismatches.into_iter().map(|mismatch| (mismatch.pointer, mismatch.reason)).collect()
}

/// Returns the pointers of the mismatches of a value with a schema that is written alone.
fn pointers(schema: &str, value: &str) -> Vec<String> {
    let document = format!("components: {{ schemas: {{ A: {schema} }} }}");
    check(&document, "A", value, Options::default()).into_iter().map(|(pointer, _)| pointer).collect()
}

const REQUEST: Options = Options { direction: Some(Direction::Request), strict: false };
const RESPONSE: Options = Options { direction: Some(Direction::Response), strict: false };
const STRICT: Options = Options { direction: None, strict: true };

#[test]
fn a_value_is_checked_against_each_keyword() {
    for (schema, valid, invalid) in [
        ("{ type: integer }", "1.0", "1.5"),
        ("{ type: string, maxLength: 2 }", "\"äö\"", "\"abc\""),
        ("{ type: string, minLength: 2 }", "\"ab\"", "\"a\""),
        ("{ type: string, pattern: '^a+$' }", "\"aa\"", "\"ab\""),
        ("{ type: number, minimum: 1 }", "1", "0.5"),
        ("{ type: number, minimum: 1, exclusiveMinimum: true }", "1.1", "1"),
        ("{ type: number, maximum: 1, exclusiveMaximum: false }", "1", "1.1"),
        ("{ type: number, multipleOf: 0.01 }", "19.99", "19.995"),
        ("{ enum: [1, a, { b: [] }] }", "{\"b\": []}", "2"),
        ("{ type: array, items: {}, uniqueItems: true }", "[1, 2]", "[1, 1.0]"),
        ("{ type: array, items: {}, minItems: 1, maxItems: 2 }", "[1]", "[]"),
        ("{ type: object, minProperties: 1 }", "{\"a\": 1}", "{}"),
        ("{ type: object, properties: { a: {} }, additionalProperties: false }", "{\"a\": 1}", "{\"b\": 1}"),
        ("{ type: object, additionalProperties: { type: string } }", "{\"a\": \"b\"}", "{\"a\": 1}"),
        ("{ not: { type: string } }", "1", "\"a\""),
        ("{ type: string, nullable: true, enum: [a] }", "null", "\"b\""),
        ("{ oneOf: [{ type: string }, { type: integer }] }", "1", "true"),
        ("{ oneOf: [{ type: number }, { type: integer }] }", "1.5", "1"),
        ("{ anyOf: [{ type: number }, { type: integer }] }", "1", "\"a\""),
        ("{ type: integer, format: int32 }", "2147483647", "2147483648"),
        ("{ type: integer, format: seconds }", "0", "-1"),
        ("{ type: string, format: date-time }", "\"2026-01-02T03:04:05Z\"", "\"2026\""),
        ("{ type: string, format: anything }", "\"a\"", "1"),
    ] {
        assert_eq!(pointers(schema, valid), Vec::<String>::new(), "{schema} {valid}");
        assert_eq!(pointers(schema, invalid).len(), 1, "{schema} {invalid}");
    }
}

#[test]
fn a_mismatch_names_the_part_of_the_value() {
    let schema = "{ type: object, properties: { a/b: { type: array, items: { type: object, required: [c], properties: { c: { type: string } } } } } }";
    assert_eq!(pointers(schema, r#"{"a/b": [{"c": "x"}, {"c": 1}, {}]}"#), ["/a~1b/1/c", "/a~1b/2"]);
}

const PET: &str = "\
components:
  schemas:
    Pet:
      type: object
      required: [id, name, tag]
      properties:
        id: { type: integer, readOnly: true }
        name: { type: string }
        tag: { allOf: [{ type: string }], writeOnly: true }
";

#[test]
fn a_direction_decides_what_is_required_and_what_is_not_sent() {
    let reasons = |value, options| -> Vec<String> {
        check(PET, "Pet", value, options).into_iter().map(|(_, reason)| reason).collect()
    };
    let (request, response) = (r#"{"name": "a", "tag": "b"}"#, r#"{"id": 1, "name": "a"}"#);
    assert_eq!(reasons(request, REQUEST), Vec::<String>::new());
    assert_eq!(reasons(response, RESPONSE), Vec::<String>::new());
    assert_eq!(
        reasons(response, REQUEST),
        ["\"tag\" is a required property", "`id` is readOnly, and does not belong in a request"]
    );
    assert_eq!(reasons(request, RESPONSE).len(), 2);
    for value in [request, response, r#"{"id": 1, "name": "a", "tag": "b"}"#] {
        assert_eq!(reasons(value, Options::default()), Vec::<String>::new(), "{value}");
    }
    assert_eq!(reasons(r#"{"name": "a"}"#, Options::default()).len(), 1);
}

const BOOKS: &str = "\
components:
  schemas:
    NewBook:
      type: object
      properties: { id: { type: string } }
      anyOf: [{ $ref: '#/components/schemas/Paper' }, { $ref: '#/components/schemas/Digital' }]
    Whole:
      allOf: [{ $ref: '#/components/schemas/Base' }, { type: object, properties: { pages: { type: integer } } }]
    Base: { type: object, properties: { title: { type: string } } }
    Paper: { type: object, required: [weight], properties: { weight: { type: number } } }
    Digital: { type: object, required: [bytes], properties: { bytes: { type: integer } } }
    Free: { type: object }
    Map: { allOf: [{ $ref: '#/components/schemas/Base' }, { additionalProperties: { type: integer } }] }
";

#[test]
fn a_strict_check_looks_at_a_composition_as_a_whole() {
    let unknown = |schema, value| -> Vec<String> {
        check(BOOKS, schema, value, STRICT).into_iter().map(|(pointer, _)| pointer).collect()
    };
    assert_eq!(unknown("NewBook", r#"{"id": "a", "weight": 1.5, "bytes": 3, "more": 1}"#), ["/more"]);
    assert_eq!(unknown("NewBook", r#"{"weight": 1.5, "bytes": "x"}"#), ["/bytes"]);
    assert_eq!(unknown("Whole", r#"{"title": "a", "pages": 1, "code": 3}"#), ["/code"]);
    assert_eq!(unknown("Whole", r#"{"title": "a", "pages": 1}"#), Vec::<String>::new());
    assert_eq!(unknown("Free", r#"{"a": 1}"#), Vec::<String>::new());
    assert_eq!(unknown("Map", r#"{"title": 1, "a": 1}"#), ["/title"]);
}

const KINDS: &str = "\
components:
  schemas:
    Book:
      oneOf: [{ $ref: '#/components/schemas/Paper' }, { $ref: '#/components/schemas/Digital' }]
      discriminator: { propertyName: kind, mapping: { paper: '#/components/schemas/Paper', digital: Digital } }
    Paper: { type: object, required: [kind, weight], properties: { kind: { type: string }, weight: { type: number } } }
    Digital: { type: object, required: [kind, bytes], properties: { kind: { type: string }, bytes: { type: integer } } }
    Pet:
      type: object
      required: [kind]
      properties: { kind: { type: string } }
      discriminator: { propertyName: kind }
    Cat: { allOf: [{ $ref: '#/components/schemas/Pet' }, { type: object, required: [lives] }] }
";

#[test]
fn a_discriminator_chooses_the_schema() {
    let mismatch = |schema, value| check(KINDS, schema, value, Options::default());
    assert_eq!(mismatch("Book", r#"{"kind": "paper", "weight": 2}"#), []);
    assert_eq!(mismatch("Book", r#"{"kind": "Digital", "bytes": 2}"#), []);
    let wrong = mismatch("Book", r#"{"kind": "digital", "weight": 2}"#);
    assert_eq!(wrong, [(String::new(), "\"bytes\" is a required property".to_owned())]);
    let unknown = mismatch("Book", r#"{"kind": "audio", "weight": 2}"#);
    assert_eq!(unknown.len(), 1);
    assert!(unknown[0].0 == "/kind" && unknown[0].1.contains("`digital`"), "{unknown:?}");
    assert_eq!(mismatch("Pet", r#"{"kind": "Cat", "lives": 9}"#), []);
    assert_eq!(mismatch("Pet", r#"{"kind": "Cat"}"#).len(), 1);
    assert_eq!(mismatch("Cat", r#"{"kind": "Cat", "lives": 9}"#), []);
}

#[test]
fn schemas_that_refer_to_themselves_end() {
    let document = "\
components:
  schemas:
    A: { oneOf: [{ type: string }, { type: array, items: { $ref: '#/components/schemas/A' } }] }
    B: { allOf: [{ $ref: '#/components/schemas/B' }], type: object }
    C: { $ref: '#/components/schemas/D' }
    D: { $ref: '#/components/schemas/C' }
    E: { oneOf: [{ $ref: '#/components/schemas/F' }, { $ref: '#/components/schemas/G' }] }
    F: { type: object, properties: { x: { $ref: '#/components/schemas/E' }, f: { type: string } } }
    G: { type: object, required: [g], properties: { x: { $ref: '#/components/schemas/E' }, g: { type: string } } }
";
    let pointers = |schema, value: &str| -> Vec<String> {
        check(document, schema, value, STRICT).into_iter().map(|(pointer, _)| pointer).collect()
    };
    assert_eq!(pointers("A", r#"["a", ["b", [1]]]"#).len(), 1);
    assert_eq!(pointers("B", "{}"), Vec::<String>::new());
    assert_eq!(pointers("C", "1"), Vec::<String>::new());
    let deep = format!("{}{{\"f\": \"a\"}}{}", r#"{"x": "#.repeat(100), "}".repeat(100));
    assert_eq!(pointers("E", &deep), Vec::<String>::new());
}

#[test]
fn a_long_chain_of_parts_ends() {
    let part = |index| format!("    A{index}: {{ allOf: [{{ $ref: '#/components/schemas/A{}' }}] }}\n", index + 1);
    let parts: Vec<String> = (0..2000).map(part).collect();
    let parts = parts.concat();
    let document = format!("components:\n  schemas:\n{parts}    A2000: {{ type: string }}\n");
    let found = check(&document, "A0", "1", Options::default());
    assert_eq!(found, [(String::new(), "this value takes too many steps to check".to_owned())]);
}

#[test]
fn the_validator_agrees_with_the_converted_schema() {
    let schemas = [
        "{ type: string, nullable: true, maxLength: 3 }",
        "{ type: integer, minimum: 1, exclusiveMinimum: true, maximum: 5 }",
        "{ type: array, items: { type: integer, nullable: true }, uniqueItems: true }",
        "{ type: object, required: [a], properties: { a: { type: string }, b: { type: object, additionalProperties: false } } }",
        "{ anyOf: [{ type: string }, { type: object, required: [a] }], nullable: true }",
        "{ oneOf: [{ type: integer }, { enum: [1, x] }] }",
        "{ allOf: [{ type: object }, { required: [a] }], not: { required: [b] } }",
    ];
    let values = [
        "null",
        "1",
        "1.0",
        "2.5",
        "\"x\"",
        "\"long\"",
        "[]",
        "[1, null]",
        "[1, 1]",
        "{}",
        r#"{"a": "x"}"#,
        r#"{"a": 1}"#,
        r#"{"a": "x", "b": {}}"#,
        r#"{"a": "x", "b": {"c": 1}}"#,
    ];
    for schema in schemas {
        let (root, _) = read_yaml(schema).unwrap_or_else(|finding| panic!("{finding:?}"));
        let converted = crate::schema::convert::convert(&root.to_json());
        let validator = jsonschema::draft202012::new(&converted).unwrap_or_else(|error| panic!("{error}"));
        for value in values {
            let json = serde_json::from_str(value).unwrap_or_default();
            assert_eq!(pointers(schema, value).is_empty(), validator.is_valid(&json), "{schema} {value}");
        }
    }
}
