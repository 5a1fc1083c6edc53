//! The body of an error, in whatever form it comes.

use std::fmt;

use serde_json::Value;

/// How much of a body is kept.
const KEPT: usize = 4096;

/// What the service says of an error. Any part may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ServiceError {
    pub(crate) code: Option<u32>,
    pub(crate) message: Option<String>,
    pub(crate) detail: Option<String>,
    pub(crate) more_info: Option<String>,
}

impl ServiceError {
    /// Reads the body. Each part is read by itself, so that an odd one takes nothing away from the others; of a body that is
    /// no JSON object, such as the page of a proxy, nothing is known.
    pub(crate) fn read(body: &[u8]) -> Self {
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

/// The beginning of a body.
#[derive(Clone, Default)]
pub(crate) struct Excerpt(Box<str>);

impl Excerpt {
    pub(crate) fn of(body: &[u8]) -> Self {
        let kept = &body[..body.len().min(KEPT)];
        let text = String::from_utf8_lossy(kept);
        if kept.len() == body.len() {
            return Self(text.into());
        }
        // The cut may have gone through a character.
        let whole = text.trim_end_matches(char::REPLACEMENT_CHARACTER);
        Self(format!("{whole}…").into())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_cut_at_a_character() {
        assert_eq!(Excerpt::of(b"short").as_str(), "short");
        assert_eq!(Excerpt::of(b"\xff").as_str(), "\u{fffd}");
        let long = Excerpt::of("ä".repeat(5000).as_bytes());
        assert_eq!(long.as_str().chars().count(), KEPT / 2 + 1);
        let odd = Excerpt::of(format!("a{}", "ä".repeat(5000)).as_bytes());
        assert_eq!(odd.as_str(), format!("a{}…", "ä".repeat(KEPT / 2 - 1)));
    }

    #[test]
    fn an_odd_part_takes_nothing_away_from_the_others() {
        let error = ServiceError::read(br#"{"code": "20404", "message": 7, "detail": null, "more_info": "u"}"#);
        let expected = ServiceError { code: Some(20404), more_info: Some("u".to_owned()), ..ServiceError::default() };
        assert_eq!(error, expected);
        for nothing in ["", "<html>", "[]", "null", "{\"code\": -1}"] {
            assert_eq!(ServiceError::read(nothing.as_bytes()), ServiceError::default(), "{nothing}");
        }
    }
}
