//! Each kind of change of a schema, judged in a request and in a response.

mod applicators;
mod compositions;
mod kinds;
mod limits;
mod properties;

use self::applicators::APPLICATORS;
use self::compositions::COMPOSITIONS;
use self::kinds::KINDS;
use self::limits::LIMITS;
use self::properties::PROPERTIES;
use super::*;
use crate::document::lowered;

/// A change of a schema: its name, the old schema, the new one, and the changes in a request and in a response.
pub(super) type Case = (&'static str, &'static str, &'static str, &'static str, &'static str);

const NONE: &str = "";

/// A document whose only operation has this schema in its request or in its response.
fn document(schema: &str, direction: &str) -> String {
    let content = format!("content: {{ application/json: {{ schema: {schema} }} }}");
    let (body, response) = match direction {
        "request" => (format!("requestBody: {{ {content} }}, "), String::new()),
        _ => (String::new(), format!(", {content}")),
    };
    format!(
        "openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths:\n  /a:\n    post: {{ {body}responses: {{ '200': {{ description: d{response} }} }} }}\n\
         components:\n  schemas:\n    A: {{ type: object, properties: {{ a: {{ type: string }} }} }}\n    B: {{ type: object, properties: {{ b: {{ type: string }} }} }}\n    Same: {{ type: object, properties: {{ a: {{ type: string }} }} }}\n"
    )
}

/// The severities and kinds of the changes between two documents.
pub(super) fn kinds(old: &str, new: &str) -> Result<String, CouldNotRun> {
    let changes = wire_changes(&lowered(&parse(old)?), &lowered(&parse(new)?));
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
fn a_keyword_of_later_versions_is_judged_by_its_meaning_and_its_direction() -> Result<(), CouldNotRun> {
    let mut wrong = Vec::new();
    let later = |schema: &str, direction| document(schema, direction).replacen("3.0.3", "3.1.0", 1);
    for (name, old, new, request, response) in APPLICATORS {
        for (direction, expected) in [("request", request), ("response", response)] {
            let found = kinds(&later(old, direction), &later(new, direction))?;
            if found != expected {
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
