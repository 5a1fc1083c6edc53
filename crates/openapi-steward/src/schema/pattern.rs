//! Patterns, which are ECMAScript regular expressions, and string formats.

use std::cell::RefCell;
use std::collections::HashMap;

use jsonschema::Validator;
use jsonschema::error::ValidationErrorKind;
use serde_json::{Value, json};

/// Returns whether a pattern is a regular expression of ECMAScript, with or without the flag `u`.
pub(crate) fn is_ecmascript(pattern: &str) -> bool {
    ["", "u"].into_iter().any(|flags| regress::Regex::with_flags(pattern, flags).is_ok())
}

/// Checks strings against patterns and formats, each of which is compiled once.
#[derive(Debug, Default)]
pub(crate) struct Strings {
    patterns: RefCell<HashMap<String, Option<Validator>>>,
    formats: RefCell<HashMap<String, Option<Validator>>>,
}

impl Strings {
    /// Returns whether a text matches a pattern. A pattern that this tool cannot compile, or that takes too long, matches every text.
    pub(crate) fn match_pattern(&self, pattern: &str, text: &str) -> bool {
        let mut patterns = self.patterns.borrow_mut();
        if !patterns.contains_key(pattern) {
            // An empty negated class is any character.
            let translated = pattern.replace("[^]", "[\\s\\S]");
            let validator = jsonschema::draft202012::new(&json!({ "pattern": translated })).ok();
            patterns.insert(pattern.to_owned(), validator);
        }
        let Some(Some(validator)) = patterns.get(pattern) else { return true };
        match validator.validate(&Value::from(text)) {
            Ok(()) => true,
            Err(error) => !matches!(error.kind(), ValidationErrorKind::Pattern { .. }),
        }
    }

    /// Returns whether a text has a format. Every text has an unknown format.
    pub(crate) fn has_format(&self, format: &str, text: &str) -> bool {
        let mut formats = self.formats.borrow_mut();
        if !formats.contains_key(format) {
            let options = jsonschema::draft202012::options().should_validate_formats(true);
            formats.insert(format.to_owned(), options.build(&json!({ "format": format })).ok());
        }
        let Some(Some(validator)) = formats.get(format) else { return true };
        validator.is_valid(&Value::from(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_syntax_of_ecmascript_is_accepted() {
        for pattern in [r"(?<!a)b", r"^\/a\-b$", r"(?<y>\d{4})", "^[^]*$", r"^[\w-.]+$", r"^\p{L}+$", r"^\cA$"] {
            assert!(is_ecmascript(pattern), "{pattern}");
        }
        for pattern in ["[a-", "(a", "a**", r"(?<y>a)(?<y>b)"] {
            assert!(!is_ecmascript(pattern), "{pattern}");
        }
    }

    #[test]
    fn a_text_is_matched_like_in_ecmascript() {
        let strings = Strings::default();
        for (pattern, text) in [(r"(?<!a)b", "cb"), (r"^\/a\-b$", "/a-b"), ("^[^]*$", "a\nb"), (r"^\d+$", "12")] {
            assert!(strings.match_pattern(pattern, text), "{pattern}");
        }
        for (pattern, text) in [(r"(?<!a)b", "ab"), ("^a$", "b"), (r"^\d$", "٣")] {
            assert!(!strings.match_pattern(pattern, text), "{pattern}");
        }
    }

    #[test]
    fn a_pattern_that_takes_long_ends() {
        let text = format!("{}!", "a".repeat(60));
        assert!(Strings::default().match_pattern(r"^(?=a)((a+)+)\1b$|!", &text));
    }

    #[test]
    fn only_known_formats_are_checked() {
        let strings = Strings::default();
        assert!(strings.has_format("date-time", "2026-01-02T03:04:05Z") && strings.has_format("sid", "x"));
        assert!(!strings.has_format("date-time", "yesterday"));
    }
}
