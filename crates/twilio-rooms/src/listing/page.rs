//! Pages, and the validation of the URL of the next one.

use reqwest::Url;
use twilio_rooms_api::types::PageMeta;

use crate::error::{Error, Kind};
use crate::transport::{origin, unsendable};

/// One page of a listing.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Page<T> {
    /// The items on the page. A page can be empty although more pages follow.
    pub items: Vec<T>,
    /// The position of the page in its listing, as the service describes it.
    pub meta: PageMeta,
    /// The URL of the next page, or `None` on the last page.
    ///
    /// Store it to continue later: `client.rooms().list().resume(next_page_url)`.
    pub next_page_url: Option<String>,
}

impl<T> Page<T> {
    pub(crate) fn new(items: Vec<T>, meta: PageMeta) -> Self {
        let next_page_url = meta.next_page_url.clone().filter(|url| !url.is_empty());
        Self { items, meta, next_page_url }
    }
}

impl<T> IntoIterator for Page<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

/// Parses the URL of a next page, and rejects one that the credentials must not be sent to.
pub(super) fn parse_next_page_url(text: &str, base_url: &Url) -> Result<Url, Error> {
    let reject = |reason: String| Err(Error::new(Kind::Paging(format!("the URL of the next page {reason}"))));
    let mut url = match Url::parse(text) {
        Ok(url) => url,
        Err(error) => return reject(format!("cannot be parsed: {error}")),
    };
    if let Some(problem) = unsendable(&url) {
        return reject(problem);
    }
    if url.origin() != base_url.origin() {
        let (next, expected) = (origin(&url), origin(base_url));
        return reject(format!("is at {next}, but the client sends its credentials only to {expected}"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return reject("contains a user name or password".to_owned());
    }
    // Fragments are never sent.
    url.set_fragment(None);
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_next_page_must_be_on_the_origin_of_the_client() -> Result<(), Box<dyn std::error::Error>> {
        let base_url = Url::parse("https://video.twilio.com")?;
        for text in
            ["https://video.twilio.com/v1/Rooms?Page=1", "https://VIDEO.twilio.com:443/", "https://video.twilio.com"]
        {
            assert!(parse_next_page_url(text, &base_url).is_ok(), "{text}");
        }
        for text in [
            "http://video.twilio.com/v1/Rooms",
            "https://video.twilio.com:8443/v1/Rooms",
            "https://video.twilio.com.evil.example/",
            "https://video.twilio.com@evil.example/",
            "https://user:hunter2@video.twilio.com/",
            "//video.twilio.com/v1/Rooms",
            "/v1/Rooms?Page=1",
            "data:,",
            "blob:https://video.twilio.com/v1/Rooms",
            &format!("https://video.twilio.com/v1/Rooms?PageToken={}", "x".repeat(65_536)),
            " ",
        ] {
            let error = parse_next_page_url(text, &base_url).err().ok_or(text)?;
            assert!(error.is_paging() && !error.to_string().contains("hunter2"), "{text:.80}: {error}");
        }
        Ok(())
    }
}
