//! The URL of the service.

use std::fmt;

use reqwest::Url;

use crate::error::Error;
use crate::transport::is_loopback;

/// A region and an edge of the service, or a base URL that overrides them.
#[derive(Clone, Default)]
pub(super) struct Endpoint {
    pub(super) region: Option<String>,
    pub(super) edge: Option<String>,
    pub(super) base_url: Option<String>,
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // An invalid base URL may contain a secret.
        let base_url =
            self.base_url.as_deref().map(|text| if parse_base_url(text).is_ok() { text } else { "[invalid]" });
        f.debug_struct("Endpoint")
            .field("region", &self.region)
            .field("edge", &self.edge)
            .field("base_url", &base_url)
            .finish()
    }
}

impl Endpoint {
    /// Returns the base URL.
    pub(super) fn url(&self) -> Result<Url, Error> {
        if let Some(base_url) = &self.base_url {
            return parse_base_url(base_url);
        }
        for (name, label) in [("region", &self.region), ("edge", &self.edge)] {
            if let Some(label) = label.as_ref().filter(|label| !is_label(label)) {
                return Err(Error::config(format!(
                    "{label:?} is not the name of {}: letters, digits and `-` only, such as {}",
                    if name == "edge" { "an edge" } else { "a region" },
                    if name == "edge" { "`dublin`" } else { "`ie1`" },
                )));
            }
        }
        let host = match (self.edge.as_deref(), self.region.as_deref()) {
            (Some(edge), region) => format!("video.{edge}.{}.twilio.com", region.unwrap_or("us1")),
            (None, Some(region)) => format!("video.{region}.twilio.com"),
            (None, None) => "video.twilio.com".to_owned(),
        };
        parse_base_url(&format!("https://{host}"))
    }
}

/// Returns `true` if this can be a label of a host name.
fn is_label(label: &str) -> bool {
    !label.is_empty() && label.len() <= 63 && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Parses a base URL, and rejects one that would expose the credentials or that no path can follow.
pub(super) fn parse_base_url(text: &str) -> Result<Url, Error> {
    // The message does not contain a URL that may contain a password.
    let reject = |reason: &str| Error::config(format!("the base URL {reason}"));
    let without_scheme = || reject("must begin with `https://`, as in `https://video.example.com`");
    if !text.contains("://") {
        return Err(without_scheme());
    }
    let mut url = Url::parse(text).map_err(|error| reject(&format!("cannot be parsed: {error}")))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(reject("contains a user name or password: call `credentials` instead"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(reject("has a query or fragment, after which no path can follow"));
    }
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(&url) => {}
        "http" => {
            return Err(reject(&format!("{text} would send the credentials unencrypted: use https")));
        }
        _ => return Err(without_scheme()),
    }
    let path = url.path().trim_end_matches('/').to_owned();
    url.set_path(&path);
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(region: Option<&str>, edge: Option<&str>, base_url: Option<&str>) -> Result<String, String> {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let endpoint = Endpoint { region: owned(region), edge: owned(edge), base_url: owned(base_url) };
        endpoint.url().map(|url| url.to_string()).map_err(|error| error.to_string())
    }

    #[test]
    fn the_host_consists_of_edge_and_region() {
        assert_eq!(url(None, None, None), Ok("https://video.twilio.com/".to_owned()));
        assert_eq!(url(Some("ie1"), None, None), Ok("https://video.ie1.twilio.com/".to_owned()));
        assert_eq!(url(None, Some("dublin"), None), Ok("https://video.dublin.us1.twilio.com/".to_owned()));
        assert_eq!(url(Some("ie1"), Some("dublin"), None), Ok("https://video.dublin.ie1.twilio.com/".to_owned()));
    }

    #[test]
    fn no_region_or_edge_can_change_the_domain() {
        for invalid in ["", "evil.example/", "a.b", "ie1@evil", "ie 1"] {
            assert!(url(Some(invalid), None, None).is_err(), "{invalid:?}");
            assert!(url(None, Some(invalid), None).is_err(), "{invalid:?}");
        }
    }

    #[test]
    fn a_base_url_uses_https_unless_it_is_a_loopback_address() {
        for valid in
            ["https://gateway.example/twilio/", "http://127.0.0.1:8080", "http://localhost:1", "http://[::1]:1/"]
        {
            assert!(url(None, None, Some(valid)).is_ok(), "{valid}");
        }
        for invalid in [
            "",
            "video.twilio.com",
            "http://video.twilio.com",
            "http://localhost.evil.example",
            "ftp://localhost",
            "https://user:hunter2@video.twilio.com",
            "https://video.twilio.com/?a=b",
        ] {
            let message = url(None, None, Some(invalid));
            assert!(message.as_ref().is_err_and(|message| !message.contains("hunter2")), "{invalid}: {message:?}");
        }
    }
}
