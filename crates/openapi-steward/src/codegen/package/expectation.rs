//! The request of a call as the document describes it.

use serde_json::{Map, Value, json};

use super::Parts;
use super::call::{CONTENT, SampleCall};
use super::security::{Place, Scheme, alternatives};
use super::wire::{pairs, segment, simple, style};
use crate::codegen::document_visitor::Operation;
use crate::codegen::lower::target;
use crate::codegen::operation::{BodyKind, Call};
use crate::document::is_json;

/// Returns the request of a call in the form that the test reads. None for a path that no URL has.
pub(super) fn request(
    parts: &Parts<'_>,
    call: &Call,
    operation: &Operation<'_>,
    sample: &SampleCall<'_>,
    schemes: &[Scheme],
) -> Option<Value> {
    let (mut query, mut cookies, mut headers) = (Vec::new(), Vec::new(), Map::new());
    let (path, fixed) = call.path.split_once('?').unwrap_or((&call.path, ""));
    if call.path.contains('#') {
        return None;
    }
    let mut path = path.to_owned();
    for pair in fixed.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        query.push(json!([name, value]));
    }
    for (parameter, value) in &sample.parameters {
        let name = parameter["name"].as_str().unwrap_or_default();
        let in_json = in_json(parameter);
        let as_json = || json!({ "json": value });
        match parameter["in"].as_str().unwrap_or_default() {
            "path" => {
                let text = if in_json { value.to_string() } else { segment(name, style(parameter, "simple"), value) };
                path = path.replace(&format!("{{{name}}}"), &text);
            }
            "query" if in_json => query.push(json!([name, as_json()])),
            "query" => query.extend(pairs(name, style(parameter, "form"), value)),
            "cookie" if in_json => cookies.push(json!([name, as_json()])),
            "cookie" => cookies.extend(pairs(name, style(parameter, "form"), value)),
            _ if in_json => drop(headers.insert(name.to_ascii_lowercase(), as_json())),
            _ => {
                let text = simple(value, style(parameter, "simple").1);
                headers.insert(name.to_ascii_lowercase(), json!(text));
            }
        }
    }
    credentials(parts, operation, schemes, &mut query, &mut cookies, &mut headers);
    let body = match (&call.body, &sample.body) {
        (Some(body), Some(value)) => body_of(parts, operation, &body.kind, &body.media, value)?,
        _ => Value::Null,
    };
    Some(json!({
        "method": call.method.to_uppercase(),
        "path": path,
        "query": query,
        "cookies": cookies,
        "headers": headers,
        "body": body,
    }))
}

/// Returns whether a parameter is JSON text.
fn in_json(parameter: &Value) -> bool {
    parameter
        .get("content")
        .and_then(Value::as_object)
        .is_some_and(|content| content.keys().any(|media| is_json(media)))
}

/// Adds the credentials of the first alternative: the test sets all. What a parameter already has stays.
fn credentials(
    parts: &Parts<'_>,
    operation: &Operation<'_>,
    schemes: &[Scheme],
    query: &mut Vec<Value>,
    cookies: &mut Vec<Value>,
    headers: &mut Map<String, Value>,
) {
    let needed = alternatives(operation.value, &parts.document, schemes).into_iter().find(|needed| !needed.is_empty());
    for index in needed.unwrap_or_default() {
        let secret = json!(secret(index));
        match &schemes[index].place {
            // `user:password` in Base64.
            Place::Basic => drop(headers.insert("authorization".to_owned(), json!("Basic dXNlcjpwYXNzd29yZA=="))),
            Place::Bearer => {
                headers.insert("authorization".to_owned(), json!(format!("Bearer {}", self::secret(index))));
            }
            Place::Authorization => drop(headers.insert("authorization".to_owned(), secret)),
            Place::Header(name) => drop(headers.entry(name.to_ascii_lowercase()).or_insert(secret)),
            Place::Query(name) if query.iter().any(|pair| pair[0] == **name) => {}
            Place::Query(name) => query.push(json!([name, secret])),
            Place::Cookie(name) if cookies.iter().any(|pair| pair[0] == **name) => {}
            Place::Cookie(name) => cookies.push(json!([name, secret])),
            Place::Certificate => {}
        }
    }
    headers.entry("authorization").or_insert(Value::Null);
}

/// The secret of a scheme in the test.
pub(super) fn secret(scheme: usize) -> String {
    format!("secret{scheme}")
}

/// Returns the body of a request.
fn body_of(parts: &Parts<'_>, operation: &Operation<'_>, kind: &BodyKind, media: &str, value: &Value) -> Option<Value> {
    let content = operation.value.get("requestBody")?.get("content")?.as_object()?;
    let described = content.get(media);
    let essence = media.split(';').next().unwrap_or_default().trim();
    let of = |key: &str, value: Value| Some(json!({ "media": essence, key: value }));
    match kind {
        BodyKind::Json => of("json", value.clone()),
        BodyKind::Text | BodyKind::Bytes => of("text", json!(CONTENT)),
        BodyKind::Form | BodyKind::Fields(_) => {
            let fields = value.as_object().into_iter().flatten();
            let pairs = fields.flat_map(|(name, value)| {
                let encoding = described.and_then(|media| media.get("encoding")?.get(name));
                field(name, encoding, value)
            });
            of("form", pairs.collect())
        }
        BodyKind::Multipart => {
            let schema = described.and_then(|media| media.get("schema"));
            let fields = value.as_object().into_iter().flatten();
            let all = fields.flat_map(|(name, value)| {
                let encoding = described.and_then(|media| media.get("encoding")?.get(name));
                part(parts, name, encoding, schema.and_then(|schema| property(schema, name, &parts.document)), value)
            });
            of("parts", all.collect())
        }
    }
}

/// Returns the pairs of a field of a form.
fn field(name: &str, encoding: Option<&Value>, value: &Value) -> Vec<Value> {
    let text = |key: &str| encoding.and_then(|encoding| encoding.get(key)?.as_str());
    let whole = || vec![json!([name, { "json": value }])];
    if text("style").is_some() || encoding.is_some_and(|encoding| encoding.get("explode").is_some()) {
        return pairs(name, style(encoding.unwrap_or(&Value::Null), "form"), value);
    }
    match value {
        _ if text("contentType").is_some_and(is_json) => whole(),
        Value::Object(_) => whole(),
        value => pairs(name, ("form", true), value),
    }
}

/// Returns the schema of a property, in whatever part of a schema it is.
fn property<'a>(schema: &'a Value, name: &str, document: &'a Value) -> Option<&'a Value> {
    fn search<'a>(schema: &'a Value, name: &str, document: &'a Value, depth: usize) -> Option<&'a Value> {
        if depth > 16 {
            return None;
        }
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            return search(target(document, reference)?, name, document, depth + 1);
        }
        let own = schema.get("properties").and_then(|properties| properties.get(name));
        let parts = ["allOf", "oneOf", "anyOf"].into_iter().filter_map(|key| schema.get(key)?.as_array()).flatten();
        own.or_else(|| parts.into_iter().find_map(|part| search(part, name, document, depth + 1)))
    }
    let mut found = search(schema, name, document, 0)?;
    for _ in 0..16 {
        match found.get("$ref").and_then(Value::as_str).and_then(|reference| target(document, reference)) {
            Some(next) => found = next,
            None => break,
        }
    }
    Some(found)
}

/// Returns the parts of a field of a multipart body.
fn part(parts: &Parts<'_>, name: &str, encoding: Option<&Value>, schema: Option<&Value>, value: &Value) -> Vec<Value> {
    let media = encoding.and_then(|encoding| encoding.get("contentType")?.as_str());
    // Several media types are a choice.
    let media = media.filter(|media| !media.contains([',', '*'])).map(str::trim);
    let is_binary = |schema: &Value| {
        let is_media = schema.get("contentMediaType").is_some()
            && schema.get("contentEncoding").is_none()
            && schema.get("format").is_none();
        is_media || schema.get("format").is_some_and(|format| format == "binary")
    };
    let items = schema.and_then(|schema| schema.get("items")).map(|items| {
        let reference = items.get("$ref").and_then(Value::as_str);
        reference.and_then(|reference| target(&parts.document, reference)).unwrap_or(items)
    });
    let file =
        || json!({ "name": name, "file": true, "media": media.unwrap_or("application/octet-stream"), "text": CONTENT });
    let text = |value: &Value| {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        json!({ "name": name, "file": false, "media": media, "text": text })
    };
    let of_json =
        |value| json!({ "name": name, "file": false, "media": media.unwrap_or("application/json"), "json": value });
    let is_complex = |value: &Value| value.is_object() || value.is_array();
    let has_type =
        schema.is_some_and(|schema| ["type", "enum", "properties"].iter().any(|key| schema.get(key).is_some()));
    match value {
        Value::Array(values) if items.is_some_and(is_binary) => values.iter().map(|_| file()).collect(),
        _ if schema.is_some_and(is_binary) => vec![file()],
        value if media.is_some_and(is_json) && (is_complex(value) || !has_type) => vec![of_json(value)],
        // The caller writes what is in another media type.
        Value::Array(values) if media.is_some() && values.iter().any(is_complex) => vec![text(&json!(CONTENT))],
        value if media.is_some() && (value.is_object() || !has_type) => vec![text(&json!(CONTENT))],
        // Each item of a list has a part of its own.
        Value::Array(values) => {
            values.iter().map(|value| if is_complex(value) { of_json(value) } else { text(value) }).collect()
        }
        Value::Object(_) => vec![of_json(value)],
        value => vec![text(value)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_has_the_form_of_its_encoding() {
        let list = json!([{ "a": 1 }]);
        assert_eq!(field("f", None, &json!("x y")), [json!(["f", "x y"])]);
        assert_eq!(field("f", None, &json!([1, 2])), [json!(["f", "1"]), json!(["f", "2"])]);
        assert_eq!(field("f", None, &list), [json!(["f", { "json": { "a": 1 } }])]);
        let encoding = json!({ "contentType": "application/json" });
        assert_eq!(field("f", Some(&encoding), &json!([1])), [json!(["f", { "json": [1] }])]);
        let encoding = json!({ "style": "deepObject" });
        assert_eq!(field("f", Some(&encoding), &list), [json!(["f[0][a]", "1"])]);
    }

    #[test]
    fn a_property_is_found_in_any_part_of_a_schema() {
        let document = json!({ "components": { "schemas": {
            "A": { "allOf": [{ "$ref": "#/components/schemas/B" }, { "$ref": "#/components/schemas/A" }] },
            "B": { "properties": { "file": { "$ref": "#/components/schemas/File" } } },
            "File": { "type": "string", "format": "binary" },
        } } });
        let schema = &document["components"]["schemas"]["A"];
        assert_eq!(property(schema, "file", &document), Some(&document["components"]["schemas"]["File"]));
        assert_eq!(property(schema, "other", &document), None);
    }
}
