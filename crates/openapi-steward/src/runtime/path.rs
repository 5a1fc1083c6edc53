//! Encoding of path parameters.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The characters to encode: all but the unreserved ones (RFC 3986, section 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Returns the URL of a path whose parameters are filled in. `template` is the path with their names.
///
/// # Errors
///
/// A segment is empty, `.` or `..` because of its parameters. No encoding keeps those: the request would be for another path.
pub(crate) fn url(base: &str, template: &str, path: &str) -> Result<String, String> {
    let is_lost = |(described, segment): &(&str, &str)| described != segment && ["", ".", ".."].contains(segment);
    match template.split('/').zip(path.split('/')).find(is_lost) {
        Some((described, segment)) => {
            Err(format!("the path {template} cannot have `{segment}` in the place of `{described}`"))
        }
        None => Ok(format!("{base}{path}")),
    }
}

/// Encodes a value as a part of a path.
pub(crate) fn encode_path(segment: &str) -> String {
    utf8_percent_encode(segment, RESERVED).to_string()
}

#[cfg(test)]
mod tests {
    use super::{encode_path, url};

    #[test]
    fn a_segment_that_a_url_does_not_keep_is_an_error() {
        let base = "https://example.com";
        let url = |template: &str, path: &str| url(base, template, path);
        let ok = |path: &str| Ok::<_, String>(format!("{base}{path}"));
        assert_eq!(url("/a/{id}", "/a/..."), ok("/a/..."));
        assert_eq!(url("/a//{id}/", "/a//7/"), ok("/a//7/"));
        assert_eq!(url("/a/{id}.json", "/a/.json"), ok("/a/.json"));
        for segment in ["", ".", ".."] {
            let expected = format!("the path /a/{{id}}/b cannot have `{segment}` in the place of `{{id}}`");
            assert_eq!(url("/a/{id}/b", &format!("/a/{segment}/b")), Err(expected));
        }
    }

    #[test]
    fn characters_with_a_meaning_in_a_url_are_encoded() {
        assert_eq!(encode_path("RM0-9._~"), "RM0-9._~");
        assert_eq!(encode_path("a/b\\c?d#e%f g+ä\n"), "a%2Fb%5Cc%3Fd%23e%25f%20g%2B%C3%A4%0A");
    }
}
