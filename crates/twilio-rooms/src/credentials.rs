//! Who the client is to the service.

use std::fmt;

use base64::Engine;
use http::HeaderValue;

use crate::error::Error;

/// Who the client is to the service: an account and its auth token, or an API key and its secret.
///
/// An API key is the better choice for a server: it can be revoked by itself. Either is enough for rooms. See the vendor's
/// documentation of [API keys](https://www.twilio.com/docs/iam/api-keys).
///
/// The secret is shown nowhere, neither by `Debug` nor in an error.
#[derive(Clone)]
pub struct Credentials {
    kind: Kind,
    sid: String,
    secret: String,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Account,
    ApiKey,
}

impl Kind {
    const fn prefix(self) -> &'static str {
        match self {
            Self::Account => "AC",
            Self::ApiKey => "SK",
        }
    }

    /// What the SID and the secret of this kind are called.
    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Account => ("account SID", "auth token"),
            Self::ApiKey => ("API key SID", "API key secret"),
        }
    }
}

impl Credentials {
    /// An account (`AC…`) and its auth token.
    #[must_use]
    pub fn account(account_sid: impl Into<String>, auth_token: impl Into<String>) -> Self {
        Self { kind: Kind::Account, sid: account_sid.into(), secret: auth_token.into() }
    }

    /// An API key (`SK…`) and its secret.
    #[must_use]
    pub fn api_key(api_key_sid: impl Into<String>, secret: impl Into<String>) -> Self {
        Self { kind: Kind::ApiKey, sid: api_key_sid.into(), secret: secret.into() }
    }

    /// The header that they are sent in, marked as sensitive.
    pub(crate) fn authorization(&self) -> Result<HeaderValue, Error> {
        let (sid, secret) = self.checked()?;
        let encoded = base64::engine::general_purpose::STANDARD.encode(format!("{sid}:{secret}"));
        let mut header = HeaderValue::try_from(format!("Basic {encoded}"))
            .map_err(|_| Error::config(format!("the {} cannot be sent", self.kind.names().1)))?;
        header.set_sensitive(true);
        Ok(header)
    }

    /// The SID and the secret of an API key.
    #[cfg(feature = "access-tokens")]
    pub(crate) fn key(&self) -> Result<(&str, &str), Error> {
        match self.kind {
            Kind::ApiKey => self.checked(),
            Kind::Account => Err(Error::config("an access token is signed with an API key, not with an auth token")),
        }
    }

    /// The SID and the secret, if they can be right.
    fn checked(&self) -> Result<(&str, &str), Error> {
        let (sid, secret) = self.kind.names();
        // What was given is not shown: the two may have been mixed up.
        if !self.sid_is_well_formed() {
            let prefix = self.kind.prefix();
            return Err(Error::config(format!("the {sid} must be `{prefix}` and 32 letters or digits after it")));
        }
        if self.secret.is_empty() {
            return Err(Error::config(format!("the {secret} is empty")));
        }
        if self.secret.trim() != self.secret {
            return Err(Error::config(format!("the {secret} begins or ends with white space")));
        }
        Ok((&self.sid, &self.secret))
    }

    fn sid_is_well_formed(&self) -> bool {
        let rest = self.sid.strip_prefix(self.kind.prefix());
        rest.is_some_and(|rest| rest.len() == 32 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric()))
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What does not look like a SID may be the secret in the wrong place.
        let sid = if self.sid_is_well_formed() { &self.sid } else { "[redacted]" };
        let secret = "[redacted]";
        f.debug_struct("Credentials").field("kind", &self.kind).field("sid", &sid).field("secret", &secret).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::Credentials;

    const SID: &str = "AC0123456789abcdef0123456789abcdef";

    #[test]
    fn debug_never_shows_a_secret_even_in_the_place_of_the_sid() {
        let right = format!("{:?}", Credentials::account(SID, "hunter2"));
        assert_eq!(right, format!("Credentials {{ kind: Account, sid: {SID:?}, secret: \"[redacted]\" }}"));
        let swapped = format!("{:?}", Credentials::account("hunter2", SID));
        assert!(!swapped.contains("hunter2") && !swapped.contains(SID), "{swapped}");
    }

    #[test]
    fn credentials_that_cannot_be_right_are_refused_without_showing_them() {
        let cases = [
            (Credentials::account("hunter2", SID), "the account SID must be `AC` and 32 letters or digits after it"),
            (Credentials::api_key(SID, "hunter2"), "the API key SID must be `SK` and 32 letters or digits after it"),
            (Credentials::account(SID, ""), "the auth token is empty"),
            (Credentials::account(SID, "hunter2\n"), "the auth token begins or ends with white space"),
        ];
        for (credentials, message) in cases {
            let error = credentials.authorization().map_err(|error| error.to_string());
            assert_eq!(error, Err(message.to_owned()));
        }
    }

    #[test]
    fn the_header_is_basic_and_sensitive() {
        let header = Credentials::account(SID, "token").authorization().ok();
        assert!(header.as_ref().is_some_and(http::HeaderValue::is_sensitive));
        assert_eq!(
            header.as_ref().and_then(|header| header.to_str().ok()),
            Some("Basic QUMwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjp0b2tlbg==")
        );
    }
}
