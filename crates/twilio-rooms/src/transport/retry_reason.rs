//! The reasons for retries.

use std::fmt;
use std::time::Duration;

use super::effect::Effect;
use crate::error::{Error, Kind};

/// The failure that a call is retried after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RetryReason {
    /// The service received too many requests (429).
    RateLimited,
    /// No connection could be established.
    Connect,
    /// No credentials could be provided, for a reason that is temporary.
    Credentials,
    /// The attempt timed out.
    Timeout,
    /// The connection broke before the response was complete.
    Interrupted,
    /// The service responded with this status: 408, 500, 502, 503 or 504, or another one that
    /// [`Retry::when`](crate::Retry::when) has chosen.
    Status(u16),
    /// Another failure, which the predicate of [`Retry::when`](crate::Retry::when) has chosen.
    Chosen,
}

impl fmt::Display for RetryReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RateLimited => f.write_str("too many requests"),
            Self::Connect => f.write_str("no connection"),
            Self::Credentials => f.write_str("no credentials"),
            Self::Timeout => f.write_str("timeout"),
            Self::Interrupted => f.write_str("connection broke"),
            Self::Chosen => f.write_str("chosen by the caller"),
            Self::Status(status) => write!(f, "status {status}"),
        }
    }
}

impl RetryReason {
    /// Returns the reason to retry after this error, or `None` if a retry cannot help.
    pub(super) fn from_error(error: &Error) -> Option<Self> {
        match (error.kind(), error.status()) {
            (Kind::Connect { .. }, _) => Some(Self::Connect),
            (Kind::Credentials { is_retryable: true }, _) => Some(Self::Credentials),
            (Kind::Timeout { .. }, _) => Some(Self::Timeout),
            (Kind::Transport { .. } | Kind::TruncatedBody { .. }, _) => Some(Self::Interrupted),
            (Kind::Service { .. }, Some(429)) => Some(Self::RateLimited),
            (Kind::Service { .. }, Some(status @ (408 | 500 | 502 | 503 | 504))) => Some(Self::Status(status)),
            _ => None,
        }
    }

    /// Returns the reason of a failure that is not retried by default.
    pub(super) fn chosen(error: &Error) -> Self {
        error.status().map_or(Self::Chosen, Self::Status)
    }

    /// Returns `true` if an operation with this effect may be retried.
    pub(super) fn allows_retry_of(self, effect: Effect) -> bool {
        matches!(self, Self::RateLimited | Self::Connect | Self::Credentials) || effect != Effect::NonIdempotent
    }
}

/// An upcoming retry, as passed to [`ClientBuilder::on_retry`](crate::ClientBuilder::on_retry).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetryEvent {
    /// The operation's name in the spec, such as `list_rooms`.
    pub operation: &'static str,
    /// The number of attempts that have failed so far.
    pub attempt: u32,
    /// The delay before the next attempt.
    pub delay: Duration,
    /// The failure of the last attempt.
    pub reason: RetryReason,
}
