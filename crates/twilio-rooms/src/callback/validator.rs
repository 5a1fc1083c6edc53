//! Whether a request is of the service: its signature.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

use super::Callback;
use super::error::{CallbackError, Kind};

/// Checks that requests to a status callback are of the service, and reads those that are.
///
/// The service signs each request with the auth token of the account: an API key is of no use here. What a webhook rule has
/// it sign with a shared key and SHA-256 is refused. See the vendor's documentation of
/// [signatures](https://www.twilio.com/docs/usage/webhooks/webhooks-security).
///
/// ```
/// use twilio_rooms::{CallbackError, CallbackEvent, CallbackValidator};
///
/// /// What comes in at the URL that the room was created with.
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
/// The auth token is shown nowhere, neither by `Debug` nor in an error.
#[derive(Clone)]
pub struct CallbackValidator {
    auth_token: String,
}

impl CallbackValidator {
    /// The header with the signature, in lower case.
    pub const HEADER: &'static str = "x-twilio-signature";

    /// Checks requests with the auth token of an account.
    #[must_use]
    pub fn new(auth_token: impl Into<String>) -> Self {
        Self { auth_token: auth_token.into() }
    }

    /// The callback, if the request is of the service.
    ///
    /// - `url` is the URL as the service has called it, with its query: what the room was created with, not what is left of
    ///   it behind a proxy. That it has a port or not makes no difference, as in the vendor's libraries.
    /// - `body` is the body as it came. It is empty when the service calls with `GET`: then the callback is in the query.
    /// - `signature` is the value of the header `X-Twilio-Signature` ([`HEADER`](Self::HEADER)): a string, bytes, or the
    ///   `HeaderValue` of the HTTP library. A request without one is refused.
    ///
    /// The signature is compared in constant time.
    ///
    /// # Errors
    ///
    /// The signature is not that of the request ([`CallbackError::is_signature`]), the auth token cannot be right
    /// ([`CallbackError::is_config`]), or the service has signed a request that names no event
    /// ([`CallbackError::is_decode`]).
    pub fn verify(
        &self,
        url: &str,
        body: impl AsRef<[u8]>,
        signature: Option<impl AsRef<[u8]>>,
    ) -> Result<Callback, CallbackError> {
        let body = body.as_ref();
        self.check_token()?;
        let signature = signature.and_then(|signature| STANDARD.decode(signature).ok());
        let signature = signature.ok_or(CallbackError::new(Kind::Signature))?;
        // What is signed has each parameter in its order, and each value of it once.
        let mut parameters: Vec<_> = form_urlencoded::parse(body).collect();
        parameters.sort_unstable();
        parameters.dedup();
        let signed = |url: &str| {
            let mut mac = Hmac::<Sha1>::new_from_slice(self.auth_token.as_bytes()).ok()?;
            mac.update(url.as_bytes());
            for (name, value) in &parameters {
                mac.update(name.as_bytes());
                mac.update(value.as_bytes());
            }
            mac.verify_slice(&signature).ok()
        };
        // The service is not consistent about the port, say the vendor's libraries, which try the same.
        let port = Port::of(url);
        if signed(&port.present(url)).or_else(|| signed(&port.absent(url))).is_none() {
            return Err(CallbackError::new(Kind::Signature));
        }
        let query = || url.split_once('?').map_or("", |(_, rest)| rest.split('#').next().unwrap_or_default());
        Callback::parse_unverified(if body.is_empty() { query().as_bytes() } else { body })
    }

    /// Refuses a token that anybody could sign with, and one that is not what it was meant to be.
    fn check_token(&self) -> Result<(), CallbackError> {
        if self.auth_token.is_empty() {
            return Err(CallbackError::new(Kind::Token("is empty")));
        }
        if self.auth_token.trim() != self.auth_token {
            return Err(CallbackError::new(Kind::Token("begins or ends with white space")));
        }
        Ok(())
    }
}

impl fmt::Debug for CallbackValidator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallbackValidator").field("auth_token", &"[redacted]").finish()
    }
}

/// Where a URL has its port, or would have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Port {
    /// Where the colon before it is, or would be.
    start: usize,
    /// Where it ends.
    end: usize,
}

impl Port {
    fn of(url: &str) -> Self {
        let authority = url.find("://").map_or(0, |scheme| scheme + "://".len());
        let end = url[authority..].find(['/', '?', '#']).map_or(url.len(), |length| authority + length);
        // A colon in the name and password before the host, or in an IPv6 address, is none before a port.
        let host = url[authority..end].rfind(['@', ']']).map_or(authority, |before| authority + before + 1);
        Self { start: url[host..end].rfind(':').map_or(end, |length| host + length), end }
    }

    /// The URL with a port: its own, or that of its scheme.
    fn present(self, url: &str) -> String {
        if self.start < self.end {
            return url.to_owned();
        }
        let is_http = url.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http://"));
        format!("{}:{}{}", &url[..self.start], if is_http { 80 } else { 443 }, &url[self.end..])
    }

    /// The URL without a port.
    fn absent(self, url: &str) -> String {
        format!("{}{}", &url[..self.start], &url[self.end..])
    }
}

#[cfg(test)]
mod tests {
    use super::Port;

    #[test]
    fn a_url_is_tried_with_and_without_a_port() {
        let cases = [
            ("https://a.example/b:1?c=:2", "https://a.example:443/b:1?c=:2", "https://a.example/b:1?c=:2"),
            ("HTTP://a.example?b", "HTTP://a.example:80?b", "HTTP://a.example?b"),
            ("https://a.example:8443/b", "https://a.example:8443/b", "https://a.example/b"),
            ("https://n:p@a.example/", "https://n:p@a.example:443/", "https://n:p@a.example/"),
            ("https://[::1]/", "https://[::1]:443/", "https://[::1]/"),
            ("https://[::1]:8443", "https://[::1]:8443", "https://[::1]"),
            ("", ":443", ""),
        ];
        for (url, present, absent) in cases {
            let port = Port::of(url);
            assert_eq!((port.present(url).as_str(), port.absent(url).as_str()), (present, absent));
        }
    }
}
