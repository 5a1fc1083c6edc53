//! Reading and writing of unions: values of one of several types.

use std::cell::Cell;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The number of unions inside each other for which more than one type is tried. It bounds the work for a value.
const MAX_TRIED: usize = 3;

/// The form of the values of a type, without the values inside them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    /// The `type` of the values, or an empty text for any.
    pub(crate) kind: &'static str,
    pub(crate) required: &'static [&'static str],
    /// The properties, and the kinds of their values.
    pub(crate) properties: &'static [(&'static str, &'static str)],
    /// The type keeps other properties.
    pub(crate) is_open: bool,
    /// The properties that have only these values.
    pub(crate) constants: &'static [(&'static str, &'static [&'static str])],
    /// The strings that are known.
    pub(crate) values: &'static [&'static str],
}

impl Shape {
    /// Returns how well a value fits, lower being better: what it would lose, what it would not know, and what is not required.
    fn fit(&self, value: &Value) -> Option<(usize, usize, usize)> {
        if !is_of_kind(value, self.kind) {
            return None;
        }
        let Value::Object(map) = value else {
            let is_known = value.as_str().is_none_or(|text| self.values.contains(&text));
            let is_general = self.kind.is_empty() || self.kind == "number";
            return Some((0, usize::from(!is_known || is_general), 0));
        };
        let is_there = |name: &&str| map.contains_key(*name);
        let is_constant = |(name, values): &(&str, &[&str])| {
            map.get(*name).is_none_or(|value| value.as_str().is_some_and(|text| values.contains(&text)))
        };
        let is_typed =
            |(name, kind): &(&str, &str)| map.get(*name).is_none_or(|value| is_of_kind(value, kind) || value.is_null());
        if !self.required.iter().all(is_there)
            || !self.constants.iter().all(is_constant)
            || !self.properties.iter().all(is_typed)
        {
            return None;
        }
        let other = map.keys().filter(|key| !self.properties.iter().any(|(name, _)| name == key)).count();
        Some((if self.is_open { 0 } else { other }, other, usize::MAX - self.required.len()))
    }
}

fn is_of_kind(value: &Value, kind: &str) -> bool {
    match kind {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    }
}

/// Returns the types that a value can be of, the best first.
pub(crate) fn fitting(value: &Value, shapes: &[Shape]) -> Vec<usize> {
    let mut fitting: Vec<_> =
        shapes.iter().enumerate().filter_map(|(index, shape)| Some((shape.fit(value)?, index))).collect();
    fitting.sort_unstable();
    let tried = if DEPTH.get() < MAX_TRIED { fitting.len() } else { 1 };
    fitting.into_iter().take(tried).map(|(_, index)| index).collect()
}

thread_local! {
    /// The number of unions that are being read.
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

/// Reads a value as one of the types, or returns `None` if it is of another.
pub(crate) fn try_value<T: DeserializeOwned>(value: &Value) -> Option<T> {
    DEPTH.set(DEPTH.get() + 1);
    let read = T::deserialize(value).ok();
    DEPTH.set(DEPTH.get() - 1);
    read
}

/// Reads a value as the type that its discriminator names.
pub(crate) fn read_value<T: DeserializeOwned, E: serde::de::Error>(value: Value) -> Result<T, E> {
    serde_json::from_value(value).map_err(E::custom)
}

/// Returns the discriminator of a value.
pub(crate) fn tag(value: &Value, property: &str) -> Option<String> {
    match value.get(property)? {
        Value::String(text) => Some(text.clone()),
        Value::Null => None,
        other => Some(other.to_string()),
    }
}

/// Writes a value with a discriminator that names its type. One that is no text is a number or a boolean.
pub(crate) fn write_tagged<T: Serialize, S: serde::Serializer>(
    value: &T,
    property: &str,
    is_text: bool,
    tags: &[&str],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut value = serde_json::to_value(value).map_err(serde::ser::Error::custom)?;
    let is_there = tag(&value, property).is_some_and(|tag| tags.contains(&tag.as_str()));
    if let Value::Object(map) = &mut value
        && let Some(first) = tags.first().filter(|_| !is_there)
    {
        let scalar = if is_text { None } else { serde_json::from_str(first).ok() };
        map.insert(property.to_owned(), scalar.unwrap_or_else(|| Value::from(*first)));
    }
    value.serialize(serializer)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const OBJECT: Shape =
        Shape { kind: "object", required: &[], properties: &[], is_open: false, constants: &[], values: &[] };

    #[test]
    fn the_type_that_loses_least_is_first() {
        let name = Shape { properties: &[("name", "string")], ..OBJECT };
        let both = Shape { properties: &[("name", "string"), ("age", "integer")], required: &["age"], ..OBJECT };
        let map = Shape { is_open: true, ..OBJECT };
        assert_eq!(fitting(&json!({ "name": "a", "age": 1 }), &[name, map, both]), [2, 1, 0]);
        assert_eq!(fitting(&json!({ "name": "a" }), &[both, name]), [1]);
        assert_eq!(fitting(&json!({ "name": 7 }), &[name]), Vec::<usize>::new());
        let kind = Shape { constants: &[("kind", &["a"])], ..OBJECT };
        assert_eq!(fitting(&json!({ "kind": "b" }), &[kind]), Vec::<usize>::new());
    }

    #[test]
    fn scalars_are_told_by_their_kind() {
        let scalar = |kind| Shape { kind, ..OBJECT };
        let shapes = [scalar("number"), scalar("integer"), scalar("string"), scalar("array")];
        assert_eq!(fitting(&json!(1), &shapes), [1, 0]);
        assert_eq!(fitting(&json!(1.5), &shapes), [0]);
        assert_eq!(fitting(&json!("a"), &shapes), [2]);
    }

    #[test]
    fn a_discriminator_is_written_unless_it_is_there() -> Result<(), serde_json::Error> {
        let written =
            |value: Value| write_tagged(&value, "kind", true, &["cat", "lion"], serde_json::value::Serializer);
        assert_eq!(written(json!({ "name": "a" }))?, json!({ "name": "a", "kind": "cat" }));
        assert_eq!(written(json!({ "kind": "lion" }))?, json!({ "kind": "lion" }));
        assert_eq!(tag(&json!({ "kind": "cat" }), "kind").as_deref(), Some("cat"));
        let written = |value: Value| write_tagged(&value, "ok", false, &["1", "true"], serde_json::value::Serializer);
        assert_eq!(written(json!({ "ok": true }))?, json!({ "ok": true }));
        assert_eq!(written(json!({ "ok": 2 }))?, json!({ "ok": 1 }));
        assert_eq!(try_value::<u8>(&json!("a")), None);
        Ok(())
    }
}
