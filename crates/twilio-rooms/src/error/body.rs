//! The body of an error response, in any of the forms that the service uses.

use std::fmt;

use super::lenient_json::{Members, Value};
use super::secrets::Secrets;
use super::text::{cut, cut_text};

/// The number of bytes of a body that an error keeps.
const MAX_EXCERPT: usize = 4096;
/// The number of bytes after those in which a secret at their end is found.
const MAX_SECRET: usize = 1024;

/// The service's description of an error. Any field may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ServiceError {
    pub(crate) code: Option<u32>,
    pub(crate) message: Option<String>,
    pub(crate) detail: Option<String>,
    pub(crate) more_info: Option<String>,
}

impl ServiceError {
    /// Parses a body without secrets. Each field is parsed on its own, so that an odd one does not hide the others, nor
    /// does text after the JSON. A body that is not a JSON object, such as the HTML page of a proxy, yields no fields.
    pub(crate) fn parse(body: &[u8]) -> Self {
        let mut error = Self::default();
        let (mut title, mut reference, mut params) = (None, None, None);
        for (name, value) in Members::of(body) {
            match (name.as_str(), value) {
                ("code", Value::Number(number)) => error.code = parse_code(number),
                ("code", Value::Text(text)) => error.code = parse_code(&text),
                ("message", Value::Text(text)) => error.message = non_empty(text),
                ("title", Value::Text(text)) => title = non_empty(text),
                ("detail", Value::Text(text)) => error.detail = non_empty(text),
                ("more_info", Value::Text(text)) => error.more_info = non_empty(text),
                ("type", Value::Text(text)) => reference = non_empty(text).filter(|text| text.starts_with("http")),
                ("params", Value::Object(object)) => params = Some(object),
                _ => {}
            }
        }
        let code_url = |object| {
            let mut members = Members::of(object).filter(|(name, _)| name == "twilioErrorCodeUrl");
            members.find_map(|(_, value)| if let Value::Text(text) = value { non_empty(text) } else { None })
        };
        error.message = error.message.or(title);
        error.more_info = error.more_info.or(reference).or_else(|| code_url(params?));
        error
    }
}

/// Parses a code, which may be text or have a fraction of zero.
fn parse_code(text: &str) -> Option<u32> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    whole.parse().ok().filter(|_| fraction.bytes().all(|digit| digit == b'0'))
}

/// Returns a text that is cut to what an error keeps, unless it is empty.
fn non_empty(text: String) -> Option<String> {
    (!text.is_empty()).then(|| cut_text(text))
}

/// The beginning of a body as text.
#[derive(Clone, Default)]
pub(crate) struct BodyExcerpt(Box<str>);

impl BodyExcerpt {
    /// Keeps the beginning of a body, with the secrets in it replaced.
    pub(crate) fn new(body: &[u8], secrets: &Secrets) -> Self {
        let prefix = secrets.redact(&body[..body.len().min(MAX_EXCERPT + MAX_SECRET)]);
        let text = String::from_utf8_lossy(&prefix[..prefix.len().min(MAX_EXCERPT)]);
        if prefix.len() <= MAX_EXCERPT && body.len() <= MAX_EXCERPT + MAX_SECRET {
            return Self(cut(&text, MAX_EXCERPT).into());
        }
        // The last character may be incomplete.
        let whole = text.trim_end_matches(char::REPLACEMENT_CHARACTER);
        Self(format!("{}…", cut(whole, MAX_EXCERPT).trim_end_matches('…')).into())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for BodyExcerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_ends_at_a_character_boundary() {
        let none = Secrets::default();
        assert_eq!(BodyExcerpt::new(b"short", &none).as_str(), "short");
        assert_eq!(BodyExcerpt::new(b"\xff", &none).as_str(), "\u{fffd}");
        let long = BodyExcerpt::new("ä".repeat(5000).as_bytes(), &none);
        assert_eq!(long.as_str().chars().count(), MAX_EXCERPT / 2 + 1);
        let unaligned = BodyExcerpt::new(format!("a{}", "ä".repeat(5000)).as_bytes(), &none);
        assert_eq!(unaligned.as_str(), format!("a{}…", "ä".repeat(MAX_EXCERPT / 2 - 1)));
    }

    #[test]
    fn a_secret_at_the_end_of_an_excerpt_is_replaced() {
        let body = format!("{}the-secret{}", "x".repeat(MAX_EXCERPT - 3), "y".repeat(5000));
        let excerpt = BodyExcerpt::new(body.as_bytes(), &Secrets::new(["the-secret"]));
        assert!(excerpt.as_str().ends_with("xx[re…"), "{excerpt:?}");
    }

    #[test]
    fn an_odd_part_does_not_hide_the_code() {
        let long = "x".repeat(200_000);
        let deep = "[".repeat(100_000);
        for odd in [r#""a": "\ud800""#, r#""a": 1e400"#, &format!(r#""a": "{long}""#), &format!(r#""a": {deep}"#)] {
            let body = format!(r#"{{"code": 53113, "message": "Room exists", {odd}}}"#);
            let error = ServiceError::parse(body.as_bytes());
            assert_eq!((error.code, error.message.as_deref()), (Some(53113), Some("Room exists")), "{body:.80}");
        }
        for (body, code) in [
            (r#"{"a": 1e400, "b": "\ud800", "code": 53113}"#, Some(53113)),
            (r#"{"a": [[[{}]]], "code": 53113.0} and more"#, Some(53113)),
            (r#"{"code": 53113.5}"#, None),
        ] {
            assert_eq!(ServiceError::parse(body.as_bytes()).code, code, "{body}");
        }
        assert_eq!(
            ServiceError::parse(format!(r#"{{"message": "{long}"}}"#).as_bytes()).message.map(|it| it.len()),
            Some(1027)
        );
    }

    #[test]
    fn a_field_of_an_unexpected_type_does_not_hide_the_others() {
        let error = ServiceError::parse(br#"{"code": "20404", "message": 7, "detail": null, "more_info": "u"}"#);
        let expected = ServiceError { code: Some(20404), more_info: Some("u".to_owned()), ..ServiceError::default() };
        assert_eq!(error, expected);
        for unusable in ["", "<html>", "[]", "null", "{\"code\": -1}"] {
            assert_eq!(ServiceError::parse(unusable.as_bytes()), ServiceError::default(), "{unusable}");
        }
    }
}
