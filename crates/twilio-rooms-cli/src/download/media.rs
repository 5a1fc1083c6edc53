//! Requests for media, which go to another host than those of the API, and carry no credentials.

use std::error::Error;
use std::time::{Duration, Instant};

use reqwest::header::{ACCEPT_ENCODING, CONTENT_RANGE, ETAG, HeaderMap, HeaderName, IF_RANGE, RANGE};
use reqwest::redirect::Policy;
use reqwest::{Response, StatusCode, Url};

use super::part::Part;
use crate::bulk::ItemError;
use crate::console::note;
use crate::failure::Failure;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// The time without a byte after which a request is given up.
const READ_TIMEOUT: Duration = Duration::from_secs(30);
/// The number of redirects that are followed.
const REDIRECTS: usize = 5;

/// A client that has no credentials, and asks for `https` URLs only, or for `http` on this machine.
#[derive(Debug)]
pub(super) struct MediaClient {
    http: reqwest::Client,
    debug: bool,
}

/// The reason for which media were not read to their end.
pub(super) enum FetchError {
    /// Another request may bring the rest.
    Transient(String),
    Final(ItemError),
}

impl From<ItemError> for FetchError {
    fn from(error: ItemError) -> Self {
        Self::Final(error)
    }
}

impl MediaClient {
    pub(super) fn new(debug: bool) -> Result<Self, Failure> {
        let policy = Policy::custom(|attempt| {
            if attempt.previous().len() > REDIRECTS {
                return attempt.error("too many redirects");
            }
            if is_allowed(attempt.url()) { attempt.follow() } else { attempt.error("a redirect to another than https") }
        });
        let http = reqwest::Client::builder()
            .user_agent(concat!("twilio-rooms-cli/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT_TIMEOUT)
            .read_timeout(READ_TIMEOUT)
            .redirect(policy)
            // The URL is signed: who knows it can read the media.
            .referer(false)
            .build();
        let http = http.map_err(|error| Failure::failed(format!("cannot download: {}", describe(&error))))?;
        Ok(Self { http, debug })
    }

    /// Adds to the part what is missing of media that have this size, if it is known.
    pub(super) async fn fetch(&self, url: &str, size: Option<u64>, part: &mut Part) -> Result<(), FetchError> {
        let url: Url = url.parse().map_err(|error| ItemError::Other(format!("the URL of the media: {error}")))?;
        if !is_allowed(&url) {
            return Err(ItemError::Other("the URL of the media is not https".to_owned()).into());
        }
        let mut response = self.send(&url, part).await?;
        let whole = match response.status() {
            StatusCode::OK => {
                let length = response.content_length();
                part.restart(text(response.headers(), &ETAG))?;
                length
            }
            StatusCode::PARTIAL_CONTENT => match content_range(response.headers()) {
                Some((start, whole)) if start == part.length() => whole,
                _ => {
                    part.restart(None)?;
                    return Err(FetchError::Transient("the media host sent another range than was asked for".into()));
                }
            },
            status => return Err(refused(status, part)?),
        };
        if let (Some(whole), Some(size)) = (whole, size)
            && whole != size
        {
            part.restart(None)?;
            let message = format!("the media have {whole} bytes, but the recording should have {size}");
            return Err(ItemError::Other(message).into());
        }
        let size = size.or(whole);
        loop {
            let chunk = response.chunk().await.map_err(|error| broken_off(part.length(), size, Some(&error)))?;
            let Some(chunk) = chunk else { break };
            part.write(&chunk)?;
        }
        match size {
            Some(whole) if part.length() < whole => Err(broken_off(part.length(), size, None)),
            Some(size) if part.length() > size => {
                let message = format!("the media have {} bytes, but the recording should have {size}", part.length());
                part.restart(None)?;
                Err(ItemError::Other(message).into())
            }
            _ => Ok(()),
        }
    }

    async fn send(&self, url: &Url, part: &Part) -> Result<Response, FetchError> {
        let mut request = self.http.get(url.clone()).header(ACCEPT_ENCODING, "identity");
        let mut range = String::new();
        if let Some(etag) = part.etag() {
            range = format!("bytes={}-", part.length());
            request = request.header(RANGE, &range).header(IF_RANGE, etag);
        }
        // The query has the signature.
        let shown = format!("{}{}", url.origin().ascii_serialization(), url.path());
        if self.debug {
            note(format!("debug: > GET {shown} · media {range}").trim_end());
        }
        let started = Instant::now();
        let sent = request.send().await;
        if self.debug {
            let time = started.elapsed().as_millis();
            match &sent {
                Ok(response) => note(&format!("debug: < {} · {time} ms", response.status())),
                Err(_) => note(&format!("debug: < no response · {time} ms")),
            }
        }
        sent.map_err(|error| FetchError::Transient(format!("cannot read the media: {}", describe(&error))))
    }
}

/// The error of a response that ends before the media do.
fn broken_off(length: u64, size: Option<u64>, error: Option<&reqwest::Error>) -> FetchError {
    let size = size.map_or_else(String::new, |size| format!(" of {size}"));
    let cause = error.map_or_else(String::new, |error| format!(": {}", describe(error)));
    FetchError::Transient(format!("the media broke off after {length}{size} bytes{cause}"))
}

/// The error of a response without media.
fn refused(status: StatusCode, part: &mut Part) -> Result<FetchError, ItemError> {
    let message = format!("the media host responded with {status}");
    Ok(match status {
        StatusCode::RANGE_NOT_SATISFIABLE => {
            part.restart(None)?;
            FetchError::Transient(message)
        }
        // The URL may have expired.
        StatusCode::FORBIDDEN | StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS => {
            FetchError::Transient(message)
        }
        status if status.is_server_error() => FetchError::Transient(message),
        _ => FetchError::Final(ItemError::Other(message)),
    })
}

fn is_allowed(url: &Url) -> bool {
    let is_loopback = || match url.host_str() {
        Some("localhost") => true,
        Some(host) => {
            let host = host.trim_start_matches('[').trim_end_matches(']');
            host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
        }
        None => false,
    };
    url.scheme() == "https" || url.scheme() == "http" && is_loopback()
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// The first byte of a partial response, and the size of the whole, if it is known.
fn content_range(headers: &HeaderMap) -> Option<(u64, Option<u64>)> {
    let (range, whole) = text(headers, &CONTENT_RANGE)?.strip_prefix("bytes ")?.split_once('/')?;
    let (first, _) = range.split_once('-')?;
    Some((first.trim().parse().ok()?, whole.trim().parse().ok()))
}

/// The kind of an error and its first cause. In between are texts that repeat each other, and the URL.
fn describe(error: &reqwest::Error) -> String {
    let kind = match error {
        error if error.is_timeout() => "it takes too long",
        error if error.is_redirect() => "a redirect cannot be followed",
        error if error.is_connect() => "cannot connect",
        _ => "the connection failed",
    };
    let mut cause = error.source();
    while let Some(next) = cause.and_then(Error::source) {
        cause = Some(next);
    }
    cause.map_or_else(|| kind.to_owned(), |cause| format!("{kind}: {cause}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_come_by_https_unless_they_are_on_this_machine() {
        let allowed = |url: &str| Url::parse(url).is_ok_and(|url| is_allowed(&url));
        for url in ["https://a.example/x", "http://127.0.0.1:1/x", "http://[::1]/x", "http://localhost:1/x"] {
            assert!(allowed(url), "{url}");
        }
        for url in ["http://a.example/x", "ftp://127.0.0.1/x", "http://127.0.0.1.a.example/", "file:///etc/passwd"] {
            assert!(!allowed(url), "{url}");
        }
    }

    #[test]
    fn the_range_of_a_response_is_read() {
        let range = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(CONTENT_RANGE, value.parse().ok()?);
            content_range(&headers)
        };
        assert_eq!(range("bytes 3-9/10"), Some((3, Some(10))));
        assert_eq!(range("bytes 3-9/*"), Some((3, None)));
        for odd in ["", "bytes */10", "lines 3-9/10", "bytes x-9/10", "bytes 3"] {
            assert_eq!(range(odd), None, "{odd}");
        }
    }
}
