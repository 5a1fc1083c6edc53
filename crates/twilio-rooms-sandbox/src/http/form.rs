//! Form bodies, and the kinds of values in them.

use std::ops::RangeInclusive;

use axum::Form;
use axum::extract::rejection::FormRejection;
use serde_json::Value;

use super::error::ApiError;
use super::query::Pairs;

/// The maximum length of a URL, in bytes.
const MAX_URL_LENGTH: usize = 1023;

/// The form of a request, or the reason for which it cannot be decoded.
pub(crate) type FormPairs = Result<Form<Pairs>, FormRejection>;

pub(crate) fn decode_form(form: FormPairs) -> Result<Pairs, ApiError> {
    form.map(|Form(pairs)| pairs).map_err(|error| ApiError::bad_parameter(format!("Invalid body: {error}")))
}

pub(crate) fn parse_choice(
    value: &str,
    choices: &[&'static str],
    code: u32,
    message: &str,
) -> Result<&'static str, ApiError> {
    let choice = choices.iter().copied().find(|choice| *choice == value);
    choice.ok_or_else(|| ApiError::bad_request(code, message))
}

/// Parses a boolean in any case: the vendor's libraries differ in how they write them.
pub(crate) fn parse_bool(name: &str, value: &str) -> Result<bool, ApiError> {
    match value.to_ascii_lowercase().as_str() {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(ApiError::bad_parameter(format!("Invalid {name}: {value} is neither true nor false"))),
    }
}

pub(crate) fn parse_number(value: &str, range: RangeInclusive<u32>, code: u32, message: &str) -> Result<u32, ApiError> {
    let number = value.parse().ok().filter(|number| range.contains(number));
    number.ok_or_else(|| ApiError::bad_request(code, message))
}

pub(crate) fn parse_callback_url(value: &str) -> Result<String, ApiError> {
    let is_url = ["http://", "https://"].into_iter().any(|scheme| value.starts_with(scheme));
    if is_url && value.len() <= MAX_URL_LENGTH {
        Ok(value.to_owned())
    } else {
        Err(ApiError::bad_request(53111, "StatusCallback is invalid"))
    }
}

pub(crate) fn parse_json_object(name: &str, value: &str) -> Result<Value, ApiError> {
    let object = serde_json::from_str(value).ok().filter(Value::is_object);
    object.ok_or_else(|| ApiError::bad_parameter(format!("Invalid {name}: not a JSON object")))
}
