//! The body of an error response, in any of the forms that the service uses.

use std::fmt;

use serde_json::Value;

/// The number of bytes of a body that an error keeps.
const MAX_EXCERPT: usize = 4096;

/// The service's description of an error. Any field may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ServiceError {
    pub(crate) code: Option<u32>,
    pub(crate) message: Option<String>,
    pub(crate) detail: Option<String>,
    pub(crate) more_info: Option<String>,
}

impl ServiceError {
    /// Parses a body. Each field is parsed on its own, so that one with an unexpected type does not hide the others. A
    /// body that is not a JSON object, such as the HTML page of a proxy, yields no fields.
    pub(crate) fn parse(body: &[u8]) -> Self {
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        let text =
            |name: &str| body.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned);
        let code = body.get("code").and_then(|code| match code {
            Value::String(text) => text.parse().ok(),
            other => u32::try_from(other.as_u64()?).ok(),
        });
        let reference = text("type").filter(|text| text.starts_with("http"));
        let params = || Some(body.get("params")?.get("twilioErrorCodeUrl")?.as_str()?.to_owned());
        Self {
            code,
            message: text("message").or_else(|| text("title")),
            detail: text("detail"),
            more_info: text("more_info").or(reference).or_else(params),
        }
    }
}

/// The beginning of a body as text.
#[derive(Clone, Default)]
pub(crate) struct BodyExcerpt(Box<str>);

impl BodyExcerpt {
    pub(crate) fn new(body: &[u8]) -> Self {
        let prefix = &body[..body.len().min(MAX_EXCERPT)];
        let text = String::from_utf8_lossy(prefix);
        if prefix.len() == body.len() {
            return Self(text.into());
        }
        // The last character may be incomplete.
        let whole = text.trim_end_matches(char::REPLACEMENT_CHARACTER);
        Self(format!("{whole}…").into())
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
        assert_eq!(BodyExcerpt::new(b"short").as_str(), "short");
        assert_eq!(BodyExcerpt::new(b"\xff").as_str(), "\u{fffd}");
        let long = BodyExcerpt::new("ä".repeat(5000).as_bytes());
        assert_eq!(long.as_str().chars().count(), MAX_EXCERPT / 2 + 1);
        let unaligned = BodyExcerpt::new(format!("a{}", "ä".repeat(5000)).as_bytes());
        assert_eq!(unaligned.as_str(), format!("a{}…", "ä".repeat(MAX_EXCERPT / 2 - 1)));
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
