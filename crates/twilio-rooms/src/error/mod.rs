//! All failures of this crate, as one opaque error.

mod body;
mod cause;
mod decode;
mod error_response;
mod json_path;
mod kind;
mod lenient_json;
mod predicates;
mod retry_after;
mod secrets;
mod text;

use std::error::Error as StdError;
use std::fmt::{self, Write as _};
use std::time::{Duration, SystemTime};

use http::HeaderMap;

pub(crate) use self::body::ServiceError;
pub(crate) use self::cause::{Cause, one_line};
pub(crate) use self::error_response::{ErrorResponse, request_id};
pub(crate) use self::kind::Kind;
pub(crate) use self::secrets::Secrets;
use self::text::{Limited, MAX_DEBUG, MAX_DISPLAY};

type Source = Box<dyn StdError + Send + Sync>;

/// The error of every operation: the cause, the response if there was one, and whether to retry.
///
/// `Display` is one line of at most 4 KiB. It does not repeat the underlying cause, which is in
/// [`source`](StdError::source). What the server sent is cut, and characters that could forge or disguise a line of a log
/// are escaped. Neither of them, nor `Debug`, shows a secret, even if the server sends it back.
///
/// ```no_run
/// # async fn example(client: twilio_rooms::Client) {
/// match client.rooms().list().collect().await {
///     Ok(rooms) => println!("{} rooms", rooms.len()),
///     Err(error) if error.is_unauthorized() => eprintln!("check the credentials: {error}"),
///     Err(error) if error.is_retryable() => eprintln!("try again later: {error}"),
///     Err(error) => eprintln!("{error}; quote request {:?} to Twilio's support", error.request_id()),
/// }
/// # }
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: Kind,
    source: Option<Source>,
    response: Option<ErrorResponse>,
    attempts: u32,
    outcome: Outcome,
    resume_url: Option<String>,
}

/// The effect of a failed request on the account, as far as the client can tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The request had no effect, or is a read.
    #[default]
    Known,
    /// The request may have taken effect. Repeating it is harmless.
    UnknownIdempotent,
    /// The request may have taken effect. Repeating it could do the same thing twice.
    UnknownNonIdempotent,
}

impl Error {
    pub(crate) fn new(kind: Kind) -> Self {
        let (outcome, resume_url) = (Outcome::Known, None);
        Self(Box::new(Inner { kind, source: None, response: None, attempts: 0, outcome, resume_url }))
    }

    /// The client or its environment is misconfigured.
    pub(crate) fn config(message: impl Into<String>) -> Self {
        Self::new(Kind::Config(message.into()))
    }

    /// The request was rejected before it was sent.
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(Kind::InvalidRequest(message.into()))
    }

    pub(crate) fn with_source(mut self, source: impl Into<Source>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    pub(crate) fn with_response(mut self, response: ErrorResponse) -> Self {
        self.0.response = Some(response);
        self
    }

    /// Adds a detail to the service's description.
    pub(crate) fn with_detail(mut self, detail: &str) -> Self {
        if let Kind::Service { error, .. } = &mut self.0.kind {
            error.detail = Some(detail.to_owned());
        }
        self
    }

    pub(crate) fn with_attempts(mut self, attempts: u32, outcome: Outcome) -> Self {
        self.0.attempts = attempts;
        self.0.outcome = outcome;
        self
    }

    pub(crate) fn with_resume_url(mut self, url: Option<String>) -> Self {
        self.0.resume_url = url;
        self
    }

    pub(crate) fn kind(&self) -> &Kind {
        &self.0.kind
    }

    /// The HTTP status of the response, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        Some(self.0.response.as_ref()?.status.as_u16())
    }

    /// The vendor's error code, such as 20404.
    ///
    /// The vendor's [error dictionary](https://www.twilio.com/docs/api/errors) lists them all.
    #[must_use]
    pub fn code(&self) -> Option<u32> {
        self.service_error()?.code
    }

    /// The service's description of the error, written for people. It ends with `…` after 1 KiB.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.service_error()?.message.as_deref()
    }

    /// The URL of the vendor's page about this error.
    #[must_use]
    pub fn more_info(&self) -> Option<&str> {
        self.service_error()?.more_info.as_deref()
    }

    /// The identifier of the request, to quote to the vendor's support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.response.as_ref()?.request_id()
    }

    /// The headers of the response, if there was one.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        Some(&self.0.response.as_ref()?.headers)
    }

    /// The delay that the service asks for before the next attempt (`Retry-After`, in seconds or as a date).
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match &self.0.kind {
            Kind::RateLimitPause { remaining, .. } => Some(*remaining),
            _ => retry_after::retry_after(&self.0.response.as_ref()?.headers, SystemTime::now()),
        }
    }

    /// The number of attempts to send the request, or 0 if it was rejected before.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The URL of the page of a listing that could not be read. The listing has yielded everything before it.
    ///
    /// It is `None` after [`List::collect`](crate::List::collect), which loses what it has read, and in a
    /// [parallel](crate::List::parallel) listing. `client.rooms().list().resume(url)` continues there, with the filters of the listing.
    #[must_use]
    pub fn resume_url(&self) -> Option<&str> {
        self.0.resume_url.as_deref()
    }

    /// The body of the response as text, with secrets of the client replaced. It ends with `…` after 4 KiB.
    #[must_use]
    pub fn body(&self) -> Option<&str> {
        Some(self.0.response.as_ref()?.body.as_str())
    }

    /// The path in the body to the value that did not decode, such as `rooms[3].duration`.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        if let Kind::Decode { path, .. } = &self.0.kind { path.as_deref() } else { None }
    }

    /// The target of a redirect.
    pub(crate) fn redirect_location(&self) -> Option<&str> {
        let location = self.headers()?.get(http::header::LOCATION)?;
        location.to_str().ok().filter(|_| self.is_redirect())
    }

    /// The response, if there was one.
    pub(crate) fn into_response(self) -> Option<ErrorResponse> {
        self.0.response
    }

    fn service_error(&self) -> Option<&ServiceError> {
        if let Kind::Service { error, .. } = &self.0.kind { Some(error) } else { None }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = Limited::single_line(&mut *f, MAX_DISPLAY);
        self.0.kind.write(self.0.response.as_ref().map(|response| response.status), &mut line)?;
        if self.0.attempts > 1 {
            write!(f, " (after {} attempts)", self.0.attempts)?;
        }
        if self.is_outcome_unknown() {
            f.write_str("; the request may still have taken effect")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (is_alternate, mut limited) = (f.alternate(), Limited::new(f, MAX_DEBUG));
        if is_alternate {
            write!(limited, "{:#?}", Details(&self.0))
        } else {
            write!(limited, "{:?}", Details(&self.0))
        }
    }
}

/// The fields of an error, of any length.
struct Details<'a>(&'a Inner);

impl fmt::Debug for Details<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, source, response, attempts, outcome, .. } = self.0;
        let mut debug = f.debug_struct("Error");
        debug.field("kind", kind);
        if let Some(response) = response {
            debug.field("status", &response.status).field("request_id", &response.request_id());
        }
        debug.field("attempts", attempts).field("outcome", outcome);
        if let Some(source) = source {
            debug.field("source", source);
        }
        if let Some(response) = response {
            debug.field("body", &response.body);
        }
        debug.finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
