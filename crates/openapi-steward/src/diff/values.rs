//! Values of a document that are equal in several notations.

use serde_json::{Number, Value};

use crate::schema::integer;

/// A value without the order of the keys in it. The number 1.0 is 1.
pub(super) fn normalized(value: Value) -> Value {
    match value {
        Value::Number(number) => {
            let whole = integer(&number).and_then(|number| i64::try_from(number).ok());
            Value::Number(whole.map_or(number, Number::from))
        }
        Value::Array(items) => items.into_iter().map(normalized).collect(),
        Value::Object(map) => {
            let mut entries: Vec<(String, Value)> =
                map.into_iter().map(|(key, value)| (key, normalized(value))).collect();
            entries.sort_by(|(one, _), (other, _)| one.cmp(other));
            entries.into_iter().collect()
        }
        value => value,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_notation_of_a_number_and_the_order_of_keys_have_no_meaning() {
        let text = |value: Value| normalized(value).to_string();
        assert_eq!(text(json!({ "b": [1.0, -0.0, 2.5], "a": 1e3 })), r#"{"a":1000,"b":[1,0,2.5]}"#);
        assert_eq!(text(json!(1e300)), text(json!(1e300)));
    }
}
