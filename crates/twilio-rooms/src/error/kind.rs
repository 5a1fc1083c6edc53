//! The kinds of errors and their messages.

use std::fmt;
use std::time::Duration;

use http::StatusCode;

use super::body::ServiceError;

#[derive(Debug)]
pub(crate) enum Kind {
    /// The client or its environment is misconfigured.
    Config(String),
    /// The request was rejected before it was sent.
    InvalidRequest(String),
    /// The credentials could not be provided.
    Credentials { is_retryable: bool },
    /// No connection could be established.
    Connect { host: String },
    /// An established connection broke.
    Transport { host: String },
    /// The certificate of the server, or that of the client, was not accepted.
    Certificate { host: String, reason: String },
    /// The attempt timed out. `timeout` is `None` if a custom HTTP client's own timeout expired.
    Timeout { host: String, timeout: Option<Duration> },
    /// The call's deadline passed while other requests took up all permits.
    QueueTimeout { host: String, deadline: Duration },
    /// The call's deadline passed before the request could be sent.
    DeadlinePassed { host: String, deadline: Duration },
    /// A listing yielded no item in time, although each of its pages arrived.
    ListingTimeout { pages: u32, deadline: Duration },
    /// The service has paused all requests (429) beyond the call's deadline.
    RateLimitPause { host: String, remaining: Duration },
    /// The response body is larger than allowed.
    TooLarge { operation: &'static str, limit: u64 },
    /// A room did not reach the awaited status in time.
    WaitTimeout(String),
    /// A room ended with another status than the awaited one.
    Ended(String),
    /// The service responded with an error.
    Service { operation: &'static str, error: ServiceError },
    /// The service responded with a redirect, or a custom HTTP client followed one.
    Redirect { operation: &'static str, to: Option<String>, followed: bool },
    /// The service responded with a success that does not decode.
    Decode { operation: &'static str, path: Option<String>, reason: String },
    /// The service responded with a success whose JSON ends early.
    TruncatedBody { operation: &'static str },
    /// The listing cannot continue.
    Paging(String),
}

impl Kind {
    pub(super) fn write(&self, status: Option<StatusCode>, f: &mut impl fmt::Write) -> fmt::Result {
        match self {
            Self::Config(message)
            | Self::InvalidRequest(message)
            | Self::Paging(message)
            | Self::WaitTimeout(message)
            | Self::Ended(message) => f.write_str(message),
            Self::Credentials { .. } => f.write_str("the credentials could not be provided"),
            Self::Connect { host } => write!(f, "could not connect to {host}"),
            Self::Transport { host } => write!(f, "the connection to {host} broke"),
            Self::Certificate { host, reason } => {
                write!(f, "the certificate in the connection to {host} was not accepted: {reason}")
            }
            Self::DeadlinePassed { host, deadline } => {
                write!(f, "the deadline of {deadline:?} passed before the request could be sent to {host}")
            }
            Self::ListingTimeout { pages, deadline } => {
                write!(
                    f,
                    "the listing has yielded nothing within {deadline:?}: {pages} consecutive pages have no new item"
                )
            }
            Self::Timeout { host, timeout: Some(timeout) } => {
                write!(f, "no complete response from {host} within {timeout:?}")
            }
            Self::Timeout { host, timeout: None } => write!(f, "no complete response from {host} in time"),
            Self::QueueTimeout { host, deadline } => {
                write!(f, "no request could be sent to {host} within {deadline:?}: too many were in flight")
            }
            Self::RateLimitPause { host, remaining } => {
                write!(f, "{host} accepts no requests for another {remaining:?}, after too many requests")
            }
            Self::TruncatedBody { operation } => {
                write!(f, "the response to {operation} cannot be read: the body ends in the middle of the JSON")
            }
            Self::TooLarge { operation, limit } => {
                write!(
                    f,
                    "the response to {operation} is larger than {limit} bytes; see `ClientBuilder::max_body_size`"
                )
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
                let to = to.as_deref().unwrap_or("an unknown location");
                write!(f, "{operation} was redirected to {to}, ")?;
                f.write_str(if *followed {
                    "and the custom HTTP client followed; build it with `redirect::Policy::none()`"
                } else {
                    "which is not followed; check the base URL"
                })
            }
            Self::Decode { operation, path, reason } => {
                write!(f, "the response to {operation} cannot be read: ")?;
                path.iter().try_for_each(|path| write!(f, "{path}: "))?;
                f.write_str(reason)
            }
        }
    }
}

impl Kind {
    /// The kind in a word or two, for `tracing` events. It contains nothing from the request or response.
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Config(_) => "config",
            Self::InvalidRequest(_) => "invalid request",
            Self::Credentials { .. } => "credentials",
            Self::Connect { .. } => "connect",
            Self::Transport { .. } => "connection broke",
            Self::Certificate { .. } => "certificate",
            Self::Timeout { .. } | Self::DeadlinePassed { .. } | Self::ListingTimeout { .. } => "timeout",
            Self::QueueTimeout { .. } => "queue timeout",
            Self::RateLimitPause { .. } => "rate limit pause",
            Self::TooLarge { .. } => "too large",
            Self::WaitTimeout(_) | Self::Ended(_) => "wait",
            Self::Service { .. } => "service error",
            Self::Redirect { .. } => "redirect",
            Self::Decode { .. } | Self::TruncatedBody { .. } => "decode",
            Self::Paging(_) => "paging",
        }
    }
}

/// A status with its reason phrase, such as `404 Not Found`.
struct Status(Option<StatusCode>);

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(status) => write!(f, "{status}"),
            None => f.write_str("no status"),
        }
    }
}
