//! Values of strings, numbers and booleans that match their schemas.

use serde_json::{Value, json};

/// Returns a value of a type without parts.
pub(super) fn scalar(kind: &str, schema: &Value) -> Value {
    match kind {
        "integer" => json!(integer(schema)),
        "number" => json!(number(schema)),
        "boolean" => json!(true),
        _ => json!(string(schema)),
    }
}

fn integer(schema: &Value) -> i64 {
    let limit = |key: &str| schema.get(key).and_then(Value::as_f64);
    let minimum = limit("minimum").map(|limit| if schema["exclusiveMinimum"] == true { limit + 1.0 } else { limit });
    let maximum = limit("maximum").map(|limit| if schema["exclusiveMaximum"] == true { limit - 1.0 } else { limit });
    let step = limit("multipleOf").filter(|step| *step >= 1.0).unwrap_or(1.0);
    let value = minimum.map_or(step, |limit| (limit / step).ceil() * step);
    let value = maximum.map_or(value, |limit| value.min((limit / step).floor() * step));
    #[allow(clippy::cast_possible_truncation, reason = "samples are small; a limit beyond is the nearest number")]
    let value = value as i64;
    value
}

fn number(schema: &Value) -> f64 {
    let limit = |key: &str| schema.get(key).and_then(Value::as_f64);
    let value = limit("minimum").map_or(1.5, |limit| limit.max(1.5));
    limit("maximum").map_or(value, |limit| value.min(limit))
}

fn string(schema: &Value) -> String {
    let text = match schema.get("format").and_then(Value::as_str).unwrap_or_default() {
        "date-time" => "2024-05-17T10:11:12Z",
        "date" => "2024-05-17",
        "time" => "10:11:12Z",
        "duration" => "PT1H",
        "uuid" => "7f0c1a52-3a5e-4d0e-9b0a-6b8f0f8e2c11",
        "uri" | "url" | "iri" | "uri-reference" => "https://example.com/a",
        "email" | "idn-email" => "a@example.com",
        "hostname" => "example.com",
        "ipv4" | "ip" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "byte" => "dGV4dA==",
        _ => "text",
    };
    let limit = |key: &str| schema.get(key).and_then(Value::as_u64).and_then(|limit| usize::try_from(limit).ok());
    let mut text = text.to_owned();
    if let Some(minimum) = limit("minLength").filter(|minimum| *minimum <= 1024) {
        while text.len() < minimum {
            text.push('x');
        }
    }
    text.truncate(limit("maxLength").unwrap_or(usize::MAX).max(limit("minLength").unwrap_or_default()));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_within_its_limits() {
        for (schema, value) in [
            (json!({ "type": "integer", "minimum": 7, "multipleOf": 5 }), json!(10)),
            (json!({ "type": "integer", "maximum": 0 }), json!(0)),
            (json!({ "type": "number", "maximum": 1 }), json!(1.0)),
            (json!({ "type": "string", "minLength": 6 }), json!("textxx")),
            (json!({ "type": "string", "maxLength": 2 }), json!("te")),
            (json!({ "type": "boolean" }), json!(true)),
        ] {
            let kind = schema["type"].as_str().unwrap_or_default();
            assert_eq!(scalar(kind, &schema), value, "{schema}");
        }
    }
}
