//! What is wrong with a body that does not decode, and where in it.

use super::path::path_at;
use super::{Error, Kind};

impl Error {
    /// The body of a success did not decode.
    pub(crate) fn decode(operation: &'static str, body: &[u8], error: serde_json::Error) -> Self {
        if body.iter().all(u8::is_ascii_whitespace) {
            let reason = "the body is empty".to_owned();
            return Self::new(Kind::Decode { operation, path: None, reason }).with_source(error);
        }
        if error.is_syntax() || error.is_eof() {
            let reason = format!("the body is not JSON: {error}");
            return Self::new(Kind::Decode { operation, path: None, reason }).with_source(error);
        }
        let path = path_at(body, error.line(), error.column());
        let reason = error.to_string();
        Self::new(Kind::Decode { operation, path, reason }).with_source(error)
    }
}
