//! The kinds of errors, and the line that each is shown as.

use std::fmt;
use std::time::Duration;

use http::StatusCode;

use super::body::ServiceError;

#[derive(Debug)]
pub(crate) enum Kind {
    /// The client or its environment is set up wrongly.
    Config(String),
    /// The request was refused before it was sent.
    InvalidRequest(String),
    /// No connection could be made.
    Connect { host: String },
    /// The connection broke.
    Transport { host: String },
    /// The time for the attempt ran out: ours, or that of an HTTP client that the caller gave.
    Timeout { host: String, timeout: Option<Duration> },
    /// The time for the call ran out before it could be sent: there were too many at once, or the service has said so.
    HeldBack { host: String, deadline: Duration },
    /// The service has asked for no requests for so long, which is more than there was time.
    Closed { host: String, wait: Duration },
    /// The body of the answer is larger than allowed.
    TooLarge { operation: &'static str, limit: u64 },
    /// A room did not get the status that was waited for in time.
    Wait(String),
    /// A room is over with another status than the one that was waited for.
    Over(String),
    /// The service answered with an error.
    Service { operation: &'static str, error: ServiceError },
    /// The service answered with a redirect, or one was followed against our will.
    Redirect { operation: &'static str, to: Option<String>, followed: bool },
    /// The service answered with a success that cannot be read.
    Decode { operation: &'static str, path: Option<String>, reason: String },
    /// The service answered with a success whose JSON ends in the middle.
    Cut { operation: &'static str },
    /// The listing cannot go on.
    Paging(String),
}

impl Kind {
    pub(super) fn write(&self, status: Option<StatusCode>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config(message)
            | Self::InvalidRequest(message)
            | Self::Paging(message)
            | Self::Wait(message)
            | Self::Over(message) => f.write_str(message),
            Self::Connect { host } => write!(f, "could not connect to {host}"),
            Self::Transport { host } => write!(f, "the connection to {host} broke"),
            Self::Timeout { host, timeout: Some(timeout) } => {
                write!(f, "no complete answer from {host} within {timeout:?}")
            }
            Self::Timeout { host, timeout: None } => write!(f, "no complete answer from {host} in time"),
            Self::HeldBack { host, deadline } => {
                write!(f, "no request could be sent to {host} within {deadline:?}: too many were under way")
            }
            Self::Closed { host, wait } => {
                write!(f, "{host} has asked for no requests for {wait:?} more, as there were too many")
            }
            Self::Cut { operation } => {
                write!(f, "the answer to {operation} cannot be read: the body ends in the middle of the JSON")
            }
            Self::TooLarge { operation, limit } => {
                write!(f, "the answer to {operation} is larger than {limit} bytes; see `ClientBuilder::max_body_size`")
            }
            Self::Service { operation, error } => {
                write!(f, "{operation} failed with {}", Status(status))?;
                match (&error.message, error.code) {
                    (Some(message), Some(code)) => write!(f, ": {message} (error {code})"),
                    (Some(message), None) => write!(f, ": {message}"),
                    (None, Some(code)) => write!(f, ": error {code}"),
                    (None, None) => Ok(()),
                }?;
                error.detail.iter().try_for_each(|detail| write!(f, ": {detail}"))
            }
            Self::Redirect { operation, to, followed } => {
                let to = to.as_deref().unwrap_or("nowhere");
                write!(f, "{operation} was redirected to {to}, ")?;
                f.write_str(if *followed {
                    "and the HTTP client that was given followed; make it with `redirect::Policy::none()`"
                } else {
                    "which is not followed; check the base URL"
                })
            }
            Self::Decode { operation, path, reason } => {
                write!(f, "the answer to {operation} cannot be read: ")?;
                path.iter().try_for_each(|path| write!(f, "{path}: "))?;
                f.write_str(reason)
            }
        }
    }
}

impl Kind {
    /// The kind in a word or two, for events: it has nothing of what was sent or answered.
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Config(_) => "config",
            Self::InvalidRequest(_) => "invalid request",
            Self::Connect { .. } => "connect",
            Self::Transport { .. } => "connection broke",
            Self::Timeout { .. } => "timeout",
            Self::HeldBack { .. } | Self::Closed { .. } => "held back",
            Self::TooLarge { .. } => "too large",
            Self::Wait(_) | Self::Over(_) => "wait",
            Self::Service { .. } => "error of the service",
            Self::Redirect { .. } => "redirect",
            Self::Decode { .. } | Self::Cut { .. } => "decode",
            Self::Paging(_) => "paging",
        }
    }
}

/// A status as it is spoken of: `404 Not Found`.
struct Status(Option<StatusCode>);

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(status) => write!(f, "{status}"),
            None => f.write_str("no status"),
        }
    }
}
