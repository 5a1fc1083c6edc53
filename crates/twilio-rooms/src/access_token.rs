//! Access tokens, with which participants join rooms.

use std::fmt;
use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde::Serialize;
use sha2::Sha256;
use twilio_rooms_api::AccountSid;

use crate::credentials::Credentials;
use crate::error::Error;
use crate::resources::{validate_identity, validate_name_length};

/// An access token, which your server signs, and with which an application in a browser or on a phone joins a room.
///
/// Signing sends nothing. Anyone who has the token can join under its identity until it expires, so `Debug` does not
/// show it, and it does not implement `Display`. See the vendor's documentation of [identities and access
/// tokens](https://www.twilio.com/docs/video/tutorials/user-identity-access-tokens).
///
/// ```
/// use std::time::Duration;
/// use twilio_rooms::{AccessToken, Credentials};
///
/// # fn main() -> Result<(), twilio_rooms::Error> {
/// let api_key = Credentials::api_key("SK0123456789abcdef0123456789abcdef", "the secret");
/// let token = AccessToken::builder("AC0123456789abcdef0123456789abcdef", api_key, "alice")
///     .room("DailyStandup")
///     .ttl(Duration::from_secs(15 * 60))
///     .sign()?;
/// let response = format!(r#"{{"token":"{}"}}"#, token.as_str());
/// # assert!(response.len() > 400);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct AccessToken(String);

impl AccessToken {
    /// Creates a builder of a token for this identity, which has 1 to 128 characters. A character outside ASCII counts as two.
    ///
    /// Identities are unique in a room: a participant who joins under the identity of another one replaces that one.
    /// According to the vendor, the API key must belong to the account, and to the region US1 unless
    /// [`region`](AccessTokenBuilder::region) names another one. An auth token cannot sign access tokens.
    pub fn builder(
        account_sid: impl AsRef<str>,
        api_key: Credentials,
        identity: impl Into<String>,
    ) -> AccessTokenBuilder {
        AccessTokenBuilder {
            account_sid: account_sid.as_ref().into(),
            api_key,
            identity: identity.into(),
            room: None,
            ttl: Duration::from_secs(60 * 60),
            not_before: None,
            issued_at: None,
            region: None,
        }
    }

    /// Returns the token to send to the application.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<AccessToken> for String {
    fn from(token: AccessToken) -> Self {
        token.0
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessToken([redacted])")
    }
}

/// A builder of an [`AccessToken`]; created by [`AccessToken::builder`].
#[derive(Clone)]
#[must_use = "no token is created until `sign` is called"]
pub struct AccessTokenBuilder {
    account_sid: AccountSid,
    api_key: Credentials,
    identity: String,
    room: Option<String>,
    ttl: Duration,
    not_before: Option<SystemTime>,
    issued_at: Option<SystemTime>,
    region: Option<String>,
}

impl AccessTokenBuilder {
    /// The maximum validity of a token, in seconds.
    const MAX_TTL: u64 = 24 * 60 * 60;

    /// Restricts the token to a room, by its unique name or SID. By default it is valid for every room of the account.
    pub fn room(mut self, sid_or_unique_name: impl AsRef<str>) -> Self {
        self.room = Some(sid_or_unique_name.as_ref().to_owned());
        self
    }

    /// Sets the validity of the token, from 1 second to 24 hours. Fractions of a second are dropped. The default is 1
    /// hour.
    ///
    /// The token must be valid when a participant joins, and when one reconnects after a network failure. The vendor
    /// therefore recommends the maximum duration of a participant.
    pub fn ttl(mut self, ttl: impl Into<Duration>) -> Self {
        self.ttl = ttl.into();
        self
    }

    /// Sets the start of the validity. By default the token is valid immediately.
    ///
    /// The [`ttl`](Self::ttl) still counts from [`issued_at`](Self::issued_at), so it must extend beyond this time.
    pub fn not_before(mut self, time: impl Into<SystemTime>) -> Self {
        self.not_before = Some(time.into());
        self
    }

    /// Sets the time of issue, from which the validity counts. The default is now. Other times are meant for tests.
    pub fn issued_at(mut self, time: impl Into<SystemTime>) -> Self {
        self.issued_at = Some(time.into());
        self
    }

    /// Sets the region in which the API key was created, such as `ie1`. It is in the header of the token (`twr`), as in
    /// those of the vendor's libraries. The default is the region US1, which no header names.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Signs the token.
    ///
    /// # Errors
    ///
    /// The account SID or the API key is malformed ([`Error::is_config`]), or a value is out of range
    /// ([`Error::is_invalid_request`]).
    pub fn sign(self) -> Result<AccessToken, Error> {
        let (key, secret) = self.api_key.api_key_pair()?;
        if !self.account_sid.is_well_formed() {
            return Err(Error::config("the account SID must be `AC` followed by 32 hexadecimal digits"));
        }
        validate_identity(&self.identity)?;
        self.room.as_ref().map_or(Ok(()), |room| validate_name_length("the name of the room", room))?;
        if let Some(region) = self.region.as_deref().filter(|region| !is_region(region)) {
            let expected = "letters, digits and `-` only, such as `ie1`";
            return Err(Error::invalid(format!("{region:?} is not the name of a region: {expected}")));
        }
        let ttl = self.ttl.as_secs();
        if !(1..=Self::MAX_TTL).contains(&ttl) {
            let range = "but must be from 1 second to 24 hours";
            return Err(Error::invalid(format!("the ttl is {:?}, {range}", self.ttl)));
        }
        let iat = seconds("issued_at", self.issued_at.unwrap_or_else(SystemTime::now))?;
        let nbf = self.not_before.map(|time| seconds("not_before", time)).transpose()?;
        let exp = iat.saturating_add(ttl);
        if nbf.is_some_and(|nbf| nbf >= exp) {
            let reason = "before not_before: the access token would never be valid";
            return Err(Error::invalid(format!("the ttl of {:?} after issued_at ends {reason}", self.ttl)));
        }
        let header = Header { alg: "HS256", typ: "JWT", cty: "twilio-fpa;v=1", twr: self.region.as_deref() };
        let claims = Claims {
            jti: format!("{key}-{iat}"),
            grants: Grants { identity: &self.identity, video: Video { room: self.room.as_deref() } },
            nbf,
            iat,
            exp,
            iss: key,
            sub: self.account_sid.as_str(),
        };
        sign_token(&header, &claims, secret).map(AccessToken)
    }
}

impl fmt::Debug for AccessTokenBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A malformed SID may be a secret, passed in the wrong place.
        let account_sid = if self.account_sid.is_well_formed() { self.account_sid.as_str() } else { "[redacted]" };
        f.debug_struct("AccessTokenBuilder")
            .field("account_sid", &account_sid)
            .field("api_key", &self.api_key)
            .field("identity", &self.identity)
            .field("room", &self.room)
            .field("ttl", &self.ttl)
            .field("not_before", &self.not_before)
            .field("issued_at", &self.issued_at)
            .field("region", &self.region)
            .finish()
    }
}

// The fields are in the order of the vendor's library for Node.js, so that the tokens of both are identical.

#[derive(Serialize)]
struct Header<'a> {
    alg: &'a str,
    typ: &'a str,
    cty: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    twr: Option<&'a str>,
}

#[derive(Serialize)]
struct Claims<'a> {
    jti: String,
    grants: Grants<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nbf: Option<u64>,
    iat: u64,
    exp: u64,
    iss: &'a str,
    sub: &'a str,
}

#[derive(Serialize)]
struct Grants<'a> {
    identity: &'a str,
    video: Video<'a>,
}

#[derive(Serialize)]
struct Video<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    room: Option<&'a str>,
}

fn is_region(region: &str) -> bool {
    (1..=63).contains(&region.len()) && region.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Returns a time in seconds since 1970. `field` is the name of the time.
fn seconds(field: &str, time: SystemTime) -> Result<u64, Error> {
    let since = time.duration_since(SystemTime::UNIX_EPOCH);
    since.map(|since| since.as_secs()).map_err(|_| Error::invalid(format!("{field} is before 1970")))
}

/// Signs a token and returns its compact serialization.
fn sign_token(header: &Header<'_>, claims: &Claims<'_>, secret: &str) -> Result<String, Error> {
    let unsigned = format!("{}.{}", encode(header)?, encode(claims)?);
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes())
        .map_err(|error| Error::config("the API key secret cannot sign").with_source(error))?;
    mac.update(unsigned.as_bytes());
    Ok(format!("{unsigned}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())))
}

fn encode(part: &impl Serialize) -> Result<String, Error> {
    let json = serde_json::to_vec(part)
        .map_err(|error| Error::invalid("the access token cannot be serialized").with_source(error))?;
    Ok(URL_SAFE_NO_PAD.encode(json))
}
