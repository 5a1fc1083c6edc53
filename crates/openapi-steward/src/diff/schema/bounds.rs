//! The limits of numbers, lengths and counts of a schema.

use std::cmp::Ordering;

use serde_json::{Number, Value};

use super::super::view::View;
use crate::schema::integer;

/// A number of a document. Integers are exact, as the largest of 64 bits are limits too.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Limit {
    Whole(i128),
    Other(f64),
}

impl Limit {
    fn of(number: &Number) -> Option<Self> {
        integer(number).map(Self::Whole).or_else(|| number.as_f64().map(Self::Other))
    }

    #[expect(clippy::cast_precision_loss, reason = "the other number has no more precision")]
    fn to_f64(self) -> f64 {
        match self {
            Self::Whole(number) => number as f64,
            Self::Other(number) => number,
        }
    }

    fn compare(self, other: Self) -> Ordering {
        match (self, other) {
            (Self::Whole(one), Self::Whole(other)) => one.cmp(&other),
            (one, other) => one.to_f64().total_cmp(&other.to_f64()),
        }
    }
}

/// A limit of a version. An exclusive one is not allowed itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bound {
    value: Limit,
    is_exclusive: bool,
    /// The limit as it is written, where that of an integer is compared as the next integer that is allowed.
    written: (Limit, bool),
}

impl Bound {
    fn new(value: Limit, is_exclusive: bool) -> Self {
        Self { value, is_exclusive, written: (value, is_exclusive) }
    }

    /// Returns whether this limit allows fewer values than another.
    pub(super) fn is_tighter(self, other: Self, least: bool) -> bool {
        match self.value.compare(other.value) {
            Ordering::Equal => self.is_exclusive && !other.is_exclusive,
            order => (order == Ordering::Greater) == least,
        }
    }

    pub(super) fn text(self) -> String {
        let (limit, is_exclusive) = self.written;
        let limit = match limit {
            Limit::Whole(number) => number.to_string(),
            Limit::Other(number) => number.to_string(),
        };
        format!("{limit}{}", if is_exclusive { " (exclusive)" } else { "" })
    }

    /// The same limit for integers only.
    #[expect(clippy::cast_possible_truncation, reason = "numbers of this size are exact")]
    fn of_integers(self, least: bool) -> Self {
        let whole = match self.value {
            Limit::Whole(number) if self.is_exclusive => number + if least { 1 } else { -1 },
            Limit::Whole(number) => number,
            Limit::Other(number) if number.abs() > 9e15 => return self,
            Limit::Other(number) => (if least { number.ceil() } else { number.floor() }) as i128,
        };
        Self { value: Limit::Whole(whole), is_exclusive: false, ..self }
    }

    /// Returns whether a value is within this limit.
    fn allows(self, value: Limit, least: bool) -> bool {
        match value.compare(self.value) {
            Ordering::Equal => !self.is_exclusive,
            order => (order == Ordering::Greater) == least,
        }
    }
}

/// The tightest limit of all parts of a schema. Missing if it limits nothing.
pub(super) fn bound(view: &View<'_>, key: &str, least: bool) -> Option<Bound> {
    let exclusive = match key {
        "minimum" => "exclusiveMinimum",
        "maximum" => "exclusiveMaximum",
        _ => "",
    };
    let number = |value: Option<&crate::document::Node>| match value?.to_json() {
        Value::Number(number) => Limit::of(&number),
        _ => None,
    };
    let mut bounds = Vec::new();
    for layer in &view.layers {
        bounds.extend(number(layer.get(key)).map(|value| Bound::new(value, layer.is_true(exclusive))));
        bounds.extend(number(layer.get(exclusive)).map(|value| Bound::new(value, true)));
    }
    if bounds.is_empty() {
        return None;
    }
    if view.types().is_some_and(|types| types.len() == 1 && types.contains("integer")) {
        bounds = bounds.into_iter().map(|bound| bound.of_integers(least)).collect();
    }
    let tightest = bounds.into_iter().reduce(|one, other| if other.is_tighter(one, least) { other } else { one });
    // A length cannot be smaller than nothing.
    tightest.filter(|bound| !least || key == "minimum" || bound.value.compare(Limit::Whole(0)) == Ordering::Greater)
}

/// Returns whether a schema lists its values, and all of them are within a limit.
pub(super) fn is_met_by_all(view: &View<'_>, key: &str, bound: Bound, least: bool) -> bool {
    let size = |value: &Value| {
        let length = match value {
            Value::Number(number) => return Limit::of(number),
            Value::String(text) => text.chars().count(),
            Value::Array(items) => items.len(),
            Value::Object(map) => map.len(),
            _ => return None,
        };
        i128::try_from(length).ok().map(Limit::Whole)
    };
    let is_limited = |value: &Value| match key {
        "minimum" | "maximum" => value.is_number(),
        "minLength" | "maxLength" => value.is_string(),
        "minItems" | "maxItems" => value.is_array(),
        _ => value.is_object(),
    };
    let is_met = |value: &Value| !is_limited(value) || size(value).is_none_or(|size| bound.allows(size, least));
    view.lists_only(is_met)
}

/// The limits of a format of integers.
fn range(format: &str) -> Option<(i128, i128)> {
    Some(match format {
        "int8" => (i8::MIN.into(), i8::MAX.into()),
        "int16" => (i16::MIN.into(), i16::MAX.into()),
        "int32" => (i32::MIN.into(), i32::MAX.into()),
        "int64" => (i64::MIN.into(), i64::MAX.into()),
        "uint8" => (0, u8::MAX.into()),
        "uint16" => (0, u16::MAX.into()),
        "uint32" => (0, u32::MAX.into()),
        "uint64" => (0, u64::MAX.into()),
        _ => return None,
    })
}

/// Returns whether the limits of an integer are within those of a format, which then limits nothing.
pub(super) fn is_within_format(view: &View<'_>, format: &str) -> bool {
    let Some((least, most)) = range(format) else { return false };
    let within = |key, is_least, limit| {
        bound(view, key, is_least)
            .is_some_and(|bound| !Bound::new(Limit::Whole(limit), false).is_tighter(bound, is_least))
    };
    within("minimum", true, least) && within("maximum", false, most)
}
