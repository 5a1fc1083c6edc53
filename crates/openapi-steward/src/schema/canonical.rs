//! Equality of values as JSON: the order of keys and the way a number is written do not matter.

use std::cmp::Ordering;
use std::fmt::Write;

use serde_json::Number;

use crate::document::{Entry, Node, Value};

/// The largest integer below which every integer is a number of its own for `f64`.
const MAX_EXACT: f64 = 9_007_199_254_740_992.0;

/// A text that two values share if and only if they are equal as JSON.
pub(crate) fn canonical(node: &Node) -> String {
    let mut text = String::new();
    write(node, &mut text);
    text
}

/// Returns whether two values are equal as JSON.
pub(crate) fn equal(one: &Node, other: &Node) -> bool {
    match (&one.value, &other.value) {
        (Value::String(one), Value::String(other)) => one == other,
        (Value::Bool(one), Value::Bool(other)) => one == other,
        (Value::Null, Value::Null) => true,
        (Value::Number(one), Value::Number(other)) => compare(one, other) == Some(Ordering::Equal),
        (Value::List(_), Value::List(_)) | (Value::Map(_), Value::Map(_)) => canonical(one) == canonical(other),
        _ => false,
    }
}

/// Compares two numbers: integers exactly, others as `f64`.
pub(crate) fn compare(one: &Number, other: &Number) -> Option<Ordering> {
    match (integer(one), integer(other)) {
        (Some(one), Some(other)) => Some(one.cmp(&other)),
        _ => one.as_f64()?.partial_cmp(&other.as_f64()?),
    }
}

/// The integer that a number is. `1.0` is one, as in JSON Schema.
pub(crate) fn integer(number: &Number) -> Option<i128> {
    if let Some(integer) = number.as_i64() {
        return Some(integer.into());
    }
    if let Some(integer) = number.as_u64() {
        return Some(integer.into());
    }
    let float = number.as_f64()?;
    #[allow(clippy::cast_possible_truncation, reason = "the number has no fraction and is small enough to be exact")]
    (float.fract() == 0.0 && float.abs() < MAX_EXACT).then_some(float as i128)
}

fn write(node: &Node, text: &mut String) {
    match &node.value {
        Value::Null => text.push_str("null"),
        Value::Bool(bool) => text.push_str(if *bool { "true" } else { "false" }),
        Value::Number(number) => {
            let _ = match integer(number) {
                Some(integer) => write!(text, "{integer}"),
                None => write!(text, "{number}"),
            };
        }
        Value::String(string) => {
            let _ = write!(text, "{string:?}");
        }
        Value::List(items) => {
            text.push('[');
            for item in items {
                write(item, text);
                text.push(',');
            }
            text.push(']');
        }
        Value::Map(entries) => {
            let mut entries: Vec<&Entry> = entries.iter().collect();
            entries.sort_by(|one, other| one.key.cmp(&other.key));
            text.push('{');
            for entry in entries {
                let _ = write!(text, "{:?}:", entry.key);
                write(&entry.node, text);
                text.push(',');
            }
            text.push('}');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::parse_json;

    #[test]
    fn numbers_and_keys_are_compared_as_json() -> Result<(), String> {
        let node = |text: &str| parse_json(text).map_err(|finding| finding.message);
        for (one, other) in [("1", "1.0"), ("{\"a\": 1, \"b\": []}", "{\"b\": [], \"a\": 1.0}"), ("1e2", "100")] {
            assert!(equal(&node(one)?, &node(other)?), "{one} {other}");
            assert_eq!(canonical(&node(one)?), canonical(&node(other)?));
        }
        for (one, other) in
            [("1", "\"1\""), ("9007199254740993", "9007199254740992"), ("[1,2]", "[2,1]"), ("0", "false")]
        {
            assert!(!equal(&node(one)?, &node(other)?), "{one} {other}");
        }
        Ok(())
    }
}
