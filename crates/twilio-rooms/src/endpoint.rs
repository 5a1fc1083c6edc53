//! Where the service is.

use std::fmt;
use std::net::IpAddr;

use reqwest::Url;

use crate::error::Error;

/// Where the service is: a region and an edge, or a URL in their place.
#[derive(Clone, Default)]
pub(crate) struct Endpoint {
    pub(crate) region: Option<String>,
    pub(crate) edge: Option<String>,
    pub(crate) base_url: Option<String>,
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What is not allowed in a base URL may be a secret, and is shown neither before nor after it is refused.
        let base_url = self.base_url.as_deref().map(|text| if checked(text).is_ok() { text } else { "[refused]" });
        f.debug_struct("Endpoint")
            .field("region", &self.region)
            .field("edge", &self.edge)
            .field("base_url", &base_url)
            .finish()
    }
}

impl Endpoint {
    pub(crate) fn url(&self) -> Result<Url, Error> {
        if let Some(base_url) = &self.base_url {
            return checked(base_url);
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
        checked(&format!("https://{host}"))
    }
}

/// Whether this is a name that can stand between two dots of a host.
fn is_label(label: &str) -> bool {
    !label.is_empty() && label.len() <= 63 && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn checked(text: &str) -> Result<Url, Error> {
    // The URL itself is not shown where it may hold a password.
    let refuse = |why: &str| Error::config(format!("the base URL {why}"));
    let mut url = Url::parse(text).map_err(|error| refuse(&format!("cannot be parsed: {error}")))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refuse("holds a user or password: give credentials by themselves"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(refuse("has a query or fragment, to which no path can be added"));
    }
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(&url) => {}
        "http" => {
            return Err(refuse(&format!("{text} would send the credentials in the clear: use https")));
        }
        _ => return Err(refuse(&format!("{text} is not an https URL"))),
    }
    let path = url.path().trim_end_matches('/').to_owned();
    url.set_path(&path);
    Ok(url)
}

/// Whether the host of the URL is this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(region: Option<&str>, edge: Option<&str>, base_url: Option<&str>) -> Result<String, String> {
        let own = |text: Option<&str>| text.map(str::to_owned);
        let endpoint = Endpoint { region: own(region), edge: own(edge), base_url: own(base_url) };
        endpoint.url().map(|url| url.to_string()).map_err(|error| error.to_string())
    }

    #[test]
    fn region_and_edge_make_the_host() {
        assert_eq!(url(None, None, None), Ok("https://video.twilio.com/".to_owned()));
        assert_eq!(url(Some("ie1"), None, None), Ok("https://video.ie1.twilio.com/".to_owned()));
        assert_eq!(url(None, Some("dublin"), None), Ok("https://video.dublin.us1.twilio.com/".to_owned()));
        assert_eq!(url(Some("ie1"), Some("dublin"), None), Ok("https://video.dublin.ie1.twilio.com/".to_owned()));
    }

    #[test]
    fn no_region_or_edge_leads_to_another_host() {
        for odd in ["", "evil.example/", "a.b", "ie1@evil", "ie 1"] {
            assert!(url(Some(odd), None, None).is_err(), "{odd:?}");
            assert!(url(None, Some(odd), None).is_err(), "{odd:?}");
        }
    }

    #[test]
    fn a_base_url_is_https_or_this_machine() {
        for fine in
            ["https://gateway.example/twilio/", "http://127.0.0.1:8080", "http://localhost:1", "http://[::1]:1/"]
        {
            assert!(url(None, None, Some(fine)).is_ok(), "{fine}");
        }
        for odd in [
            "",
            "video.twilio.com",
            "http://video.twilio.com",
            "http://localhost.evil.example",
            "ftp://localhost",
            "https://user:hunter2@video.twilio.com",
            "https://video.twilio.com/?a=b",
        ] {
            let message = url(None, None, Some(odd));
            assert!(message.as_ref().is_err_and(|message| !message.contains("hunter2")), "{odd}: {message:?}");
        }
    }
}
