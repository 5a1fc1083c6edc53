//! The origin of a URL for messages, and the URLs that requests can be sent to.

use std::net::IpAddr;

use reqwest::Url;

/// Returns the scheme, host and port of a URL: enough for a message, and free of secrets.
pub(crate) fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

/// Returns the reason for which no request can be sent to a URL: its scheme or its length.
pub(crate) fn unsendable(url: &Url) -> Option<String> {
    if !matches!(url.scheme(), "http" | "https") {
        return Some(format!("has the scheme {:?}, but must begin with `https://`", url.scheme()));
    }
    let length = url.as_str().len();
    http::Uri::try_from(url.as_str()).err().map(|error| format!("of {length} bytes cannot be sent: {error}"))
}

/// Returns `true` if the host of the URL is a loopback address.
pub(crate) fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_of_another_scheme_or_over_64_kb_cannot_be_sent() -> Result<(), Box<dyn std::error::Error>> {
        let long = format!("https://a.example/{}", "x".repeat(70_000));
        for (url, problem) in [
            ("https://a.example/v1?b=c", None),
            ("blob:https://a.example/v1", Some("has the scheme \"blob\", but must begin with `https://`")),
            (&long, Some("of 70018 bytes cannot be sent: uri too long")),
        ] {
            assert_eq!(unsendable(&Url::parse(url)?).as_deref(), problem, "{url:.40}");
        }
        Ok(())
    }
}
