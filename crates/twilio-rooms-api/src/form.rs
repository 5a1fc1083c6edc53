//! Bodies of forms: pairs of text, as `application/x-www-form-urlencoded` has them.

use std::fmt;
use std::ops::{Bound, RangeBounds};

use crate::{ByteSize, Milliseconds, Minutes, Seconds};

/// The body of a form.
pub trait Form {
    /// The pairs that it is written as. What is `None` is left out, a list repeats its key, and a structure is JSON text.
    fn pairs(&self) -> Pairs;

    /// Whether every value is in the range that the spec gives it.
    ///
    /// # Errors
    ///
    /// Names the first that is not.
    fn check(&self) -> Result<(), OutOfRange>;
}

/// A form is serialized as its pairs.
macro_rules! form {
    ($name:ident) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                crate::Form::pairs(self).serialize(serializer)
            }
        }
    };
}
pub(crate) use form;

/// The pairs of a form, in the order of the spec.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pairs {
    pairs: Vec<(&'static str, String)>,
    /// Why a value could not be written as JSON.
    error: Option<String>,
}

impl Pairs {
    /// No pairs.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a pair for each value, as text.
    #[must_use]
    pub fn text<V: fmt::Display>(mut self, name: &'static str, values: impl IntoIterator<Item = V>) -> Self {
        self.pairs.extend(values.into_iter().map(|value| (name, value.to_string())));
        self
    }

    /// Adds a pair for each number.
    #[must_use]
    pub fn count<V: Count>(self, name: &'static str, values: impl IntoIterator<Item = V>) -> Self {
        self.text(name, values.into_iter().map(|value| value.count()))
    }

    /// Adds a pair for each value, as JSON text.
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

/// A value that is not in the range that the spec gives it.
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

/// A whole number, or what is written as one.
pub trait Count {
    /// The number.
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
    ByteSize: |value| value.get();
    Milliseconds: |value| value.get();
    Minutes: |value| value.get();
    Seconds: |value| value.get();
}

impl<C: Count> Count for &C {
    fn count(&self) -> i128 {
        C::count(self)
    }
}

/// Checks numbers against the range of their field.
pub(crate) fn range<V: Count>(
    field: &'static str,
    values: impl IntoIterator<Item = V>,
    range: impl RangeBounds<i128>,
) -> Result<(), OutOfRange> {
    let odd = values.into_iter().map(|value| value.count()).find(|count| !range.contains(count));
    odd.map_or(Ok(()), |count| {
        Err(OutOfRange { field, value: format!("is {count}"), range: format!("be {}", words(&range)) })
    })
}

/// Checks how many characters strings have.
pub(crate) fn length<V: AsRef<str>>(
    field: &'static str,
    values: impl IntoIterator<Item = V>,
    range: impl RangeBounds<usize>,
) -> Result<(), OutOfRange> {
    let mut lengths = values.into_iter().map(|value| value.as_ref().chars().count());
    lengths.find(|length| !range.contains(length)).map_or(Ok(()), |length| {
        Err(OutOfRange { field, value: format!("has {length} characters"), range: format!("have {}", words(&range)) })
    })
}

/// A range as the generator writes them, in words.
fn words<T: fmt::Display>(range: &impl RangeBounds<T>) -> String {
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
    use crate::types::{
        CreateRoomRequest, RoomStatus, RuleType, SubscribeRule, TranscriptionStatus, UpdateRoomRequest,
        UpdateSubscribeRulesRequest, UpdateTranscriptionRequest, VideoCodec,
    };

    #[test]
    fn a_list_repeats_its_key_and_what_is_not_set_is_left_out() {
        let form = CreateRoomRequest {
            unique_name: Some("a b&c".to_owned()),
            audio_only: Some(false),
            video_codecs: Some(vec![VideoCodec::Vp8, VideoCodec::H264]),
            recording_rules: Some(Vec::new()),
            ..CreateRoomRequest::default()
        };
        let expected = Pairs {
            pairs: vec![
                ("AudioOnly", "false".to_owned()),
                ("RecordingRules", "[]".to_owned()),
                ("UniqueName", "a b&c".to_owned()),
                ("VideoCodecs", "VP8".to_owned()),
                ("VideoCodecs", "H264".to_owned()),
            ],
            error: None,
        };
        assert_eq!(form.pairs(), expected);
        assert_eq!(CreateRoomRequest::default().pairs(), Pairs::new());
        let pairs = UpdateRoomRequest::new(RoomStatus::Completed).pairs();
        assert_eq!(pairs, Pairs::new().text("Status", ["completed"]));
    }

    #[test]
    fn a_rule_in_a_form_is_json_without_what_is_not_set() {
        let mut rule = SubscribeRule::new(RuleType::Exclude);
        rule.publisher = Some("interpreter".to_owned());
        let pairs = UpdateSubscribeRulesRequest::new(vec![rule]).pairs();
        let json = r#"[{"publisher":"interpreter","type":"exclude"}]"#;
        assert_eq!(pairs, Pairs::new().text("Rules", [json]));
        let mut form = UpdateTranscriptionRequest::default();
        assert_eq!(form.pairs(), Pairs::new());
        form.status = Some(TranscriptionStatus::Stopped);
        assert_eq!(form.pairs(), Pairs::new().text("Status", ["stopped"]));
    }

    #[test]
    fn what_is_out_of_range_is_named_with_the_range() {
        assert_eq!(range("count", [1_u32, 50], 1..=50), Ok(()));
        let message = |result: Result<(), OutOfRange>| result.map_err(|error| error.to_string());
        assert_eq!(message(range("count", Some(51_u32), 1..=50)), Err("count is 51, but must be 1 to 50".to_owned()));
        let least = message(range("count", [u64::MAX, 0], 1..));
        assert_eq!(least, Err("count is 0, but must be at least 1".to_owned()));
        let most = message(length("name", ["ää", "äää"], ..=2));
        assert_eq!(most, Err("name has 3 characters, but must have at most 2".to_owned()));
    }
}
