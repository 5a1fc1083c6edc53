//! Errors for bodies that do not decode, with the path of the rejected value.

use super::json_path::json_path_at;
use super::{Error, Kind};

impl Error {
    /// The body of a successful response does not decode.
    ///
    /// The reason is part of the message, and so is not the error's source as well.
    pub(crate) fn decode(operation: &'static str, body: &[u8], error: &serde_json::Error) -> Self {
        let (path, reason) = if body.iter().all(u8::is_ascii_whitespace) {
            (None, "the body is empty".to_owned())
        } else if error.is_syntax() || error.is_eof() {
            (None, format!("the body is not JSON: {error}"))
        } else {
            (json_path_at(body, error.line(), error.column()), error.to_string())
        };
        Self::new(Kind::Decode { operation, path, reason })
    }
}
