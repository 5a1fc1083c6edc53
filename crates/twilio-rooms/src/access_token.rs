//! Access tokens, with which people join rooms.

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
use crate::names::check_length;

/// What lets somebody join a room: a token for an application in a browser or on a phone, made by your server.
///
/// It is made here, and nothing is sent. Whoever has it can join under its identity until it expires, so it is shown
/// nowhere: not by `Debug`, and there is no `Display`. See the vendor's documentation of
/// [identities and access tokens](https://www.twilio.com/docs/video/tutorials/user-identity-access-tokens).
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
/// let answer = format!(r#"{{"token":"{}"}}"#, token.as_str());
/// # assert!(answer.len() > 400);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct AccessToken(String);

impl AccessToken {
    /// A token for the one who goes by this identity, with 1 to 128 characters. Nobody else in a room has the same: who
    /// joins under it takes the place of who was there.
    ///
    /// The API key must be one of this account and of the region US1: with others nobody can join a room, says the vendor.
    /// With an auth token no access token can be signed.
    pub fn builder(
        account_sid: impl Into<AccountSid>,
        api_key: Credentials,
        identity: impl Into<String>,
    ) -> AccessTokenBuilder {
        AccessTokenBuilder {
            account_sid: account_sid.into(),
            api_key,
            identity: identity.into(),
            room: None,
            ttl: Duration::from_secs(60 * 60),
            not_before: None,
            issued_at: None,
        }
    }

    /// The token as it is given to the application.
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

/// An access token to be made; see [`AccessToken::builder`].
#[derive(Clone)]
#[must_use = "no token is made until this is signed"]
pub struct AccessTokenBuilder {
    account_sid: AccountSid,
    api_key: Credentials,
    identity: String,
    room: Option<String>,
    ttl: Duration,
    not_before: Option<SystemTime>,
    issued_at: Option<SystemTime>,
}

impl AccessTokenBuilder {
    /// The longest that a token can be good for, in seconds.
    const MAX_TTL: u64 = 24 * 60 * 60;

    /// The only room that it is for, by its unique name or SID. The default is every room of the account.
    pub fn room(mut self, name_or_sid: impl Into<String>) -> Self {
        self.room = Some(name_or_sid.into());
        self
    }

    /// How long it is good for, from a second to 24 hours, in whole seconds. The default is an hour.
    ///
    /// It has to be good whenever somebody joins, and also when somebody comes back after the network was lost, so the vendor
    /// recommends the longest that somebody may be in a room.
    pub fn ttl(mut self, ttl: impl Into<Duration>) -> Self {
        self.ttl = ttl.into();
        self
    }

    /// When it begins to be good. The default is at once. The [`ttl`](Self::ttl) counts from when it is
    /// [issued](Self::issued_at) all the same, so it must be longer than the time until then.
    pub fn not_before(mut self, time: impl Into<SystemTime>) -> Self {
        self.not_before = Some(time.into());
        self
    }

    /// When it is made, from which its time is counted. The default is now; another time is for tests.
    pub fn issued_at(mut self, time: impl Into<SystemTime>) -> Self {
        self.issued_at = Some(time.into());
        self
    }

    /// Makes the token.
    ///
    /// # Errors
    ///
    /// The account SID or the API key cannot be right ([`Error::is_config`]), or a value is out of its range
    /// ([`Error::is_invalid_request`]).
    pub fn sign(self) -> Result<AccessToken, Error> {
        let (key, secret) = self.api_key.key()?;
        if !self.account_sid.is_well_formed() {
            return Err(Error::config("the account SID must be `AC` and 32 hexadecimal digits after it"));
        }
        check_length("the identity", &self.identity)?;
        self.room.as_ref().map_or(Ok(()), |room| check_length("the name of the room", room))?;
        let ttl = self.ttl.as_secs();
        if !(1..=Self::MAX_TTL).contains(&ttl) {
            let why = "but an access token is good for a second to 24 hours";
            return Err(Error::invalid(format!("the ttl is {:?}, {why}", self.ttl)));
        }
        let iat = seconds("issued_at", self.issued_at.unwrap_or_else(SystemTime::now))?;
        let nbf = self.not_before.map(|time| seconds("not_before", time)).transpose()?;
        let exp = iat.saturating_add(ttl);
        if nbf.is_some_and(|nbf| nbf >= exp) {
            let why = "but not_before is not before the end of that: the access token would never be good";
            return Err(Error::invalid(format!("the ttl of {:?} counts from issued_at, {why}", self.ttl)));
        }
        let header = Header { alg: "HS256", typ: "JWT", cty: "twilio-fpa;v=1" };
        let claims = Claims {
            jti: format!("{key}-{iat}"),
            grants: Grants { identity: &self.identity, video: Video { room: self.room.as_deref() } },
            nbf,
            iat,
            exp,
            iss: key,
            sub: self.account_sid.as_str(),
        };
        signed(&header, &claims, secret).map(AccessToken)
    }
}

impl fmt::Debug for AccessTokenBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What does not look like a SID may be a secret in the wrong place.
        let account_sid = if self.account_sid.is_well_formed() { self.account_sid.as_str() } else { "[redacted]" };
        f.debug_struct("AccessTokenBuilder")
            .field("account_sid", &account_sid)
            .field("api_key", &self.api_key)
            .field("identity", &self.identity)
            .field("room", &self.room)
            .field("ttl", &self.ttl)
            .field("not_before", &self.not_before)
            .field("issued_at", &self.issued_at)
            .finish()
    }
}

// The fields are in the order of the vendor's library for Node.js, so that a token of ours is one of its own, byte for byte.

#[derive(Serialize)]
struct Header<'a> {
    alg: &'a str,
    typ: &'a str,
    cty: &'a str,
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

/// The time in seconds, as a token has it.
fn seconds(what: &str, time: SystemTime) -> Result<u64, Error> {
    let since = time.duration_since(SystemTime::UNIX_EPOCH);
    since.map(|since| since.as_secs()).map_err(|_| Error::invalid(format!("{what} is before 1970")))
}

/// The token in its compact form.
fn signed(header: &Header<'_>, claims: &Claims<'_>, secret: &str) -> Result<String, Error> {
    let unsigned = format!("{}.{}", encoded(header)?, encoded(claims)?);
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes())
        .map_err(|error| Error::config("the API key secret cannot be signed with").with_source(error))?;
    mac.update(unsigned.as_bytes());
    Ok(format!("{unsigned}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())))
}

fn encoded(part: &impl Serialize) -> Result<String, Error> {
    let json = serde_json::to_vec(part)
        .map_err(|error| Error::invalid("the access token cannot be written").with_source(error))?;
    Ok(URL_SAFE_NO_PAD.encode(json))
}
