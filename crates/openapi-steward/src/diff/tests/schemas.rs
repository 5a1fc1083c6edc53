//! Each kind of change of a schema, judged in a request and in a response.

use super::*;

/// A change of a schema: its name, the old schema, the new one, and the changes in a request and in a response.
type Case = (&'static str, &'static str, &'static str, &'static str, &'static str);

const NONE: &str = "";

const LIMITS: [Case; 27] = [
    (
        "a smaller maximum",
        "{ type: integer, maximum: 9 }",
        "{ type: integer, maximum: 8 }",
        "breaking maximum-lowered",
        "additive maximum-lowered",
    ),
    (
        "a larger minimum",
        "{ type: number, minimum: 1 }",
        "{ type: number, minimum: 2 }",
        "breaking minimum-raised",
        "additive minimum-raised",
    ),
    (
        "no minimum",
        "{ type: number, minimum: 1 }",
        "{ type: number }",
        "additive minimum-lowered",
        "breaking minimum-lowered",
    ),
    (
        "an exclusive maximum",
        "{ type: number, maximum: 9 }",
        "{ type: number, maximum: 9, exclusiveMaximum: true }",
        "breaking maximum-lowered",
        "additive maximum-lowered",
    ),
    (
        "a minimum that is no longer exclusive",
        "{ type: number, minimum: 9, exclusiveMinimum: true }",
        "{ type: number, minimum: 9 }",
        "additive minimum-lowered",
        "breaking minimum-lowered",
    ),
    (
        "an exclusive limit of an integer in other words",
        "{ type: integer, maximum: 10, exclusiveMaximum: true }",
        "{ type: integer, maximum: 9 }",
        NONE,
        NONE,
    ),
    (
        "an exclusive limit that is stated off",
        "{ type: number, maximum: 9 }",
        "{ type: number, maximum: 9, exclusiveMaximum: false }",
        NONE,
        NONE,
    ),
    (
        "an exclusive limit as a number",
        "{ type: number, maximum: 9, exclusiveMaximum: true }",
        "{ type: number, exclusiveMaximum: 9 }",
        NONE,
        NONE,
    ),
    ("a length of at least 0", "{ type: string }", "{ type: string, minLength: 0 }", NONE, NONE),
    (
        "a list of at least 0",
        "{ type: array, items: { type: string } }",
        "{ type: array, minItems: 0, uniqueItems: false, items: { type: string } }",
        NONE,
        NONE,
    ),
    ("an object of at least 0", "{ type: object }", "{ type: object, minProperties: 0 }", NONE, NONE),
    (
        "a minimum of 0",
        "{ type: integer }",
        "{ type: integer, minimum: 0 }",
        "breaking minimum-raised",
        "additive minimum-raised",
    ),
    (
        "a shorter list",
        "{ type: array, items: {} }",
        "{ type: array, items: {}, maxItems: 3 }",
        "breaking max-items-lowered",
        "additive max-items-lowered",
    ),
    (
        "different items",
        "{ type: array, items: {} }",
        "{ type: array, items: {}, uniqueItems: true }",
        "breaking unique-items-added",
        "additive unique-items-added",
    ),
    (
        "equal items",
        "{ type: array, items: {}, uniqueItems: true }",
        "{ type: array, items: {} }",
        "additive unique-items-removed",
        "breaking unique-items-removed",
    ),
    (
        "multiples",
        "{ type: integer }",
        "{ type: integer, multipleOf: 5 }",
        "breaking multiple-of-narrowed",
        "additive multiple-of-narrowed",
    ),
    ("multiples of 1", "{ type: integer }", "{ type: integer, multipleOf: 1 }", NONE, NONE),
    (
        "multiples of a multiple",
        "{ type: integer, multipleOf: 5 }",
        "{ type: integer, multipleOf: 10 }",
        "breaking multiple-of-narrowed",
        "additive multiple-of-narrowed",
    ),
    (
        "multiples of a divisor",
        "{ type: number, multipleOf: 0.5 }",
        "{ type: number, multipleOf: 0.1 }",
        "additive multiple-of-widened",
        "breaking multiple-of-widened",
    ),
    (
        "other multiples",
        "{ type: integer, multipleOf: 5 }",
        "{ type: integer, multipleOf: 7 }",
        "breaking multiple-of-changed",
        "breaking multiple-of-changed",
    ),
    (
        "a pattern",
        "{ type: string }",
        "{ type: string, pattern: '^a' }",
        "breaking pattern-added",
        "additive pattern-added",
    ),
    (
        "no pattern",
        "{ type: string, pattern: '^a' }",
        "{ type: string }",
        "additive pattern-removed",
        "breaking pattern-removed",
    ),
    ("a pattern that everything matches", "{ type: string }", "{ type: string, pattern: '.*' }", NONE, NONE),
    (
        "another pattern",
        "{ type: string, pattern: '^a' }",
        "{ type: string, pattern: '^b' }",
        "breaking pattern-changed",
        "breaking pattern-changed",
    ),
    (
        "values that are excluded",
        "{ type: string }",
        "{ type: string, not: { enum: [a] } }",
        "breaking not-narrowed",
        "additive not-narrowed",
    ),
    (
        "more values that are excluded",
        "{ not: { type: string, maxLength: 3 } }",
        "{ not: { type: string, maxLength: 5 } }",
        "breaking not-narrowed",
        "additive not-narrowed",
    ),
    (
        "a keyword of another version",
        "{ type: array, items: {} }",
        "{ type: array, items: {}, contains: { type: string } }",
        "breaking keyword-added",
        "additive keyword-added",
    ),
];

const KINDS: [Case; 24] = [
    (
        "an integer that is a number",
        "{ type: integer }",
        "{ type: number }",
        "additive type-widened",
        "breaking type-widened",
    ),
    (
        "a number that is an integer",
        "{ type: number }",
        "{ type: integer }",
        "breaking type-narrowed",
        "additive type-narrowed",
    ),
    (
        "any value",
        "{ type: string }",
        "{ description: any }",
        "additive type-widened; documentation documentation-changed",
        "breaking type-widened; documentation documentation-changed",
    ),
    ("another type", "{ type: string }", "{ type: boolean }", "breaking type-changed", "breaking type-changed"),
    (
        "the type that properties imply",
        "{ properties: { a: { type: string } } }",
        "{ type: object, properties: { a: { type: string } } }",
        "additive type-narrowed",
        "additive type-narrowed",
    ),
    (
        "more types",
        "{ type: [string] }",
        "{ type: [string, integer] }",
        "additive type-widened",
        "breaking type-widened",
    ),
    ("a list of one type", "{ type: [string] }", "{ type: string }", NONE, NONE),
    (
        "null",
        "{ type: string }",
        "{ type: string, nullable: true }",
        "additive nullable-added",
        "breaking nullable-added",
    ),
    (
        "never null",
        "{ type: string, nullable: true }",
        "{ type: string, nullable: false }",
        "breaking nullable-removed",
        "additive nullable-removed",
    ),
    (
        "null in the words of another version",
        "{ type: string, nullable: true }",
        "{ type: [string, 'null'] }",
        NONE,
        NONE,
    ),
    (
        "null as an alternative",
        "{ type: string, nullable: true }",
        "{ anyOf: [{ type: string }, { type: 'null' }] }",
        NONE,
        NONE,
    ),
    (
        "a known format",
        "{ type: string }",
        "{ type: string, format: uuid }",
        "breaking format-added",
        "additive format-added",
    ),
    (
        "a known format less",
        "{ type: string, format: date }",
        "{ type: string }",
        "additive format-removed",
        "breaking format-removed",
    ),
    (
        "another format",
        "{ type: string, format: date }",
        "{ type: string, format: uuid }",
        "breaking format-changed",
        "breaking format-changed",
    ),
    (
        "a wider format",
        "{ type: integer, format: int32 }",
        "{ type: integer, format: int64 }",
        "additive format-changed",
        "breaking format-changed",
    ),
    (
        "an unknown format",
        "{ type: string }",
        "{ type: string, format: nickname }",
        "notice unknown-format-changed",
        "notice unknown-format-changed",
    ),
    (
        "another unknown format",
        "{ type: string, format: a }",
        "{ type: string, format: b }",
        "notice unknown-format-changed",
        "notice unknown-format-changed",
    ),
    (
        "fewer values",
        "{ type: string, enum: [a, b, c] }",
        "{ type: string, enum: [a] }",
        "breaking enum-values-removed",
        "additive enum-values-removed",
    ),
    (
        "more values",
        "{ type: string, enum: [a] }",
        "{ type: string, enum: [a, b, c] }",
        "additive enum-values-added",
        "additive enum-values-added",
    ),
    (
        "a list of values",
        "{ type: string }",
        "{ type: string, enum: [a] }",
        "breaking enum-added",
        "additive enum-added",
    ),
    (
        "no list of values",
        "{ type: string, enum: [a] }",
        "{ type: string }",
        "additive enum-removed",
        "breaking enum-removed",
    ),
    ("a constant", "{ type: string, enum: [a] }", "{ type: string, const: a }", NONE, NONE),
    (
        "another default",
        "{ type: string, default: a }",
        "{ type: string, default: b }",
        "notice default-changed",
        "notice default-changed",
    ),
    (
        "what is said already",
        "{ type: string }",
        "{ type: string, nullable: false, readOnly: false, writeOnly: false, deprecated: false }",
        NONE,
        NONE,
    ),
];

const PROPERTIES: [Case; 19] = [
    (
        "a property that is required",
        "{ type: object, properties: { a: {} } }",
        "{ type: object, required: [a], properties: { a: {} } }",
        "breaking property-now-required",
        "additive property-now-required",
    ),
    (
        "a property that can be missing",
        "{ type: object, required: [a], properties: { a: {} } }",
        "{ type: object, properties: { a: {} } }",
        "additive property-now-optional",
        "breaking property-now-optional",
    ),
    (
        "a name that is required without a schema",
        "{ type: object }",
        "{ type: object, required: [a] }",
        "breaking property-now-required",
        "additive property-now-required",
    ),
    (
        "a property that was removed",
        "{ type: object, properties: { a: {}, b: {} } }",
        "{ type: object, properties: { a: {} } }",
        "breaking property-removed",
        "breaking property-removed",
    ),
    (
        "a new property",
        "{ type: object, properties: { a: {} } }",
        "{ type: object, properties: { a: {}, b: {} } }",
        "additive property-added",
        "additive property-added",
    ),
    (
        "a new required property",
        "{ type: object, properties: { a: {} } }",
        "{ type: object, required: [b], properties: { a: {}, b: {} } }",
        "breaking required-property-added",
        "additive property-added",
    ),
    (
        "a property of responses that is required",
        "{ type: object, properties: { a: { type: string, readOnly: true } } }",
        "{ type: object, required: [a], properties: { a: { type: string, readOnly: true } } }",
        NONE,
        "additive property-now-required",
    ),
    (
        "a tighter property of responses",
        "{ type: object, properties: { a: { type: string, readOnly: true } } }",
        "{ type: object, properties: { a: { type: string, readOnly: true, maxLength: 4 } } }",
        NONE,
        "additive max-length-lowered",
    ),
    (
        "a looser property of requests",
        "{ type: object, properties: { a: { type: string, writeOnly: true, maxLength: 4 } } }",
        "{ type: object, properties: { a: { type: string, writeOnly: true } } }",
        "additive max-length-raised",
        NONE,
    ),
    (
        "a property that only requests have",
        "{ type: object, properties: { a: {} } }",
        "{ type: object, properties: { a: { writeOnly: true } } }",
        "documentation property-now-write-only",
        "breaking property-now-write-only",
    ),
    (
        "a property that only responses have",
        "{ type: object, properties: { a: {} } }",
        "{ type: object, properties: { a: { readOnly: true } } }",
        "breaking property-now-read-only",
        "documentation property-now-read-only",
    ),
    (
        "a property that all have",
        "{ type: object, properties: { a: { readOnly: true } } }",
        "{ type: object, properties: { a: {} } }",
        "additive property-no-longer-read-only",
        "documentation property-no-longer-read-only",
    ),
    (
        "only listed properties",
        "{ type: object }",
        "{ type: object, additionalProperties: false }",
        "breaking additional-properties-forbidden",
        "additive additional-properties-forbidden",
    ),
    (
        "any properties",
        "{ type: object, additionalProperties: false }",
        "{ type: object }",
        "additive additional-properties-allowed",
        "additive additional-properties-allowed",
    ),
    (
        "a schema for all properties that allows all",
        "{ type: object }",
        "{ type: object, additionalProperties: {} }",
        NONE,
        NONE,
    ),
    (
        "a schema for all properties",
        "{ type: object }",
        "{ type: object, additionalProperties: { type: string } }",
        "breaking additional-properties-limited",
        "additive additional-properties-limited",
    ),
    (
        "a tighter schema for all properties",
        "{ type: object, additionalProperties: { type: string } }",
        "{ type: object, additionalProperties: { type: string, maxLength: 4 } }",
        "breaking max-length-lowered",
        "additive max-length-lowered",
    ),
    (
        "a limit of a property that is called like a keyword",
        "{ type: object, properties: { title: { type: string } } }",
        "{ type: object, properties: { title: { type: string, maxLength: 4 } } }",
        "breaking max-length-lowered",
        "additive max-length-lowered",
    ),
    (
        "an object that is a string",
        "{ type: object, properties: { a: {} } }",
        "{ type: string }",
        "breaking type-changed",
        "breaking type-changed",
    ),
];

const COMPOSITIONS: [Case; 27] = [
    (
        "a tighter part",
        "{ allOf: [{ $ref: '#/components/schemas/A' }, { type: object, properties: { n: { type: string } } }] }",
        "{ allOf: [{ $ref: '#/components/schemas/A' }, { type: object, properties: { n: { type: string, maxLength: 1 } } }] }",
        "breaking max-length-lowered",
        "additive max-length-lowered",
    ),
    (
        "parts that are one schema",
        "{ allOf: [{ type: object, properties: { a: {} } }, { type: object, properties: { b: {} } }] }",
        "{ type: object, properties: { a: {}, b: {} } }",
        NONE,
        NONE,
    ),
    (
        "parts in another order",
        "{ allOf: [{ type: object, properties: { a: {} } }, { properties: { b: {} } }] }",
        "{ allOf: [{ properties: { b: {} } }, { type: object, properties: { a: {} } }] }",
        NONE,
        NONE,
    ),
    (
        "a name that another part requires",
        "{ allOf: [{ $ref: '#/components/schemas/A' }, { type: object }] }",
        "{ allOf: [{ $ref: '#/components/schemas/A' }, { type: object, required: [a] }] }",
        "breaking property-now-required",
        "additive property-now-required",
    ),
    (
        "one more part",
        "{ $ref: '#/components/schemas/A' }",
        "{ allOf: [{ $ref: '#/components/schemas/A' }, { maxProperties: 3 }] }",
        "breaking max-properties-lowered",
        "additive max-properties-lowered",
    ),
    (
        "an allOf of one reference",
        "{ $ref: '#/components/schemas/A' }",
        "{ allOf: [{ $ref: '#/components/schemas/A' }] }",
        NONE,
        NONE,
    ),
    (
        "a reference that is written out",
        "{ $ref: '#/components/schemas/A' }",
        "{ type: object, properties: { a: { type: string } } }",
        NONE,
        NONE,
    ),
    ("an anyOf of one schema", "{ anyOf: [{ type: string }] }", "{ type: string }", NONE, NONE),
    (
        "an alternative in an allOf",
        "{ oneOf: [{ allOf: [{ type: string }] }, { type: integer }] }",
        "{ oneOf: [{ type: string }, { type: integer }] }",
        NONE,
        NONE,
    ),
    (
        "alternatives in another order",
        "{ oneOf: [{ type: string }, { type: integer }] }",
        "{ oneOf: [{ type: integer }, { type: string }] }",
        NONE,
        NONE,
    ),
    (
        "one more alternative",
        "{ oneOf: [{ type: string }, { type: integer }] }",
        "{ oneOf: [{ type: string }, { type: integer }, { type: boolean }] }",
        "additive alternatives-added",
        "breaking alternatives-added",
    ),
    (
        "one alternative less",
        "{ oneOf: [{ type: string }, { type: integer }, { type: boolean }] }",
        "{ oneOf: [{ type: string }, { type: integer }] }",
        "breaking alternatives-removed",
        "additive alternatives-removed",
    ),
    (
        "an alternative that another one contains",
        "{ anyOf: [{ type: number }, { type: string }] }",
        "{ anyOf: [{ type: number }, { type: string }, { type: integer, maximum: 4 }] }",
        "documentation alternatives-added",
        "documentation alternatives-added",
    ),
    (
        "a tighter alternative beside a new one",
        "{ type: string, anyOf: [{ maxLength: 9 }, { pattern: ^a }] }",
        "{ type: string, anyOf: [{ maxLength: 3 }, { pattern: ^a }, { pattern: ^b }] }",
        "breaking max-length-lowered; additive alternatives-added",
        "breaking alternatives-added; additive max-length-lowered",
    ),
    (
        "an alternative of another type",
        "{ oneOf: [{ title: T, type: object, properties: { t: { type: string } } }, { type: string }] }",
        "{ oneOf: [{ title: T, type: object, properties: { t: { type: boolean } } }, { type: string }] }",
        "breaking type-changed",
        "breaking type-changed",
    ),
    (
        "a schema that is one of two",
        "{ type: string, maxLength: 4 }",
        "{ oneOf: [{ type: string, maxLength: 4 }, { type: integer }] }",
        "additive alternatives-added",
        "breaking alternatives-added",
    ),
    (
        "one of two that is the schema",
        "{ oneOf: [{ type: string }, { type: integer }] }",
        "{ type: string }",
        "breaking alternatives-removed",
        "additive alternatives-removed",
    ),
    (
        "alternatives that are all of a schema",
        "{ type: string }",
        "{ anyOf: [{ type: string }, { type: string, maxLength: 4 }] }",
        NONE,
        NONE,
    ),
    (
        "a choice of required names",
        "{ type: object, properties: { a: {}, b: {} } }",
        "{ type: object, properties: { a: {}, b: {} }, anyOf: [{ required: [a] }, { required: [b] }] }",
        "breaking alternatives-added",
        "additive alternatives-added",
    ),
    (
        "a oneOf that is an anyOf",
        "{ oneOf: [{ type: string }, { type: integer }] }",
        "{ anyOf: [{ type: string }, { type: integer }] }",
        "notice alternatives-changed",
        "notice alternatives-changed",
    ),
    (
        "a discriminator",
        "{ oneOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }] }",
        "{ oneOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }], discriminator: { propertyName: a } }",
        "notice discriminator-added",
        "notice discriminator-added",
    ),
    (
        "a discriminator of another property",
        "{ oneOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }], discriminator: { propertyName: a } }",
        "{ oneOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }], discriminator: { propertyName: b } }",
        "breaking discriminator-property-changed",
        "breaking discriminator-property-changed",
    ),
    (
        "a mapping that says what the names say",
        "{ oneOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }], discriminator: { propertyName: a } }",
        "{ oneOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }], discriminator: { propertyName: a, mapping: { A: '#/components/schemas/A', B: B } } }",
        NONE,
        NONE,
    ),
    (
        "a value of a mapping that was removed",
        "{ oneOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }], discriminator: { propertyName: a, mapping: { x: A, y: A, z: B } } }",
        "{ oneOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }], discriminator: { propertyName: a, mapping: { x: A, z: B } } }",
        "breaking discriminator-value-removed",
        "additive discriminator-value-removed",
    ),
    (
        "a value that stands for another schema",
        "{ oneOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }], discriminator: { propertyName: a, mapping: { x: A, z: B } } }",
        "{ oneOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }], discriminator: { propertyName: a, mapping: { x: B, z: A } } }",
        "breaking discriminator-value-changed; breaking discriminator-value-changed",
        "breaking discriminator-value-changed; breaking discriminator-value-changed",
    ),
    (
        "a description of a part",
        "{ allOf: [{ description: one, type: object }, { description: two }] }",
        "{ allOf: [{ description: one, type: object }, { description: three }] }",
        "documentation documentation-changed",
        "documentation documentation-changed",
    ),
    (
        "an extension",
        "{ type: string }",
        "{ type: string, x-kind: a }",
        "documentation extension-changed",
        "documentation extension-changed",
    ),
];

/// A document whose only operation has this schema in its request or in its response.
fn document(schema: &str, direction: &str) -> String {
    let content = format!("content: {{ application/json: {{ schema: {schema} }} }}");
    let (body, response) = match direction {
        "request" => (format!("requestBody: {{ {content} }}, "), String::new()),
        _ => (String::new(), format!(", {content}")),
    };
    format!(
        "openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths:\n  /a:\n    post: {{ {body}responses: {{ '200': {{ description: d{response} }} }} }}\n\
         components:\n  schemas:\n    A: {{ type: object, properties: {{ a: {{ type: string }} }} }}\n    B: {{ type: object, properties: {{ b: {{ type: string }} }} }}\n"
    )
}

/// The severities and kinds of the changes between two documents.
pub(super) fn kinds(old: &str, new: &str) -> Result<String, CouldNotRun> {
    let changes = wire_changes(&parse(old)?, &parse(new)?);
    let line = |change: &Change| format!("{} {}", change.severity, change.kind);
    Ok(changes.iter().map(line).collect::<Vec<_>>().join("; "))
}

#[test]
fn a_change_of_a_schema_is_judged_by_its_meaning_and_its_direction() -> Result<(), CouldNotRun> {
    let mut wrong = Vec::new();
    for (name, old, new, request, response) in LIMITS.iter().chain(&KINDS).chain(&PROPERTIES).chain(&COMPOSITIONS) {
        for (direction, expected) in [("request", request), ("response", response)] {
            let found = kinds(&document(old, direction), &document(new, direction))?;
            if found != **expected {
                wrong.push(format!("{name}, in a {direction}: {found}, and not {expected}"));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
    Ok(())
}

#[test]
fn a_change_below_a_composition_is_judged_as_at_the_top() -> Result<(), CouldNotRun> {
    let wrappers = [
        "{ allOf: [{ type: object, properties: { z: { type: boolean } } }, SCHEMA] }",
        "{ oneOf: [{ title: X, type: object, properties: { x: SCHEMA, y: {} } }, { type: boolean }] }",
        "{ anyOf: [{ type: object, properties: { x: SCHEMA, y: {} } }, { type: string, maxLength: 77 }] }",
        "{ type: array, items: { allOf: [{ type: object, properties: { x: SCHEMA } }, { description: d }] } }",
        "{ type: object, additionalProperties: { oneOf: [{ type: object, properties: { x: SCHEMA } }, { type: boolean }] } }",
    ];
    for (name, old, new, request, response) in &PROPERTIES[..6] {
        for wrapper in wrappers {
            for (direction, expected) in [("request", request), ("response", response)] {
                let text = |schema: &str| document(&wrapper.replace("SCHEMA", schema), direction);
                assert_eq!(kinds(&text(old), &text(new))?, **expected, "{name}, in a {direction}, in {wrapper}");
            }
        }
    }
    Ok(())
}
