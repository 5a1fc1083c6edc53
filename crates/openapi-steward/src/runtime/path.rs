//! Encoding of path parameters.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The characters to encode: all but the unreserved ones (RFC 3986, section 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Encodes a value as one segment of a path.
///
/// It cannot encode `.`, `..` and the empty string so that a URL keeps them as segments: the caller refuses them.
pub(crate) fn encode_path(segment: &str) -> String {
    utf8_percent_encode(segment, RESERVED).to_string()
}

#[cfg(test)]
mod tests {
    use super::encode_path;

    #[test]
    fn characters_with_a_meaning_in_a_url_are_encoded() {
        assert_eq!(encode_path("RM0-9._~"), "RM0-9._~");
        assert_eq!(encode_path("a/b\\c?d#e%f g+ä\n"), "a%2Fb%5Cc%3Fd%23e%25f%20g%2B%C3%A4%0A");
    }
}
