//! Defaults that are written out, and parts that are described in another place: the same on the wire.

use super::schemas::kinds;
use super::*;

/// A document with this operation at `GET /a/{p}`, and more of the document.
fn document(operation: &str, rest: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths:\n  '/a/{{p}}':\n    get: {{ {operation} }}\n{rest}"
    )
}

/// An operation with this parameter.
fn parameter(text: &str) -> String {
    document(&format!("parameters: [{{ name: p, {text} }}], responses: {{ '200': {{ description: d }} }}"), "")
}

/// An operation with this header in its response.
fn header(text: &str) -> String {
    document(&format!("responses: {{ '200': {{ description: d, headers: {{ X-A: {{ {text} }} }} }} }}"), "")
}

/// An operation with a form whose field `f` has this schema, and these keys of its encoding.
fn field(media_type: &str, schema: &str, keys: &str) -> String {
    let encoding = if keys.is_empty() { String::new() } else { format!(", encoding: {{ f: {{ {keys} }} }}") };
    let form = format!("{media_type}: {{ schema: {{ type: object, properties: {{ f: {schema} }} }}{encoding} }}");
    document(&format!("requestBody: {{ content: {{ {form} }} }}, responses: {{ '200': {{ description: d }} }}"), "")
}

/// An operation with these responses.
fn responses(text: &str) -> String {
    document(&format!("responses: {{ {text} }}"), "")
}

/// A document with these servers.
fn servers(text: &str) -> String {
    document("responses: { '200': { description: d } }", text)
}

const LIST: &str = "schema: { type: array, items: { type: string } }";
const OBJECT: &str = "schema: { type: object, properties: { a: { type: string } } }";
const NONE: &str = "";

/// Returns the pairs whose changes differ from the expected ones, those in the other direction included.
fn wrong(pairs: &[(String, String, &str, &str)]) -> Result<Vec<String>, CouldNotRun> {
    let mut wrong = Vec::new();
    for (old, new, forward, back) in pairs {
        for (old, new, expected) in [(old, new, forward), (new, old, back)] {
            let found = kinds(old, new)?;
            if found != **expected {
                wrong.push(format!("{old} =>\n{new}: {found}, and not {expected}"));
            }
        }
    }
    Ok(wrong)
}

#[test]
fn explode_counts_where_it_changes_what_is_sent() -> Result<(), CouldNotRun> {
    let (same, other) = ("documentation serialization-changed", "breaking serialization-changed");
    let with = |place: &str, schema: &str, keys: &str| parameter(&format!("in: {place}, {schema}{keys}"));
    let pairs = [
        ("path, required: true", LIST, ", explode: true", same),
        ("header", LIST, ", explode: true", same),
        ("header", OBJECT, ", explode: true", other),
        ("query", LIST, ", explode: false", other),
        ("query, style: deepObject", OBJECT, ", explode: true", same),
        ("query, style: spaceDelimited", LIST, ", explode: false", NONE),
        ("header", LIST, ", style: simple, explode: false", NONE),
    ]
    .map(|(place, schema, keys, expected)| (with(place, schema, ""), with(place, schema, keys), expected, expected));
    assert_eq!(wrong(&pairs)?, [""; 0]);
    Ok(())
}

#[test]
fn a_header_is_compared_like_a_parameter() -> Result<(), CouldNotRun> {
    let content =
        |limit: u8| header(&format!("content: {{ text/plain: {{ schema: {{ type: string, maxLength: {limit} }} }} }}"));
    let pairs = [
        (header(LIST), header(&format!("{LIST}, style: simple, explode: false")), NONE, NONE),
        (content(9), content(3), "additive max-length-lowered", "breaking max-length-raised"),
        (
            header("content: { text/plain: { schema: { type: string } } }"),
            header("content: { application/json: { schema: { type: string } } }"),
            "breaking media-type-removed; additive media-type-added",
            "breaking media-type-removed; additive media-type-added",
        ),
        (
            header("schema: { type: string }"),
            header("content: { text/plain: { schema: { type: string } } }"),
            "breaking serialization-changed",
            "breaking serialization-changed",
        ),
    ];
    assert_eq!(wrong(&pairs)?, [""; 0]);
    Ok(())
}

#[test]
fn the_encoding_of_a_field_has_defaults() -> Result<(), CouldNotRun> {
    let (query, parts) = ("application/x-www-form-urlencoded", "multipart/form-data");
    let (text, list, object) =
        ("{ type: string }", "{ type: array, items: { type: string } }", "{ type: object, properties: { a: {} } }");
    let (bytes, other) = ("{ type: string, format: binary }", "breaking encoding-changed");
    let pairs = [
        (query, list, "style: form", NONE),
        (query, list, "style: form, explode: true", NONE),
        (query, list, "explode: false", other),
        (query, text, "explode: false", NONE),
        (query, text, "contentType: text/plain", NONE),
        (query, object, "contentType: application/json", other),
        (parts, object, "contentType: application/json", NONE),
        (parts, list, "contentType: text/plain", NONE),
        (parts, bytes, "contentType: application/octet-stream", NONE),
        (parts, bytes, "contentType: image/png", other),
        (parts, "{}", "contentType: application/octet-stream", NONE),
        (
            parts,
            "{ type: array, items: { type: string, format: binary } }",
            "contentType: application/octet-stream",
            NONE,
        ),
    ]
    .map(|(media, schema, keys, expected)| (field(media, schema, ""), field(media, schema, keys), expected, expected));
    assert_eq!(wrong(&pairs)?, [""; 0]);
    let with = |types: &str| field(parts, bytes, &format!("contentType: '{types}'"));
    let pairs = [
        (with("image/png, image/jpeg"), with("image/jpeg,image/png"), NONE, NONE),
        (with("image/png"), with("image/png, image/jpeg"), "additive encoding-changed", other),
        (with("image/png"), with("image/*"), "additive encoding-changed", other),
    ];
    assert_eq!(wrong(&pairs)?, [""; 0]);
    Ok(())
}

#[test]
fn a_status_that_gets_a_response_of_its_own_had_that_of_its_range() -> Result<(), CouldNotRun> {
    let body =
        |kind: &str| format!("{{ description: d, content: {{ application/json: {{ schema: {{ type: {kind} }} }} }} }}");
    let with = |range: &str, other: &str| {
        let own = if other.is_empty() { String::new() } else { format!(", '404': {}", body(other)) };
        responses(&format!("'200': {{ description: d }}, {range}: {}{own}", body("string")))
    };
    let added = "additive response-added";
    let changed = "breaking type-changed; additive response-added";
    let back = "breaking type-changed; additive response-range-changed";
    let pairs = [
        (with("4XX", ""), with("4XX", "string"), added, "additive response-range-changed"),
        (with("4XX", ""), with("4XX", "integer"), changed, back),
        (with("default", ""), with("default", "integer"), changed, back),
        (with("5XX", ""), with("5XX", "integer"), added, "notice error-response-removed"),
        (
            responses(&format!("'200': {}", body("string"))),
            responses(&format!("default: {}", body("string"))),
            "additive response-range-changed",
            "notice error-response-removed; additive response-added",
        ),
    ];
    assert_eq!(wrong(&pairs)?, [""; 0]);
    Ok(())
}

#[test]
fn the_url_of_a_server_has_one_meaning_in_several_notations() -> Result<(), CouldNotRun> {
    let one = |url: &str| servers(&format!("servers: [{{ url: '{url}' }}]\n"));
    let (notice, added) = ("notice server-changed", "notice server-added");
    let pairs = [
        (servers(""), one("/"), NONE, NONE),
        (servers("servers: []\n"), one("/"), NONE, NONE),
        (servers(""), one("/v1"), added, "notice server-removed"),
        (one("https://a.example/v1"), one("HTTPS://A.Example:443/v1/"), NONE, NONE),
        (one("https://a.example/v1"), one("https://a.example/V1"), notice, notice),
        (one("https://a.example"), one("https://a.example:444"), notice, notice),
    ];
    assert_eq!(wrong(&pairs)?, [""; 0]);
    Ok(())
}

#[test]
fn a_component_is_not_told_again_where_it_is_used() -> Result<(), CouldNotRun> {
    let operation =
        |parameter: &str| format!("parameters: [{parameter}], responses: {{ '200': {{ description: d }} }}");
    let inline = "{ name: q, in: query, schema: { type: string } }";
    let component = format!("components:\n  parameters:\n    Q: {inline}\n");
    let (old, new) =
        (document(&operation(inline), ""), document(&operation("{ $ref: '#/components/parameters/Q' }"), &component));
    let unused = document(&operation(inline), &component);
    let told = "documentation unused-component-changed";
    assert_eq!(wrong(&[(old.clone(), new, NONE, NONE), (old, unused, told, told)])?, [""; 0]);
    Ok(())
}

#[test]
fn another_name_of_an_operation_is_documentation() -> Result<(), CouldNotRun> {
    let operation = |name: &str| document(&format!("{name}responses: {{ '200': {{ description: d }} }}"), "");
    let told = "documentation documentation-changed";
    let pairs = [
        (operation("operationId: a, "), operation("operationId: b, "), told, told),
        (operation(""), operation("operationId: b, "), told, told),
    ];
    assert_eq!(wrong(&pairs)?, [""; 0]);
    Ok(())
}
