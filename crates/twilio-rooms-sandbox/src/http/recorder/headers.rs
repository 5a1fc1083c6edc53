//! The headers of requests and responses, and the length that a line can have.

use axum::http::HeaderMap;
use serde::Serialize;

use super::secrets::hide_in_header;

/// The maximum number of headers that are kept of a request or a response.
const MAX_HEADERS: usize = 100;
/// The maximum number of bytes that are kept of a header or a target.
const MAX_LINE: usize = 4096;

/// The headers that are kept, without secrets.
#[derive(Debug, Default, Serialize)]
pub(super) struct RecordedHeaders {
    pairs: Vec<(String, String)>,
    /// The number of headers that are not kept.
    left_out: usize,
}

impl RecordedHeaders {
    pub(super) fn new(headers: &HeaderMap) -> Self {
        let pairs = headers.iter().take(MAX_HEADERS).map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes());
            (name.to_string(), cut(&hide_in_header(name.as_str(), &value)))
        });
        Self { pairs: pairs.collect(), left_out: headers.len().saturating_sub(MAX_HEADERS) }
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn weight(&self) -> usize {
        self.pairs.iter().map(|(name, value)| name.len() + value.len() + 48).sum()
    }
}

/// Cuts a text to a length that a line can have, and says how long it was.
pub(super) fn cut(text: &str) -> String {
    if text.len() <= MAX_LINE {
        return text.to_owned();
    }
    let end = (0..=MAX_LINE).rev().find(|&end| text.is_char_boundary(end)).unwrap_or_default();
    format!("{}… ({} bytes)", &text[..end], text.len())
}
