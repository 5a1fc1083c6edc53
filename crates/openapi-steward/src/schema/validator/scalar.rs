//! The keywords for values of any type, for numbers, and for strings.

use std::cmp::Ordering;

use serde_json::Number;

use super::mismatch::{Mismatch, MismatchKind, Path, any_of, shown};
use super::run::{Run, mismatch};
use crate::document::{Node, Value};
use crate::schema::canonical::{compare, equal, integer};

/// Returns whether a value has this type of OpenAPI. A number without a fraction is an integer.
pub(crate) fn has_type(value: &Node, kind: &str) -> bool {
    match (&value.value, kind) {
        (Value::Number(number), "integer") => integer(number).is_some() || number.as_f64().is_some_and(is_whole),
        (Value::String(_), "string")
        | (Value::Bool(_), "boolean")
        | (Value::Number(_), "number")
        | (Value::List(_), "array")
        | (Value::Map(_), "object") => true,
        // Other rules report a type that OpenAPI does not have.
        (_, kind) => !["string", "boolean", "number", "integer", "array", "object"].contains(&kind),
    }
}

fn is_whole(float: f64) -> bool {
    float.fract() == 0.0
}

/// Returns the reason if a value does not have the type of its schema.
pub(super) fn wrong_type(schema: &Node, value: &Node) -> Option<String> {
    let kind = schema.get_str("type")?;
    if has_type(value, kind) {
        return None;
    }
    let shown = shown(value);
    Some(if schema.is_true("nullable") {
        format!("{shown} is not of types \"null\", \"{kind}\"")
    } else {
        format!("{shown} is not of type \"{kind}\"")
    })
}

impl<'v> Run<'_, '_, 'v> {
    pub(super) fn scalar(&self, schema: &Node, value: &'v Node, path: Path<'_>, mismatches: &mut Vec<Mismatch>) {
        let mut report = |kind, cause: &str, reason| {
            mismatches.push(mismatch(kind, schema, value, path, reason, cause));
        };
        if let Some(Value::List(allowed)) = schema.get("enum").map(|node| &node.value)
            && !allowed.iter().any(|candidate| equal(candidate, value))
        {
            report(MismatchKind::Value, "enum", format!("{} is not one of {}", shown(value), any_of(allowed)));
        }
        match &value.value {
            Value::Number(number) => {
                for (cause, reason) in number_limits(schema, number) {
                    report(MismatchKind::Value, cause, reason);
                }
                if let Some(reason) = self.out_of_format(schema, number) {
                    report(MismatchKind::Format, "format", reason);
                }
            }
            Value::String(text) => {
                for (cause, reason) in self.string_limits(schema, text) {
                    report(MismatchKind::Value, cause, format!("{} {reason}", shown(value)));
                }
                if let Some(format) = schema.get_str("format")
                    && !self.validator.strings.has_format(format, text)
                {
                    report(MismatchKind::Format, "format", format!("{} is not a \"{format}\"", shown(value)));
                }
            }
            _ => {}
        }
    }

    /// Checks the range of an integer format, such as `uint32`.
    fn out_of_format(&self, schema: &Node, number: &Number) -> Option<String> {
        let format = schema.get_str("format")?;
        let value = integer(number)?;
        let (minimum, maximum) = self.validator.formats.range(format);
        let is_below = minimum.is_some_and(|minimum| value < i128::from(minimum));
        let is_above = maximum.is_some_and(|maximum| value > i128::from(maximum));
        let is_outside = is_below || is_above || (format == "int64" && i64::try_from(value).is_err());
        is_outside.then(|| format!("{number} is not within the range of `{format}`"))
    }

    fn string_limits(&self, schema: &Node, text: &str) -> Vec<(&'static str, String)> {
        let mut reasons = Vec::new();
        let limit = |key: &str| limit(schema, key);
        if let Some(maximum) = limit("maxLength").filter(|maximum| exceeds(text, *maximum)) {
            reasons.push(("maxLength", format!("is longer than {maximum} characters")));
        }
        if let Some(minimum) = limit("minLength").filter(|minimum| *minimum > 0 && !exceeds(text, minimum - 1)) {
            reasons.push(("minLength", format!("is shorter than {minimum} characters")));
        }
        if let Some(pattern) = schema.get_str("pattern")
            && !self.validator.strings.match_pattern(pattern, text)
        {
            reasons.push(("pattern", format!("does not match \"{pattern}\"")));
        }
        reasons
    }
}

/// Returns whether a text has more characters than this.
fn exceeds(text: &str, characters: u64) -> bool {
    usize::try_from(characters).is_ok_and(|characters| text.chars().nth(characters).is_some())
}

/// The value of a keyword such as `maxLength`.
pub(super) fn limit(schema: &Node, key: &str) -> Option<u64> {
    number(schema, key).and_then(|number| u64::try_from(integer(number)?).ok())
}

fn number<'n>(schema: &'n Node, key: &str) -> Option<&'n Number> {
    match &schema.get(key)?.value {
        Value::Number(number) => Some(number),
        _ => None,
    }
}

fn number_limits(schema: &Node, value: &Number) -> Vec<(&'static str, String)> {
    let mut reasons = Vec::new();
    if let Some(minimum) = number(schema, "minimum") {
        let order = compare(value, minimum);
        if order == Some(Ordering::Less) {
            reasons.push(("minimum", format!("{value} is less than the minimum of {minimum}")));
        } else if order == Some(Ordering::Equal) && schema.is_true("exclusiveMinimum") {
            reasons.push(("minimum", format!("{value} is less than or equal to the minimum of {minimum}")));
        }
    }
    if let Some(maximum) = number(schema, "maximum") {
        let order = compare(value, maximum);
        if order == Some(Ordering::Greater) {
            reasons.push(("maximum", format!("{value} is greater than the maximum of {maximum}")));
        } else if order == Some(Ordering::Equal) && schema.is_true("exclusiveMaximum") {
            reasons.push(("maximum", format!("{value} is greater than or equal to the maximum of {maximum}")));
        }
    }
    if let Some(step) = number(schema, "multipleOf").filter(|step| !is_multiple(value, step)) {
        reasons.push(("multipleOf", format!("{value} is not a multiple of {step}")));
    }
    reasons
}

/// Returns whether a number is a multiple of a step. Fractions such as 0.1 are not exact, so a small deviation is none.
fn is_multiple(value: &Number, step: &Number) -> bool {
    if let (Some(value), Some(step)) = (integer(value), integer(step)) {
        return step <= 0 || value % step == 0;
    }
    let (Some(value), Some(step)) = (value.as_f64(), step.as_f64()) else { return true };
    let quotient = value / step;
    step <= 0.0 || (quotient - quotient.round()).abs() <= 1e-9 * quotient.abs().max(1.0)
}
