//! Decoding and encoding of instants. Both are made for speed: chrono's parser takes a large part of the time of a listing, and its
//! formatter a large part of the time to write one as JSON.

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use serde::de::value::StrDeserializer;
use serde::de::{Deserializer, Visitor};
use serde::{Deserialize, Serialize, Serializer};

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

/// Serializes an optional instant, for `#[serde(serialize_with)]`. `None` is a null.
#[allow(clippy::ref_option, reason = "serde passes the field by reference")]
pub(crate) fn write_instant<S: Serializer>(instant: &Option<DateTime<Utc>>, serializer: S) -> Result<S::Ok, S::Error> {
    struct Instant<'a>(&'a DateTime<Utc>);

    impl Serialize for Instant<'_> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            match format_whole_second(self.0).as_ref().map(|text| std::str::from_utf8(text)) {
                Some(Ok(text)) => serializer.serialize_str(text),
                _ => self.0.serialize(serializer),
            }
        }
    }

    match instant {
        Some(instant) => serializer.serialize_some(&Instant(instant)),
        None => serializer.serialize_none(),
    }
}

/// Formats an instant without a fraction, in a year of four digits: `2026-11-01T12:00:00Z`. chrono formats the others.
fn format_whole_second(instant: &DateTime<Utc>) -> Option<[u8; 20]> {
    let local = instant.naive_utc();
    let year = u32::try_from(local.year()).ok().filter(|year| *year <= 9999)?;
    if local.nanosecond() != 0 {
        return None;
    }
    let two = |number: u32| [number / 10 % 10, number % 10].map(|digit| b"0123456789"[digit as usize]);
    let ([y1, y2], [y3, y4], [m1, m2], [d1, d2]) =
        (two(year / 100), two(year % 100), two(local.month()), two(local.day()));
    let ([h1, h2], [n1, n2], [s1, s2]) = (two(local.hour()), two(local.minute()), two(local.second()));
    Some([y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T', h1, h2, b':', n1, n2, b':', s1, s2, b'Z'])
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
    fn an_instant_is_written_as_chrono_writes_it() -> serde_json::Result<()> {
        let written = |instant| write_instant(&instant, serde_json::value::Serializer);
        for (text, is_quick) in [
            ("2026-11-01T12:00:00Z", true),
            ("2024-02-29T23:59:59Z", true),
            ("0001-01-01T00:00:00Z", true),
            ("9999-12-31T23:59:59Z", true),
            ("2026-11-01T12:00:00.5Z", false),
            ("2026-11-01T12:00:00.000000001Z", false),
            ("2016-12-31T23:59:60Z", false),
            ("+12345-01-01T00:00:00Z", false),
            ("-0001-01-01T00:00:00Z", false),
        ] {
            let instant = DateTime::deserialize(&serde_json::Value::from(text))?;
            assert_eq!(format_whole_second(&instant).is_some(), is_quick, "{text}");
            assert_eq!(written(Some(instant))?, serde_json::to_value(instant)?, "{text}");
        }
        assert_eq!(written(None)?, serde_json::Value::Null);
        Ok(())
    }
}
