//! A peek at the URL of the next page in a body that is not decoded yet.

use std::sync::{Arc, OnceLock};

use crate::transport::InspectBody;

/// The number of bytes to search at either end of a body, where `meta` is.
const SEARCHED_BYTES: usize = 4096;
const KEY: &[u8] = b"\"next_page_url\"";

/// The URL of the next page, found in the undecoded body of a page.
///
/// It only decides which page to prefetch. The decoded page is authoritative.
#[derive(Debug, Default)]
pub(super) struct NextPagePeek(OnceLock<Option<Arc<str>>>);

impl NextPagePeek {
    /// Returns the URL of the next page, if the body has arrived and names one.
    pub(super) fn next_page_url(&self) -> Option<&Arc<str>> {
        self.0.get()?.as_ref()
    }
}

impl InspectBody for NextPagePeek {
    fn inspect(&self, body: &[u8]) {
        // Only the first body counts. The page of one that was cut is requested again before its next page.
        let is_complete = body.trim_ascii_end().last() == Some(&b'}');
        let _ = self.0.set(find_next_page_url(body).filter(|_| is_complete).map(Arc::from));
    }
}

fn find_next_page_url(body: &[u8]) -> Option<String> {
    let start = &body[..body.len().min(SEARCHED_BYTES)];
    let end = &body[body.len().saturating_sub(SEARCHED_BYTES)..];
    // Inside a string the quotes of the key would be escaped, so this finds keys only.
    [start, end].into_iter().find_map(|bytes| {
        let position = bytes.windows(KEY.len()).position(|window| window == KEY)?;
        let value = bytes[position + KEY.len()..].trim_ascii_start().strip_prefix(b":")?;
        serde_json::Deserializer::from_slice(value).into_iter().next()?.ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_url_is_found_at_either_end_of_a_body() {
        let rooms = "x".repeat(2 * SEARCHED_BYTES);
        let meta = r#""meta": {"next_page_url" : "https:\/\/a.example\/v1/Rooms?PageToken=PT1", "page": 0}"#;
        let url = Some("https://a.example/v1/Rooms?PageToken=PT1".to_owned());
        assert_eq!(find_next_page_url(format!(r#"{{{meta}, "rooms": ["{rooms}"]}}"#).as_bytes()), url);
        assert_eq!(find_next_page_url(format!(r#"{{"rooms": ["{rooms}"], {meta}}}"#).as_bytes()), url);
        assert_eq!(find_next_page_url(format!("{{{meta}}}").as_bytes()), url);
    }

    #[test]
    fn nothing_is_found_in_other_bodies() {
        let rooms = "x".repeat(2 * SEARCHED_BYTES);
        let in_a_name = r#"{"rooms": [{"unique_name": "\"next_page_url\": \"https://evil.example\""}]}"#;
        for body in [
            "",
            "\"next_page_url\"",
            "{\"next_page_url\": ",
            "{\"next_page_url\": \"https://a",
            "{\"next_page_url\": null}",
            "{\"next_page_url\": 7}",
            in_a_name,
            &format!(r#"{{"a": "{rooms}", "next_page_url": "b", "c": "{rooms}"}}"#),
        ] {
            assert_eq!(find_next_page_url(body.as_bytes()), None, "{body:.60}");
        }
    }

    #[test]
    fn only_the_first_body_counts() {
        let peek = NextPagePeek::default();
        assert_eq!(peek.next_page_url(), None);
        peek.inspect(b"{\"next_page_url\": \"a\"}");
        peek.inspect(b"");
        assert_eq!(peek.next_page_url().map(|url| &**url), Some("a"));
    }
}
