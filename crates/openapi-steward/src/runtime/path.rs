//! Values in paths.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What is encoded: everything that is not unreserved (RFC 3986, section 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A value as one segment of a path. No encoding keeps `.`, `..` and an empty one from being taken for something else.
pub(crate) fn encode_path(segment: &str) -> String {
    utf8_percent_encode(segment, RESERVED).to_string()
}

#[cfg(test)]
mod tests {
    use super::encode_path;

    #[test]
    fn whatever_has_a_meaning_in_a_url_is_encoded() {
        assert_eq!(encode_path("RM0-9._~"), "RM0-9._~");
        assert_eq!(encode_path("a/b\\c?d#e%f g+ä\n"), "a%2Fb%5Cc%3Fd%23e%25f%20g%2B%C3%A4%0A");
    }
}
