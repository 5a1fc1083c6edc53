//! Decoding of response bodies. It is made for speed: a page of a listing can be larger than a megabyte.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use serde::de::value::StrDeserializer;
use serde::de::{DeserializeOwned, Deserializer, Error as _, Visitor};

use crate::generated::{Error, ResponseValue};

/// Reads and decodes the body of a response.
///
/// # Errors
///
/// [`Error::ResponseBodyError`] if the body cannot be read, [`Error::InvalidResponsePayload`] with the body if it is not JSON of
/// a `T`.
pub(crate) async fn read_body<T: DeserializeOwned, E>(
    response: reqwest::Response,
) -> Result<ResponseValue<T>, Error<E>> {
    let (status, headers) = (response.status(), response.headers().clone());
    let body = response.bytes().await.map_err(Error::ResponseBodyError)?;
    match from_json(&body) {
        Ok(value) => Ok(ResponseValue::new(value, status, headers)),
        Err(error) => Err(Error::InvalidResponsePayload(body, error)),
    }
}

/// Decodes JSON. It validates the UTF-8 once for the whole body, which is faster than once for each string.
fn from_json<T: DeserializeOwned>(body: &[u8]) -> serde_json::Result<T> {
    match std::str::from_utf8(body) {
        Ok(body) => serde_json::from_str(body),
        // Decoding a `T` here would compile the code of each type twice.
        Err(_) => match serde_json::from_slice::<serde_json::Value>(body) {
            Err(error) => Err(error),
            Ok(_) => Err(serde_json::Error::custom("the body is not UTF-8")),
        },
    }
}

/// Deserializes an optional instant, for `#[serde(deserialize_with)]`. A null is `None`.
pub(crate) fn instant<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<DateTime<Utc>>, D::Error> {
    struct Instant(DateTime<Utc>);

    impl<'de> Deserialize<'de> for Instant {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_str(InstantVisitor).map(Self)
        }
    }

    Ok(Option::<Instant>::deserialize(deserializer)?.map(|Instant(instant)| instant))
}

struct InstantVisitor;

impl Visitor<'_> for InstantVisitor {
    type Value = DateTime<Utc>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an RFC 3339 formatted date and time string")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
        match parse_whole_second(text.as_bytes()) {
            Some(instant) => Ok(instant),
            None => DateTime::deserialize(StrDeserializer::<E>::new(text)).map_err(E::custom),
        }
    }
}

/// Parses an instant in UTC without a fraction: `2026-11-01T12:00:00Z`. Most instants have this form; chrono parses the others.
fn parse_whole_second(text: &[u8]) -> Option<DateTime<Utc>> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T', h1, h2, b':', n1, n2, b':', s1, s2, b'Z'] = text else {
        return None;
    };
    let two = |tens: u8, ones: u8| {
        let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
        (tens < 10 && ones < 10).then(|| u32::from(tens * 10 + ones))
    };
    let year = i32::try_from(two(y1, y2)? * 100 + two(y3, y4)?).ok()?;
    let date = NaiveDate::from_ymd_opt(year, two(m1, m2)?, two(d1, d2)?)?;
    Some(date.and_hms_opt(two(h1, h2)?, two(n1, n2)?, two(s1, s2)?)?.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the instant of a text, and the one that chrono parses.
    fn parse_both(text: &str) -> [Result<DateTime<Utc>, String>; 2] {
        let value = serde_json::Value::from(text);
        let ours = instant(&value).map_err(|error| error.to_string());
        [
            ours.and_then(|instant| instant.ok_or_else(|| "null".to_owned())),
            DateTime::deserialize(&value).map_err(|error| error.to_string()),
        ]
    }

    #[test]
    fn an_instant_is_parsed_as_chrono_parses_it() {
        for text in ["2026-11-01T12:00:00Z", "2024-02-29T23:59:59Z", "0001-01-01T00:00:00Z", "9999-12-31T00:00:00Z"] {
            assert!(parse_whole_second(text.as_bytes()).is_some(), "{text}");
            let [ours, chrono] = parse_both(text);
            assert_eq!(ours, chrono);
            assert!(ours.is_ok());
        }
        for text in [
            "2026-11-01T12:00:00.5Z",
            "2026-11-01T12:00:00+02:00",
            "2026-11-01t12:00:00z",
            "2026-11-01 12:00:00Z",
            "2016-12-31T23:59:60Z",
            "2026-02-29T12:00:00Z",
            "2026-13-01T12:00:00Z",
            "2026-11-01T24:00:00Z",
            "2026-11-01T12:00:0:Z",
            "2026-11-01T12:00:0/Z",
            "+026-11-01T12:00:00Z",
            "Sun, 01 Nov 2026 12:00:00 +0000",
            "",
        ] {
            assert_eq!(parse_whole_second(text.as_bytes()), None, "{text}");
            let [ours, chrono] = parse_both(text);
            assert_eq!(ours, chrono, "{text}");
        }
    }

    #[test]
    fn a_null_is_none_and_a_number_is_an_error() {
        assert_eq!(instant(serde_json::Value::Null).ok(), Some(None));
        let error = instant(serde_json::Value::from(7)).map_err(|error| error.to_string());
        assert_eq!(
            error,
            Err("invalid type: integer `7`, expected an RFC 3339 formatted date and time string".to_owned())
        );
    }

    #[test]
    fn a_body_that_is_not_utf_8_is_an_error_with_its_position() {
        let error = from_json::<serde_json::Value>(b"{\"a\": \"\xff\"}").map_err(|error| error.to_string());
        assert_eq!(error, Err("invalid unicode code point at line 1 column 8".to_owned()));
        assert_eq!(from_json::<u8>(b" 7\n").ok(), Some(7));
    }
}
