//! The faults that can be injected.

use std::fmt;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::http::error::ApiError;

/// A fault in the response to a request.
///
/// A [`Fault::Status`] or [`Fault::RetryAfter`] below 500 replaces the processing of the request. Every other fault is applied
/// to the response after the request was processed, which is the worst case for a client: the request has taken effect, and
/// the client does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The connection is reset before the response begins.
    ResetBeforeHeaders,
    /// The connection is closed in the middle of the body.
    ResetInBody,
    /// The response does not begin until the faults are cleared.
    StallBeforeHeaders,
    /// The response stops in the middle of the body and never continues.
    StallInBody,
    /// The body is the first half of the JSON, sent as if it were complete.
    TruncatedJson,
    /// The body is not valid UTF-8.
    InvalidUtf8,
    /// The body is an HTML page, with status 200.
    Html,
    /// The body is empty, and the status is unchanged.
    EmptyBody,
    /// The response has status 204 and no body.
    NoContent,
    /// The response is a redirect to another origin, with status 307.
    Redirect,
    /// The response has this status and the service's error body for it.
    Status(u16),
    /// The response has this status and a `Retry-After` header.
    RetryAfter {
        /// The status, such as 429 or 503.
        status: u16,
        /// The value of `Retry-After`, in seconds.
        seconds: u64,
    },
    /// The body never ends.
    EndlessBody,
    /// The response has a header of one mebibyte.
    HugeHeader,
    /// The body is unchanged, with the content type `text/plain`.
    WrongContentType,
    /// The URL of the next page is at another origin.
    NextPageElsewhere,
    /// The URL of the next page is that of the current page.
    NextPageItself,
    /// The URL of the next page is relative.
    NextPageRelative,
    /// The URL of the next page cannot be parsed.
    NextPageMalformed,
    /// The response is the first page, whichever page is requested.
    RepeatedPage,
}

/// The faults without parameters, by their names in `/sandbox/faults`.
pub(crate) const NAMES: [(&str, Fault); 18] = [
    ("reset-before-headers", Fault::ResetBeforeHeaders),
    ("reset-in-body", Fault::ResetInBody),
    ("stall-before-headers", Fault::StallBeforeHeaders),
    ("stall-in-body", Fault::StallInBody),
    ("truncated-json", Fault::TruncatedJson),
    ("invalid-utf-8", Fault::InvalidUtf8),
    ("html", Fault::Html),
    ("empty-body", Fault::EmptyBody),
    ("no-content", Fault::NoContent),
    ("redirect", Fault::Redirect),
    ("endless-body", Fault::EndlessBody),
    ("huge-header", Fault::HugeHeader),
    ("wrong-content-type", Fault::WrongContentType),
    ("next-page-elsewhere", Fault::NextPageElsewhere),
    ("next-page-itself", Fault::NextPageItself),
    ("next-page-relative", Fault::NextPageRelative),
    ("next-page-malformed", Fault::NextPageMalformed),
    ("repeated-page", Fault::RepeatedPage),
];

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => write!(f, "status {status}"),
            Self::RetryAfter { status, seconds } => write!(f, "status {status}, retry after {seconds} s"),
            other => f.write_str(NAMES.iter().find(|(_, fault)| fault == other).map_or("fault", |(name, _)| name)),
        }
    }
}

impl Fault {
    /// Parses a name of `/sandbox/faults`: that of a fault without parameters, or `status`, with a status and, for a
    /// `Retry-After` header, a number of seconds.
    pub(crate) fn parse(name: &str, status: Option<u16>, seconds: Option<u64>) -> Result<Self, String> {
        match (name, status, seconds) {
            ("status", Some(status), None) => Ok(Self::Status(status)),
            ("status", Some(status), Some(seconds)) => Ok(Self::RetryAfter { status, seconds }),
            ("status", None, _) => Err("Missing status".to_owned()),
            _ => NAMES.iter().find(|(known, _)| *known == name).map(|(_, fault)| *fault).ok_or_else(|| {
                let known: Vec<&str> = NAMES.iter().map(|(name, _)| *name).collect();
                format!("Invalid fault: {name} is neither status nor one of {}", known.join(", "))
            }),
        }
    }

    /// The response of a fault that is nothing but a status.
    pub(crate) fn status_response(self) -> Option<Response> {
        let (status, seconds) = match self {
            Self::Status(status) => (status, None),
            Self::RetryAfter { status, seconds } => (status, Some(seconds)),
            _ => return None,
        };
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = ApiError::from_status(status).into_response();
        if let Some(seconds) = seconds {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        Some(response)
    }

    /// Returns whether the request is processed before the fault is applied.
    pub(crate) fn is_after_processing(self) -> bool {
        !matches!(self, Self::Status(..500) | Self::RetryAfter { status: ..500, .. })
    }
}
