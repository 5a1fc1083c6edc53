//! The signature of status callbacks.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::callback::Callback;
use super::error::{CallbackError, Kind};

/// Verifies the signatures of status callbacks, and parses the callbacks.
///
/// The service signs each request with the auth token of the account, not with an API key. Requests that are signed
/// with a shared key and SHA-256 are rejected. See the vendor's documentation of
/// [signatures](https://www.twilio.com/docs/usage/webhooks/webhooks-security).
///
/// ```
/// use twilio_rooms::{CallbackError, CallbackEvent, CallbackValidator};
///
/// /// Handles a request to the URL that the room was created with.
/// fn receive(validator: &CallbackValidator, body: &[u8], signature: Option<&str>) -> Result<(), CallbackError> {
///     let callback = validator.verify("https://hooks.example.com/room-events", body, signature)?;
///     if callback.event == CallbackEvent::ParticipantConnected {
///         println!("{} has joined", callback.participant_identity.unwrap_or_default());
///     }
///     Ok(())
/// }
///
/// let validator = CallbackValidator::new("the auth token");
/// let forged = receive(&validator, b"StatusCallbackEvent=room-ended", Some("Zm9yZ2Vk"));
/// assert!(forged.is_err_and(|error| error.is_signature()));
/// ```
///
/// Neither `Debug` nor any error shows the auth token. Its memory is zeroed on drop.
#[derive(Clone)]
pub struct CallbackValidator {
    auth_token: Zeroizing<String>,
}

impl CallbackValidator {
    /// The name of the header with the signature, in lower case.
    pub const HEADER: &'static str = "x-twilio-signature";

    /// Creates a validator with the auth token of an account.
    #[must_use]
    pub fn new(auth_token: impl Into<String>) -> Self {
        Self { auth_token: Zeroizing::new(auth_token.into()) }
    }

    /// Verifies the signature of a request and parses it.
    ///
    /// - `url` is the URL that the room was created with, including its query: not the one behind a proxy, and not one
    ///   that was rebuilt from the request. As in the vendor's library for Node.js, the port can be present or absent,
    ///   and so can be the path `/` before a query; `'` in the query can be `%27`.
    /// - `body` is the raw body. It is empty if the service calls with `GET`; the parameters are in the query then.
    /// - `signature` is the value of the header `X-Twilio-Signature` ([`HEADER`](Self::HEADER)): a string, bytes, or
    ///   the `HeaderValue` of the HTTP library. A request without one is rejected.
    ///
    /// The signature is compared in constant time.
    ///
    /// # Errors
    ///
    /// The signature does not match the request ([`CallbackError::is_signature`]), the auth token is malformed
    /// ([`CallbackError::is_config`]), or the request is signed but does not name an event
    /// ([`CallbackError::is_decode`]).
    pub fn verify(
        &self,
        url: &str,
        body: impl AsRef<[u8]>,
        signature: Option<impl AsRef<[u8]>>,
    ) -> Result<Callback, CallbackError> {
        let body = body.as_ref();
        self.validate_auth_token()?;
        let signature = signature.and_then(|signature| STANDARD.decode(signature).ok());
        let signature = signature.ok_or(CallbackError::new(Kind::Signature))?;
        // The signature covers the parameters in alphabetical order, without duplicates.
        let mut parameters: Vec<_> = form_urlencoded::parse(body).collect();
        parameters.sort_unstable();
        parameters.dedup();
        let verify = |url: &str| {
            let mut mac = Hmac::<Sha1>::new_from_slice(self.auth_token.as_bytes()).ok()?;
            mac.update(url.as_bytes());
            for (name, value) in &parameters {
                mac.update(name.as_bytes());
                mac.update(value.as_bytes());
            }
            mac.verify_slice(&signature).ok()
        };
        if !spellings(url).iter().any(|url| verify(url).is_some()) {
            return Err(CallbackError::new(Kind::Signature));
        }
        let query = || url.split_once('?').map_or("", |(_, rest)| rest.split('#').next().unwrap_or_default());
        Callback::parse_unverified(if body.is_empty() { query().as_bytes() } else { body })
    }

    /// Verifies the signature of a request whose body is not a form, such as JSON, and does not parse it.
    ///
    /// The service then adds the parameter `bodySHA256` to the query of the URL, with the hash of the body in hexadecimal
    /// digits, and signs the URL alone. `url` is the URL with that parameter. This method is for other webhooks of the account; the
    /// callbacks of rooms are forms, which [`verify`](Self::verify) reads.
    ///
    /// # Errors
    ///
    /// The signature does not match the URL, or the hash does not match the body ([`CallbackError::is_signature`]), or the auth token
    /// is malformed ([`CallbackError::is_config`]).
    pub fn verify_body(
        &self,
        url: &str,
        body: impl AsRef<[u8]>,
        signature: Option<impl AsRef<[u8]>>,
    ) -> Result<(), CallbackError> {
        self.validate_auth_token()?;
        let wrong = || CallbackError::new(Kind::Signature);
        let query = url.split_once('?').map_or("", |(_, rest)| rest.split('#').next().unwrap_or_default());
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        let (_, expected) = pairs.find(|(name, _)| name == "bodySHA256").ok_or_else(wrong)?;
        let digits = |byte: &u8| [byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16).unwrap_or('0'));
        let hash: String = Sha256::digest(body.as_ref()).iter().flat_map(digits).collect();
        // The hash is no secret: anyone can compute it.
        if !expected.eq_ignore_ascii_case(&hash) {
            return Err(wrong());
        }
        let signature = signature.and_then(|signature| STANDARD.decode(signature).ok()).ok_or_else(wrong)?;
        let verify = |url: &String| {
            let mut mac = Hmac::<Sha1>::new_from_slice(self.auth_token.as_bytes()).ok()?;
            mac.update(url.as_bytes());
            mac.verify_slice(&signature).ok()
        };
        if spellings(url).iter().any(|url| verify(url).is_some()) { Ok(()) } else { Err(wrong()) }
    }

    /// Rejects an empty token, with which anyone could sign, and one with stray white space.
    fn validate_auth_token(&self) -> Result<(), CallbackError> {
        if self.auth_token.is_empty() {
            return Err(CallbackError::new(Kind::AuthToken("is empty")));
        }
        if self.auth_token.trim() != *self.auth_token {
            return Err(CallbackError::new(Kind::AuthToken("starts or ends with white space")));
        }
        Ok(())
    }
}

impl fmt::Debug for CallbackValidator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallbackValidator").field("auth_token", &"[redacted]").finish()
    }
}

/// Returns the spellings of a URL that the service may have signed, as the vendor's library for Node.js tries them: with
/// and without a port, and each as it is, with the path `/` if it has none, and with `'` as `%27` in the query. A URL parser
/// has added the path `/` to a URL that the service has signed without it, and so that is tried as well.
fn spellings(url: &str) -> Vec<String> {
    let without_path = without_path(url);
    let mut spellings = Vec::new();
    for url in [Some(url), without_path.as_deref()].into_iter().flatten() {
        let port = Port::find(url);
        spellings.extend([port.with_port(url), port.without_port(url)]);
    }
    for index in 0..spellings.len() {
        let with_path = with_path(&spellings[index]);
        let (before, query) = with_path.split_once('?').unwrap_or((&with_path, ""));
        let quoted = [(before, query.replace('\'', "%27")), (before, query.replace("%27", "'"))];
        let quoted = quoted
            .map(|(before, query)| if query.is_empty() { before.to_owned() } else { format!("{before}?{query}") });
        spellings.extend(quoted.into_iter().chain([with_path.clone()]));
    }
    spellings.dedup();
    spellings
}

/// Returns a URL with the path `/` if it has none.
fn with_path(url: &str) -> String {
    let authority = url.find("://").map_or(0, |scheme| scheme + "://".len());
    match url[authority..].find(['/', '?', '#']).map(|length| authority + length) {
        Some(end) if url[end..].starts_with('/') => url.to_owned(),
        Some(end) => format!("{}/{}", &url[..end], &url[end..]),
        None => format!("{url}/"),
    }
}

/// Returns a URL without its path if that is `/`.
fn without_path(url: &str) -> Option<String> {
    let authority = url.find("://")? + "://".len();
    let path = authority + url[authority..].find(['/', '?', '#'])?;
    let rest = url[path..].strip_prefix('/')?;
    (rest.is_empty() || rest.starts_with(['?', '#'])).then(|| format!("{}{rest}", &url[..path]))
}

/// The position of the port in a URL, or where it would be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Port {
    /// The position of the colon before the port.
    start: usize,
    /// The end of the port.
    end: usize,
}

impl Port {
    fn find(url: &str) -> Self {
        let authority = url.find("://").map_or(0, |scheme| scheme + "://".len());
        let end = url[authority..].find(['/', '?', '#']).map_or(url.len(), |length| authority + length);
        // A colon in the user name and password or in an IPv6 address does not precede a port.
        let host = url[authority..end].rfind(['@', ']']).map_or(authority, |before| authority + before + 1);
        Self { start: url[host..end].rfind(':').map_or(end, |length| host + length), end }
    }

    /// Returns the URL with its port, or with the default port of its scheme.
    fn with_port(self, url: &str) -> String {
        if self.start < self.end {
            return url.to_owned();
        }
        let is_http = url.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http://"));
        format!("{}:{}{}", &url[..self.start], if is_http { 80 } else { 443 }, &url[self.end..])
    }

    /// Returns the URL without its port.
    fn without_port(self, url: &str) -> String {
        format!("{}{}", &url[..self.start], &url[self.end..])
    }
}

#[cfg(test)]
mod tests {
    use super::{Port, spellings};

    #[test]
    fn a_url_has_the_spellings_of_a_url_parser() {
        for (url, spelling) in [
            ("https://a.example?x=1", "https://a.example/?x=1"),
            ("https://a.example", "https://a.example:443/"),
            ("https://a.example/b?x='1'", "https://a.example/b?x=%271%27"),
            ("https://a.example/b?x=%271%27", "https://a.example/b?x='1'"),
            ("https://a.example?x='", "https://a.example:443/?x=%27"),
            ("https://a.example/", "https://a.example"),
            ("https://a.example:8443/?x=1", "https://a.example?x=1"),
            ("https://a.example/b'c?x", "https://a.example/b'c?x"),
            ("", "/"),
        ] {
            assert!(spellings(url).iter().any(|one| one == spelling), "{url}: {:?}", spellings(url));
        }
        assert!(!spellings("https://a.example//").iter().any(|url| url == "https://a.example/"));
        assert!(spellings("https://a.example/it's?x='").iter().all(|url| url.contains("it's")));
    }

    #[test]
    fn a_url_can_have_its_port_added_or_removed() {
        let cases = [
            ("https://a.example/b:1?c=:2", "https://a.example:443/b:1?c=:2", "https://a.example/b:1?c=:2"),
            ("HTTP://a.example?b", "HTTP://a.example:80?b", "HTTP://a.example?b"),
            ("https://a.example:8443/b", "https://a.example:8443/b", "https://a.example/b"),
            ("https://n:p@a.example/", "https://n:p@a.example:443/", "https://n:p@a.example/"),
            ("https://[::1]/", "https://[::1]:443/", "https://[::1]/"),
            ("https://[::1]:8443", "https://[::1]:8443", "https://[::1]"),
            ("", ":443", ""),
        ];
        for (url, with_port, without_port) in cases {
            let port = Port::find(url);
            assert_eq!((port.with_port(url).as_str(), port.without_port(url).as_str()), (with_port, without_port));
        }
    }
}
