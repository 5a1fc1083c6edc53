//! Pages, and the way from one to the next.

use reqwest::Url;
use twilio_rooms_api::types::PageMeta;

use crate::attempt::origin;
use crate::error::{Error, Kind};

/// One page of a listing.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Page<T> {
    /// What is on the page. It may be empty also when more pages follow.
    pub items: Vec<T>,
    /// Where the page stands in its listing, as the service says.
    pub meta: PageMeta,
    /// The URL of the next page; `None` when this is the last one.
    ///
    /// Save it to go on later: `client.rooms().list().resume(next)`.
    pub next: Option<String>,
}

impl<T> Page<T> {
    pub(crate) fn new(items: Vec<T>, meta: PageMeta) -> Self {
        let next = meta.next_page_url.clone().filter(|url| !url.is_empty());
        Self { items, meta, next }
    }
}

impl<T> IntoIterator for Page<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

/// The URL of a next page, if the credentials may be sent there.
pub(crate) fn next_url(text: &str, base_url: &Url) -> Result<Url, Error> {
    let refuse = |why: String| Err(Error::new(Kind::Paging(format!("the URL of the next page {why}"))));
    let mut url = match Url::parse(text) {
        Ok(url) => url,
        Err(error) => return refuse(format!("cannot be parsed: {error}")),
    };
    if url.origin() != base_url.origin() {
        return refuse(format!(
            "is at {}, but the client was made for {}, and sends its credentials nowhere else",
            origin(&url),
            origin(base_url)
        ));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return refuse("holds a user or password".to_owned());
    }
    // It is never sent.
    url.set_fragment(None);
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_next_page_is_followed_on_the_same_origin_only() -> Result<(), Box<dyn std::error::Error>> {
        let base_url = Url::parse("https://video.twilio.com")?;
        let fine =
            ["https://video.twilio.com/v1/Rooms?Page=1", "https://VIDEO.twilio.com:443/", "https://video.twilio.com"];
        for text in fine {
            assert!(next_url(text, &base_url).is_ok(), "{text}");
        }
        let odd = [
            "http://video.twilio.com/v1/Rooms",
            "https://video.twilio.com:8443/v1/Rooms",
            "https://video.twilio.com.evil.example/",
            "https://video.twilio.com@evil.example/",
            "https://user:hunter2@video.twilio.com/",
            "//video.twilio.com/v1/Rooms",
            "/v1/Rooms?Page=1",
            "data:,",
            " ",
        ];
        for text in odd {
            let error = next_url(text, &base_url).err().ok_or(text)?;
            assert!(error.is_paging() && !error.to_string().contains("hunter2"), "{text}: {error}");
        }
        Ok(())
    }
}
