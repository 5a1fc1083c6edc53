//! The authorization that a provider of credentials returns.

use std::fmt;
use std::time::Duration;

use http::HeaderValue;
use zeroize::Zeroizing;

use crate::credentials::Credentials;
use crate::error::{Error, Secrets};

/// The authorization of requests, as a provider returns it; see
/// [`ClientBuilder::credentials_provider`](crate::ClientBuilder::credentials_provider).
///
/// `Debug` does not show it.
#[derive(Clone)]
pub struct Authorization {
    kind: Kind,
    lifetime: Option<Duration>,
}

#[derive(Clone)]
enum Kind {
    Credentials(Credentials),
    Bearer(Zeroizing<String>),
}

impl Authorization {
    /// Authorizes requests with an account's auth token or an API key.
    #[must_use]
    pub fn basic(credentials: Credentials) -> Self {
        Self { kind: Kind::Credentials(credentials), lifetime: None }
    }

    /// Authorizes requests with a bearer token.
    #[must_use]
    pub fn bearer(token: impl Into<String>) -> Self {
        Self { kind: Kind::Bearer(Zeroizing::new(token.into())), lifetime: None }
    }

    /// Sets the time until the authorization expires. The client asks for another one 30 seconds earlier. By default it
    /// is used until the service rejects it (401).
    #[must_use]
    pub fn expires_in(mut self, lifetime: Duration) -> Self {
        self.lifetime = Some(lifetime);
        self
    }

    pub(crate) fn lifetime(&self) -> Option<Duration> {
        self.lifetime
    }

    /// Returns the `Authorization` header, marked as sensitive.
    pub(crate) fn header(&self) -> Result<HeaderValue, Error> {
        match &self.kind {
            Kind::Credentials(credentials) => credentials.authorization(),
            Kind::Bearer(token) => {
                // The message does not contain the token.
                let is_token = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
                let value = Zeroizing::new(format!("Bearer {}", **token));
                let header = HeaderValue::from_str(&value).ok().filter(|_| is_token);
                let mut header = header.ok_or_else(|| Error::config("the bearer token cannot be sent"))?;
                header.set_sensitive(true);
                Ok(header)
            }
        }
    }

    /// Returns what errors must not show.
    pub(crate) fn secrets(&self) -> Secrets {
        match &self.kind {
            Kind::Credentials(credentials) => credentials.secrets(),
            Kind::Bearer(token) => Secrets::new([token.as_str()]),
        }
    }
}

impl From<Credentials> for Authorization {
    fn from(credentials: Credentials) -> Self {
        Self::basic(credentials)
    }
}

impl fmt::Debug for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Authorization([redacted])")
    }
}
