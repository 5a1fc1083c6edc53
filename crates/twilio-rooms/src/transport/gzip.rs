//! Bodies compressed by gzip. reqwest would decode only the first member of one that has several.

use std::io::{ErrorKind, Read};

use flate2::read::MultiGzDecoder;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH};
use http::{HeaderMap, HeaderValue};

use crate::error::Kind;

/// The encodings that a response may have: Brotli is decoded by reqwest.
const ENCODINGS: &str = if cfg!(feature = "brotli") { "gzip,br" } else { "gzip" };

/// Announces the encodings, unless middleware has chosen some.
pub(super) fn announce(headers: &mut HeaderMap) {
    headers.entry(ACCEPT_ENCODING).or_insert(HeaderValue::from_static(ENCODINGS));
}

/// Removes the headers that describe the compressed body, and returns `true` if it is compressed by gzip.
pub(super) fn take_encoding(headers: &mut HeaderMap) -> bool {
    let is_gzip = headers.get(CONTENT_ENCODING).is_some_and(|encoding| {
        ["gzip", "x-gzip"].iter().any(|name| encoding.as_bytes().trim_ascii().eq_ignore_ascii_case(name.as_bytes()))
    });
    if is_gzip {
        headers.remove(CONTENT_ENCODING);
        headers.remove(CONTENT_LENGTH);
    }
    is_gzip
}

/// Decodes a body of up to this many bytes, with all its members.
pub(super) fn decode(operation: &'static str, body: &[u8], limit: u64) -> Result<Vec<u8>, Kind> {
    let mut decoded = Vec::new();
    if body.is_empty() {
        return Ok(decoded);
    }
    match MultiGzDecoder::new(body).take(limit.saturating_add(1)).read_to_end(&mut decoded) {
        Ok(length) if length as u64 > limit => Err(Kind::TooLarge { operation, limit }),
        Ok(_) => Ok(decoded),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Err(Kind::TruncatedBody { operation }),
        Err(error) => {
            let reason = format!("the compressed body is corrupt: {error}");
            Err(Kind::Decode { operation, path: None, reason })
        }
    }
}

/// Decodes as much of the beginning of a body as there is, up to this many bytes.
pub(super) fn decode_beginning(body: &[u8], limit: usize) -> Vec<u8> {
    let mut decoded = Vec::new();
    // An error leaves the bytes that were decoded before it.
    let _ = MultiGzDecoder::new(body).take(limit as u64).read_to_end(&mut decoded);
    decoded
}
