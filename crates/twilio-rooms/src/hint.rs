//! Where the next page of a listing is, as far as can be seen before a page is decoded.

use std::sync::{Arc, OnceLock};

/// How much of either end of a page is looked at: that is where `meta` is.
const END: usize = 4096;
const KEY: &[u8] = b"\"next_page_url\"";

/// What is known of the page after one that is under way. It is only good for beginning early: the page itself has the say.
#[derive(Debug, Clone, Default)]
pub(crate) struct Hint(Arc<OnceLock<Option<String>>>);

impl Hint {
    /// Looks at a page that has come.
    pub(crate) fn look_at(&self, body: &[u8]) {
        // It is looked at once.
        let _ = self.0.set(next_page_url(body));
    }

    /// The URL of the next page, if the page has come and names one.
    pub(crate) fn next_page_url(&self) -> Option<&str> {
        self.0.get()?.as_deref()
    }
}

fn next_page_url(body: &[u8]) -> Option<String> {
    let last = &body[body.len().saturating_sub(END)..];
    // In a string there would be backslashes before the quotes.
    [&body[..body.len().min(END)], last].into_iter().find_map(|end| {
        let key = end.windows(KEY.len()).position(|part| part == KEY)?;
        let value = end[key + KEY.len()..].trim_ascii_start().strip_prefix(b":")?;
        serde_json::Deserializer::from_slice(value).into_iter().next()?.ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_is_found_at_either_end() {
        let rooms = "x".repeat(2 * END);
        let meta = r#""meta": {"next_page_url" : "https:\/\/a.example\/v1/Rooms?PageToken=PT1", "page": 0}"#;
        let found = Some("https://a.example/v1/Rooms?PageToken=PT1".to_owned());
        assert_eq!(next_page_url(format!(r#"{{{meta}, "rooms": ["{rooms}"]}}"#).as_bytes()), found);
        assert_eq!(next_page_url(format!(r#"{{"rooms": ["{rooms}"], {meta}}}"#).as_bytes()), found);
        assert_eq!(next_page_url(format!("{{{meta}}}").as_bytes()), found);
    }

    #[test]
    fn what_is_not_there_is_not_found() {
        let rooms = "x".repeat(2 * END);
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
            assert_eq!(next_page_url(body.as_bytes()), None, "{body:.60}");
        }
        let hint = Hint::default();
        assert_eq!(hint.next_page_url(), None);
        hint.look_at(b"{\"next_page_url\": \"a\"}");
        hint.look_at(b"");
        assert_eq!(hint.next_page_url(), Some("a"));
    }
}
