//! Values that are written as text: in parameters, in the headers of responses, in forms and in XML.

use super::schemas::kinds;
use super::*;

/// A document with this schema in a parameter, in a header of the response, or in a body.
fn document(place: &str, schema: &str) -> String {
    let parameter = |rest: &str| {
        let text = format!(
            "parameters: [{{ name: q, {rest}, schema: {schema} }}], responses: {{ '200': {{ description: d }} }}"
        );
        (text, if rest.contains("path") { "/a/{q}" } else { "/a" })
    };
    let body = |media: &str, schema: &str| {
        let text = format!(
            "requestBody: {{ content: {{ {media}: {{ schema: {schema} }} }} }}, responses: {{ '200': {{ description: d }} }}"
        );
        (text, "/a")
    };
    let (operation, path) = match place {
        "query" => parameter("in: query"),
        "query without explode" => parameter("in: query, explode: false"),
        "path" => parameter("in: path, required: true"),
        "header" => parameter("in: header"),
        "cookie" => parameter("in: cookie"),
        "response header" => {
            let header = format!("headers: {{ X-Q: {{ schema: {schema} }} }}");
            (format!("responses: {{ '200': {{ description: d, {header} }} }}"), "/a")
        }
        "field" => {
            body("application/x-www-form-urlencoded", &format!("{{ type: object, properties: {{ q: {schema} }} }}"))
        }
        "xml" => body("application/xml", schema),
        _ => body("application/json", schema),
    };
    format!("openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\npaths:\n  {path}:\n    post: {{ {operation} }}\n")
}

/// Returns the changes in each of these places that differ from the expected ones.
fn wrong(places: &[&str], old: &str, new: &str, expected: &str) -> Result<Vec<String>, CouldNotRun> {
    let mut wrong = Vec::new();
    for place in places {
        let found = kinds(&document(place, old), &document(place, new))?;
        if found != expected {
            wrong.push(format!("{old} => {new} in a {place}: {found}, and not {expected}"));
        }
    }
    Ok(wrong)
}

const TEXTS: [&str; 6] = ["query", "query without explode", "path", "header", "cookie", "field"];
const STRINGS: &str = "{ type: array, items: { type: string } }";
const BOTH: &str = "{ anyOf: [{ type: string }, { type: integer }] }";
const LIST_OF_BOTH: &str = "{ type: array, items: { anyOf: [{ type: string }, { type: integer }] } }";

#[test]
fn a_list_of_one_value_is_written_like_that_value() -> Result<(), CouldNotRun> {
    let mut found = Vec::new();
    for (old, new, expected) in [
        ("{ type: string }", STRINGS, "additive type-widened"),
        (STRINGS, "{ type: string }", "breaking type-narrowed"),
        (BOTH, LIST_OF_BOTH, "additive type-widened"),
        ("{ type: [string, integer] }", "{ type: array, items: { type: [integer, string] } }", "additive type-widened"),
        ("{ type: string }", "{ type: array, minItems: 1, items: { type: string } }", "additive type-widened"),
        ("{ type: string }", "{ type: array, minItems: 2, items: { type: string } }", "breaking type-changed"),
        ("{ type: string }", "{ type: array, maxItems: 1, items: { type: string } }", "documentation type-changed"),
        (
            "{ type: string }",
            "{ type: array, items: { type: string, maxLength: 5 } }",
            "breaking max-length-lowered; additive type-widened",
        ),
        (
            "{ type: string }",
            "{ type: array, items: { type: integer } }",
            "breaking type-narrowed; additive type-widened",
        ),
        ("{ type: string }", "{ type: object, properties: { a: { type: string } } }", "breaking type-changed"),
    ] {
        found.extend(wrong(&TEXTS, old, new, expected)?);
    }
    let header = ["response header"];
    found.extend(wrong(&header, "{ type: string }", STRINGS, "breaking type-widened")?);
    found.extend(wrong(&header, STRINGS, "{ type: string }", "additive type-narrowed")?);
    found.extend(wrong(&["json", "xml"], "{ type: string }", STRINGS, "breaking type-changed")?);
    assert_eq!(found, [""; 0]);
    Ok(())
}

#[test]
fn a_number_is_a_text_where_values_have_no_types() -> Result<(), CouldNotRun> {
    let mut found = Vec::new();
    let texts = [&TEXTS[..], &["xml"]].concat();
    for name in ["integer", "number", "boolean"] {
        let other = format!("{{ type: {name} }}");
        found.extend(wrong(&texts, &other, "{ type: string }", "additive type-widened")?);
        found.extend(wrong(&texts, "{ type: string }", &other, "breaking type-narrowed")?);
        found.extend(wrong(&["response header"], &other, "{ type: string }", "breaking type-widened")?);
        found.extend(wrong(&["json"], &other, "{ type: string }", "breaking type-changed")?);
    }
    found.extend(wrong(&["query"], "{ type: integer }", "{ type: integer, maxLength: 3 }", "")?);
    let expected = "breaking max-length-lowered; additive type-widened";
    found.extend(wrong(&["query"], "{ type: integer }", "{ type: string, maxLength: 3 }", expected)?);
    let values = ("{ type: integer, enum: [1, 2] }", "{ type: string, enum: ['1', '2'] }");
    found.extend(wrong(&["query"], values.0, values.1, "additive type-widened")?);
    let values = ("{ type: boolean }", "{ type: string, enum: ['true', 'false'] }");
    found.extend(wrong(&["query"], values.0, values.1, "additive type-widened")?);
    assert_eq!(found, [""; 0]);
    Ok(())
}

#[test]
fn an_object_in_a_form_is_written_as_json() -> Result<(), CouldNotRun> {
    let object = |kind: &str| format!("{{ type: object, properties: {{ a: {{ type: {kind} }} }} }}");
    assert_eq!(wrong(&["field"], &object("integer"), &object("string"), "breaking type-changed")?, [""; 0]);
    assert_eq!(wrong(&["query"], &object("integer"), &object("string"), "additive type-widened")?, [""; 0]);
    Ok(())
}

#[test]
fn the_notation_of_a_list_makes_no_difference_to_values_that_were_single() -> Result<(), CouldNotRun> {
    let document = |rest: &str| document("query", rest).replace("in: query", "in: query, explode: EXPLODE");
    let (old, new) = (document("{ type: string }"), document(STRINGS));
    let (old, new) = (old.replace("EXPLODE", "true"), new.replace("EXPLODE", "false"));
    assert_eq!(kinds(&old, &new)?, "additive type-widened; documentation serialization-changed");
    let old = document(STRINGS).replace("EXPLODE", "true");
    assert_eq!(kinds(&old, &new)?, "breaking serialization-changed");
    Ok(())
}
