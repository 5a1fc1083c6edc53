//! Why a request is not taken for a status callback.

use std::error::Error as StdError;
use std::fmt;

/// Why a request is not taken for a status callback of the service.
///
/// It shows neither the auth token, nor the request, nor the signature that would have been right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallbackError(Kind);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The signature is missing, malformed, or another one.
    Signature,
    /// The auth token cannot be right.
    Token(&'static str),
    /// There is no event.
    Event,
}

impl CallbackError {
    pub(super) const fn new(kind: Kind) -> Self {
        Self(kind)
    }

    /// Whether the signature is not that of the request: answer with 403, and do nothing.
    ///
    /// When it is a request of the service all the same, the URL is most likely not the one that the service has called, or
    /// the auth token is that of another account.
    #[must_use]
    pub fn is_signature(&self) -> bool {
        self.0 == Kind::Signature
    }

    /// Whether no signature can be checked, because the auth token is empty, or begins or ends with white space.
    #[must_use]
    pub fn is_config(&self) -> bool {
        matches!(self.0, Kind::Token(_))
    }

    /// Whether the request names no event, and so is not a status callback.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        self.0 == Kind::Event
    }
}

impl fmt::Display for CallbackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Kind::Signature => f.write_str(
                "the signature is not that of the request; check the auth token, and the URL as it was called",
            ),
            Kind::Token(what) => write!(f, "the auth token {what}"),
            Kind::Event => f.write_str("the request has no `StatusCallbackEvent`"),
        }
    }
}

impl StdError for CallbackError {}
