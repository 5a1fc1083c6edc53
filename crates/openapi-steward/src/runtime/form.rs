//! Request bodies of the media type `application/x-www-form-urlencoded`.

use std::fmt;
use std::ops::{Bound, RangeBounds};

/// A request body of the media type `application/x-www-form-urlencoded`.
///
/// Each generated request type implements it, and is serialized as its [`pairs`](Self::pairs).
pub trait Form {
    /// Returns the names and values of the body, in the order of the document.
    ///
    /// A field that is `None` is left out. A list repeats its name. A structured value is JSON text.
    fn pairs(&self) -> Pairs;

    /// Checks every number and the length of every string against the limits in the document.
    ///
    /// Building a request does not call it.
    ///
    /// # Errors
    ///
    /// Returns the first value that is out of its range.
    fn check(&self) -> Result<(), OutOfRange>;
}

/// Implements `Serialize` for a [`Form`].
macro_rules! form {
    ($name:ident) => {
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                ::serde::Serialize::serialize(&crate::runtime::form::Form::pairs(self), serializer)
            }
        }
    };
}
pub(crate) use form;

/// The names and values of a [`Form`], in the order of the document.
///
/// It serializes as a sequence of pairs. A value that cannot be written as JSON is an error then, and not before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pairs {
    pairs: Vec<(&'static str, String)>,
    /// The error of a value that cannot be written as JSON.
    error: Option<String>,
}

impl Pairs {
    /// Creates an empty list of pairs.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a pair for each value, as its `Display` text. An `Option` is at most one value.
    #[must_use]
    pub fn text<V: fmt::Display>(mut self, name: &'static str, values: impl IntoIterator<Item = V>) -> Self {
        self.pairs.extend(values.into_iter().map(|value| (name, value.to_string())));
        self
    }

    /// Adds a pair for each number, in decimal.
    #[must_use]
    pub fn count<V: Count>(self, name: &'static str, values: impl IntoIterator<Item = V>) -> Self {
        self.text(name, values.into_iter().map(|value| value.count()))
    }

    /// Adds a pair for each value, as JSON text. An `Option` is at most one value.
    #[must_use]
    pub fn json<V: serde::Serialize>(mut self, name: &'static str, values: impl IntoIterator<Item = V>) -> Self {
        for value in values {
            match serde_json::to_string(&value) {
                Ok(json) => self.pairs.push((name, json)),
                Err(error) => self.error = Some(format!("{name} cannot be written as JSON: {error}")),
            }
        }
        self
    }
}

impl serde::Serialize for Pairs {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.error {
            None => serializer.collect_seq(&self.pairs),
            Some(error) => Err(serde::ser::Error::custom(error)),
        }
    }
}

/// The error of [`Form::check`]: a number or a length that is out of its range in the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutOfRange {
    field: &'static str,
    value: String,
    range: String,
}

impl fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { field, value, range } = self;
        write!(f, "{field} {value}, but must {range}")
    }
}

impl std::error::Error for OutOfRange {}

/// A type that is written as a whole number: the integers, and types for units such as seconds.
pub trait Count {
    /// Returns the number.
    fn count(&self) -> i128;
}

macro_rules! count {
    ($($type:ty: |$value:ident| $count:expr;)*) => { $(
        impl Count for $type {
            fn count(&self) -> i128 {
                let $value = *self;
                i128::from($count)
            }
        }
    )* };
}

count! {
    i32: |value| value;
    i64: |value| value;
    u32: |value| value;
    u64: |value| value;
}

impl<C: Count> Count for &C {
    fn count(&self) -> i128 {
        C::count(self)
    }
}

/// Returns the texts of values of any kind: a string as it is, and JSON text of others.
pub(crate) fn plain<V: serde::Serialize>(values: impl IntoIterator<Item = V>) -> impl Iterator<Item = String> {
    values.into_iter().map(|value| match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => text,
        Ok(other) => other.to_string(),
        // No union holds a value that JSON has no form for.
        Err(_) => String::new(),
    })
}

/// Checks numbers against the range of a field.
pub(crate) fn range<V: Count>(
    field: &'static str,
    values: impl IntoIterator<Item = V>,
    range: impl RangeBounds<i128>,
) -> Result<(), OutOfRange> {
    let outside = values.into_iter().map(|value| value.count()).find(|count| !range.contains(count));
    outside.map_or(Ok(()), |count| {
        Err(OutOfRange { field, value: format!("is {count}"), range: format!("be {}", describe(&range)) })
    })
}

/// Checks the lengths of strings, in characters, against the range of a field.
pub(crate) fn length<V: AsRef<str>>(
    field: &'static str,
    values: impl IntoIterator<Item = V>,
    range: impl RangeBounds<usize>,
) -> Result<(), OutOfRange> {
    let mut lengths = values.into_iter().map(|value| value.as_ref().chars().count());
    lengths.find(|length| !range.contains(length)).map_or(Ok(()), |length| {
        Err(OutOfRange {
            field,
            value: format!("has {length} characters"),
            range: format!("have {}", describe(&range)),
        })
    })
}

/// Describes a range: `1 to 50`, `at least 1`, `at most 50`.
fn describe<T: fmt::Display>(range: &impl RangeBounds<T>) -> String {
    match (range.start_bound(), range.end_bound()) {
        (Bound::Included(least), Bound::Included(most)) => format!("{least} to {most}"),
        (Bound::Included(least), _) => format!("at least {least}"),
        (_, Bound::Included(most) | Bound::Excluded(most)) => format!("at most {most}"),
        _ => "anything".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_repeats_its_key_and_a_missing_value_is_left_out() {
        let pairs = Pairs::new().text("Name", Some("a b&c")).text("Codec", ["VP8", "H264"]).count("Size", None::<u32>);
        let expected =
            [("Name", "a b&c"), ("Codec", "VP8"), ("Codec", "H264")].map(|(key, text)| (key, text.to_owned()));
        assert_eq!(pairs, Pairs { pairs: expected.to_vec(), error: None });
    }

    #[test]
    fn a_structure_is_json_text_in_one_field() {
        let pairs = Pairs::new().json("Rules", [serde_json::json!([{ "type": "exclude" }])]);
        assert_eq!(pairs, Pairs::new().text("Rules", [r#"[{"type":"exclude"}]"#]));
    }

    #[test]
    fn a_value_of_any_kind_is_a_string_as_it_is_or_json_text() {
        let values = [serde_json::json!("a b"), serde_json::json!(7), serde_json::json!({ "a": [] })];
        assert_eq!(plain(&values).collect::<Vec<_>>(), ["a b", "7", "{\"a\":[]}"]);
    }

    #[test]
    fn an_error_names_the_field_the_value_and_the_range() {
        assert_eq!(range("count", [1_u32, 50], 1..=50), Ok(()));
        let message = |result: Result<(), OutOfRange>| result.map_err(|error| error.to_string());
        assert_eq!(message(range("count", Some(51_u32), 1..=50)), Err("count is 51, but must be 1 to 50".to_owned()));
        let least = message(range("count", [u64::MAX, 0], 1..));
        assert_eq!(least, Err("count is 0, but must be at least 1".to_owned()));
        let most = message(length("name", ["ää", "äää"], ..=2));
        assert_eq!(most, Err("name has 3 characters, but must have at most 2".to_owned()));
    }
}
