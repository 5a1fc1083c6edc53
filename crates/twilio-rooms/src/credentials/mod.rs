//! The credentials of an account, given in code or read from the environment.

pub(crate) mod environment;

use std::fmt;

use base64::Engine;
use http::HeaderValue;
use zeroize::Zeroizing;

use crate::error::{Error, Secrets};

/// The credentials of an account: its SID and auth token, an API key and its secret, or an OAuth client's id and secret.
///
/// Prefer an API key on a server, since it can be revoked on its own. Either is sufficient for rooms. See the vendor's
/// documentation of [API keys](https://www.twilio.com/docs/iam/api-keys).
///
/// Neither `Debug` nor any error shows the secret. Its memory is zeroed on drop.
#[derive(Clone)]
pub struct Credentials {
    kind: Kind,
    sid: String,
    secret: Zeroizing<String>,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Account,
    ApiKey,
    OAuth,
}

impl Kind {
    const fn prefix(self) -> &'static str {
        match self {
            Self::Account => "AC",
            Self::ApiKey => "SK",
            Self::OAuth => "OQ",
        }
    }

    /// The names of the SID and the secret of this kind, for messages.
    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Account => ("account SID", "auth token"),
            Self::ApiKey => ("API key SID", "API key secret"),
            Self::OAuth => ("client id", "client secret"),
        }
    }
}

impl Credentials {
    /// Authenticates with the SID of an account (`AC…`) and its auth token.
    #[must_use]
    pub fn account(account_sid: impl AsRef<str>, auth_token: impl Into<String>) -> Self {
        Self { kind: Kind::Account, sid: account_sid.as_ref().to_owned(), secret: Zeroizing::new(auth_token.into()) }
    }

    /// Authenticates with the SID of an API key (`SK…`) and its secret.
    #[must_use]
    pub fn api_key(api_key_sid: impl AsRef<str>, secret: impl Into<String>) -> Self {
        Self { kind: Kind::ApiKey, sid: api_key_sid.as_ref().to_owned(), secret: Zeroizing::new(secret.into()) }
    }

    /// Authenticates with the id (`OQ…`) and the secret of an OAuth client.
    ///
    /// The client exchanges both for a bearer token at the vendor's token endpoint (`https://oauth.twilio.com/v2/token`, see
    /// [`ClientBuilder::token_url`](crate::ClientBuilder::token_url)), which is the only place that they are sent to, and
    /// which gets nothing else. All clones of the client share the token. It is exchanged for another one before it expires
    /// and, once for each call, after the service has rejected it (401).
    ///
    /// See the vendor's documentation of [OAuth apps](https://www.twilio.com/docs/iam/oauth-apps).
    #[must_use]
    pub fn oauth(client_id: impl AsRef<str>, client_secret: impl Into<String>) -> Self {
        Self { kind: Kind::OAuth, sid: client_id.as_ref().to_owned(), secret: Zeroizing::new(client_secret.into()) }
    }

    /// Returns the id and the secret of an OAuth client, or `None` for credentials that are sent themselves.
    pub(crate) fn oauth_client(&self) -> Result<Option<(&str, &str)>, Error> {
        if matches!(self.kind, Kind::OAuth) { self.validate().map(Some) } else { Ok(None) }
    }

    /// Returns the `Authorization` header, marked as sensitive.
    pub(crate) fn authorization(&self) -> Result<HeaderValue, Error> {
        let (sid, secret) = self.validate()?;
        if matches!(self.kind, Kind::OAuth) {
            return Err(Error::config("an OAuth client authorizes requests with a token: pass it to `credentials`"));
        }
        let pair = Zeroizing::new(format!("{sid}:{secret}"));
        let encoded = Zeroizing::new(base64::engine::general_purpose::STANDARD.encode(pair.as_bytes()));
        let value = Zeroizing::new(format!("Basic {}", *encoded));
        let mut header = HeaderValue::from_str(&value)
            .map_err(|_| Error::config(format!("the {} cannot be sent", self.kind.names().1)))?;
        header.set_sensitive(true);
        Ok(header)
    }

    /// Checks that the credentials are well-formed.
    pub(crate) fn check(&self) -> Result<(), Error> {
        self.validate().map(|_| ())
    }

    /// Returns what errors must not show.
    pub(crate) fn secrets(&self) -> Secrets {
        Secrets::new([self.secret.as_str()])
    }

    /// Returns the SID and the secret of an API key.
    #[cfg(feature = "access-tokens")]
    pub(crate) fn api_key_pair(&self) -> Result<(&str, &str), Error> {
        match self.kind {
            Kind::ApiKey => self.validate(),
            Kind::Account => Err(Error::config("an access token is signed with an API key, not with an auth token")),
            Kind::OAuth => Err(Error::config("an access token is signed with an API key, not by an OAuth client")),
        }
    }

    /// Returns the SID and the secret if both are well-formed.
    fn validate(&self) -> Result<(&str, &str), Error> {
        let (sid, secret) = self.kind.names();
        // The messages do not contain the values, since a caller may have swapped them.
        if !self.is_sid_well_formed() {
            let prefix = self.kind.prefix();
            return Err(Error::config(format!("the {sid} must be `{prefix}` followed by 32 letters or digits")));
        }
        if self.secret.is_empty() {
            return Err(Error::config(format!("the {secret} is empty")));
        }
        if self.secret.trim() != *self.secret {
            return Err(Error::config(format!("the {secret} starts or ends with white space")));
        }
        Ok((&self.sid, &self.secret))
    }

    fn is_sid_well_formed(&self) -> bool {
        let rest = self.sid.strip_prefix(self.kind.prefix());
        rest.is_some_and(|rest| rest.len() == 32 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric()))
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A malformed SID may be the secret, passed in the wrong place.
        let sid = if self.is_sid_well_formed() { &self.sid } else { "[redacted]" };
        let secret = "[redacted]";
        f.debug_struct("Credentials").field("kind", &self.kind).field("sid", &sid).field("secret", &secret).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::Credentials;

    const SID: &str = "AC0123456789abcdef0123456789abcdef";

    #[test]
    fn debug_never_shows_a_secret_even_if_sid_and_secret_are_swapped() {
        let shown = format!("{:?}", Credentials::account(SID, "hunter2"));
        assert_eq!(shown, format!("Credentials {{ kind: Account, sid: {SID:?}, secret: \"[redacted]\" }}"));
        let swapped = format!("{:?}", Credentials::account("hunter2", SID));
        assert!(!swapped.contains("hunter2") && !swapped.contains(SID), "{swapped}");
    }

    #[test]
    fn malformed_credentials_are_rejected_without_showing_them() {
        let cases = [
            (Credentials::account("hunter2", SID), "the account SID must be `AC` followed by 32 letters or digits"),
            (Credentials::api_key(SID, "hunter2"), "the API key SID must be `SK` followed by 32 letters or digits"),
            (Credentials::account(SID, ""), "the auth token is empty"),
            (Credentials::account(SID, "hunter2\n"), "the auth token starts or ends with white space"),
        ];
        for (credentials, message) in cases {
            let error = credentials.authorization().map_err(|error| error.to_string());
            assert_eq!(error, Err(message.to_owned()));
        }
    }

    #[test]
    fn the_header_uses_basic_authentication_and_is_sensitive() {
        let header = Credentials::account(SID, "token").authorization().ok();
        assert!(header.as_ref().is_some_and(http::HeaderValue::is_sensitive));
        assert_eq!(
            header.as_ref().and_then(|header| header.to_str().ok()),
            Some("Basic QUMwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjp0b2tlbg==")
        );
    }
}
