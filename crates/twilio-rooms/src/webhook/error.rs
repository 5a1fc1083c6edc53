//! The error of rejected status callbacks.

use std::error::Error as StdError;
use std::fmt;

/// The error of a request that is not a valid status callback.
///
/// It shows neither the auth token nor the request nor the expected signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallbackError(Kind);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The signature is missing, malformed or wrong.
    Signature,
    /// The auth token is malformed.
    AuthToken(&'static str),
    /// The event is missing.
    Event,
    /// The body is larger than any callback.
    #[cfg(feature = "axum")]
    TooLarge,
    /// The body did not arrive.
    #[cfg(feature = "axum")]
    Body,
}

impl CallbackError {
    pub(super) const fn new(kind: Kind) -> Self {
        Self(kind)
    }

    #[cfg(feature = "axum")]
    pub(super) const fn kind(&self) -> Kind {
        self.0
    }

    /// Returns `true` if the signature does not match the request: respond with 403, and ignore the request.
    ///
    /// If the service did send the request, the URL is most likely not the one that the service called, or the auth
    /// token is that of another account.
    #[must_use]
    pub fn is_signature(&self) -> bool {
        self.0 == Kind::Signature
    }

    /// Returns `true` if the auth token is empty, or starts or ends with white space, so that no signature can be
    /// verified.
    #[must_use]
    pub fn is_config(&self) -> bool {
        matches!(self.0, Kind::AuthToken(_))
    }

    /// Returns `true` if the request does not name an event, and so is not a status callback.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        self.0 == Kind::Event
    }
}

impl fmt::Display for CallbackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Kind::Signature => f.write_str(
                "the signature does not match the request; check the auth token and the URL that the service called",
            ),
            Kind::AuthToken(problem) => write!(f, "the auth token {problem}"),
            Kind::Event => f.write_str("the request has no `StatusCallbackEvent`"),
            #[cfg(feature = "axum")]
            Kind::TooLarge => f.write_str("the body is larger than 64 KiB"),
            #[cfg(feature = "axum")]
            Kind::Body => f.write_str("the body could not be read"),
        }
    }
}

impl StdError for CallbackError {}
