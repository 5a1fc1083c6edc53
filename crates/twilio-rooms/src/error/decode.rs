//! Errors for bodies that do not decode, with the path of the rejected value.

use super::json_path::json_path_at;
use super::secrets::Secrets;
use super::text::cut_text;
use super::{Error, Kind};

impl Error {
    /// The body of a successful response does not decode, or ends in the middle of its JSON.
    ///
    /// The reason is part of the message, and so is not the error's source as well.
    pub(crate) fn decode(operation: &'static str, body: &[u8], error: &serde_json::Error, secrets: &Secrets) -> Self {
        let (path, reason) = if body.iter().all(u8::is_ascii_whitespace) {
            (None, "the body is empty".to_owned())
        } else if error.is_eof() {
            return Self::new(Kind::TruncatedBody { operation });
        } else if error.is_syntax() {
            (None, format!("the body is not JSON: {error}"))
        } else {
            (json_path_at(body, error.line(), error.column()), error.to_string())
        };
        let text = |text: String| cut_text(secrets.redact_text(&text));
        Self::new(Kind::Decode { operation, path: path.map(text), reason: text(reason) })
    }
}
