//! What can go wrong, as one opaque error.

mod answer;
mod body;
mod decode;
mod kind;
mod path;
mod retry_after;

use std::error::Error as StdError;
use std::fmt;
use std::time::{Duration, SystemTime};

use http::{HeaderMap, StatusCode};

pub(crate) use self::answer::{Answer, request_id};
pub(crate) use self::body::{Excerpt, ServiceError};
pub(crate) use self::kind::Kind;

type Source = Box<dyn StdError + Send + Sync>;

/// What went wrong, where, and as far as it is known, what to do.
///
/// `Display` is one line, and the cause is in [`source`](StdError::source). Neither, nor `Debug`, shows a secret.
///
/// ```no_run
/// # async fn example(client: twilio_rooms::Client) {
/// match client.rooms().list().collect().await {
///     Ok(rooms) => println!("{} rooms", rooms.len()),
///     Err(error) if error.is_unauthorized() => eprintln!("check the credentials: {error}"),
///     Err(error) if error.is_retryable() => eprintln!("try again later: {error}"),
///     Err(error) => eprintln!("{error}; quote request {:?} to the support", error.request_id()),
/// }
/// # }
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: Kind,
    source: Option<Source>,
    answer: Option<Answer>,
    attempts: u32,
    outcome: Outcome,
    resume_url: Option<String>,
}

/// What is known of what the service has done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Nothing, or nothing that matters.
    #[default]
    Known,
    /// It may have acted, and doing it again is the same.
    Repeatable,
    /// It may have acted, and doing it again is something else.
    Unrepeatable,
}

impl Error {
    pub(crate) fn new(kind: Kind) -> Self {
        let inner = Inner { kind, source: None, answer: None, attempts: 0, outcome: Outcome::Known, resume_url: None };
        Self(Box::new(inner))
    }

    /// The client, or its environment, is set up wrongly.
    pub(crate) fn config(message: impl Into<String>) -> Self {
        Self::new(Kind::Config(message.into()))
    }

    /// The request was refused before it was sent.
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(Kind::InvalidRequest(message.into()))
    }

    pub(crate) fn with_source(mut self, source: impl Into<Source>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    pub(crate) fn with_answer(mut self, answer: Answer) -> Self {
        self.0.answer = Some(answer);
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

    /// Whether there was too little time, for an answer or before anything could be sent.
    pub(crate) fn is_out_of_time(&self) -> bool {
        matches!(self.kind(), Kind::Timeout { .. } | Kind::HeldBack { .. })
    }

    pub(crate) fn without_resume_url(self) -> Self {
        self.with_resume_url(None)
    }

    pub(crate) fn kind(&self) -> &Kind {
        &self.0.kind
    }

    /// Whether the service may have acted on the request that this error is about.
    pub(crate) fn may_have_acted(&self) -> bool {
        match &self.0.kind {
            Kind::Timeout { .. }
            | Kind::Transport { .. }
            | Kind::TooLarge { .. }
            | Kind::Redirect { .. }
            | Kind::Cut { .. }
            | Kind::Decode { .. } => true,
            Kind::Service { .. } => !self.0.answer.as_ref().is_some_and(|answer| refused(answer.status)),
            _ => false,
        }
    }

    /// The HTTP status of the answer, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        Some(self.0.answer.as_ref()?.status.as_u16())
    }

    /// The vendor's number of the error, such as 20404.
    ///
    /// The vendor lists them all in its [error dictionary](https://www.twilio.com/docs/api/errors).
    #[must_use]
    pub fn code(&self) -> Option<u32> {
        self.service()?.code
    }

    /// What the service says went wrong, for a person to read.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.service()?.message.as_deref()
    }

    /// The URL of the vendor's page about this error.
    #[must_use]
    pub fn more_info(&self) -> Option<&str> {
        self.service()?.more_info.as_deref()
    }

    /// The identifier of the request, to be quoted to the vendor's support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.answer.as_ref()?.request_id()
    }

    /// The headers of the answer, if there was one.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        Some(&self.0.answer.as_ref()?.headers)
    }

    /// How long the service asks to wait before the next attempt (`Retry-After`, in seconds or as a date).
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match &self.0.kind {
            Kind::Closed { wait, .. } => Some(*wait),
            _ => retry_after::read(&self.0.answer.as_ref()?.headers, SystemTime::now()),
        }
    }

    /// How many times the request was sent, or nearly so. 0 when it was refused before.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The URL of the page of a listing that could not be read. Everything before it has been given.
    ///
    /// `client.rooms().list().resume(url)` goes on there; it has the filters of the listing.
    #[must_use]
    pub fn resume_url(&self) -> Option<&str> {
        self.0.resume_url.as_deref()
    }

    /// The body of the answer as text, or its beginning: no more than 4 KiB of it, and `…` where it was cut.
    #[must_use]
    pub fn body(&self) -> Option<&str> {
        Some(self.0.answer.as_ref()?.body.as_str())
    }

    /// Where in the body the value stands that did not decode, such as `rooms[3].duration`.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        if let Kind::Decode { path, .. } = &self.0.kind { path.as_deref() } else { None }
    }

    /// Whether there is no such resource (404).
    ///
    /// A unique name stands for a room only while the room is in progress; look a room up by its SID once it is over.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(404)
    }

    /// Whether the service does not accept the credentials (401).
    ///
    /// An auth token or secret may have been changed, and an API key belongs to one region only.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.status() == Some(401)
    }

    /// Whether there were too many requests (429), or the service has just said so to another call of the client. It has not
    /// acted on this one; wait ([`retry_after`](Self::retry_after)), then send it again.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.status() == Some(429) || matches!(self.0.kind, Kind::Closed { .. })
    }

    /// Whether the time for a request ran out, here or at the service (408, 504).
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.0.kind, Kind::Timeout { .. } | Kind::HeldBack { .. } | Kind::Wait(_))
            || matches!(self.status(), Some(408 | 504))
    }

    /// Whether no connection could be made, or one broke.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(self.0.kind, Kind::Connect { .. } | Kind::Transport { .. })
    }

    /// Whether the answer was a success by its status, but its body was not what the spec says.
    ///
    /// [`path`](Self::path) says where, and [`body`](Self::body) shows what came. A proxy on the way may have answered.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        matches!(self.0.kind, Kind::Decode { .. } | Kind::Cut { .. })
    }

    /// Whether the listing cannot go on: the next page is at another origin, at a URL that does not parse, or was read
    /// already. Nothing was sent there.
    #[must_use]
    pub fn is_paging(&self) -> bool {
        matches!(self.0.kind, Kind::Paging(_))
    }

    /// Whether the body of the answer was larger than
    /// [`ClientBuilder::max_body_size`](crate::ClientBuilder::max_body_size).
    #[must_use]
    pub fn is_too_large(&self) -> bool {
        matches!(self.0.kind, Kind::TooLarge { .. })
    }

    /// Whether a room is in progress under the unique name already (the error 53113).
    #[must_use]
    pub fn is_room_exists(&self) -> bool {
        self.code() == Some(53113)
    }

    /// Whether the service may have done what it was asked, although there is no answer that says so.
    ///
    /// True only of requests that change something, after a timeout, a connection that broke, a status of 500 and above, a
    /// redirect, or an answer that is too large or cannot be read. Such a request is sent again by the client only when twice
    /// is the same as once, so for [creating a room](crate::Rooms::create) it is for the caller to find out. Give rooms a
    /// unique name, and create the room once more under the same name: there is never a second one, and
    /// [`is_room_exists`](Self::is_room_exists) says that there is one by now. The chapter on
    /// [what happens when something fails](crate::docs::retries) has the code.
    #[must_use]
    pub fn is_outcome_unknown(&self) -> bool {
        self.0.outcome != Outcome::Known
    }

    /// Whether the service answered with a redirect. It was not followed, unless by an HTTP client of your own.
    #[must_use]
    pub fn is_redirect(&self) -> bool {
        matches!(self.0.kind, Kind::Redirect { .. })
    }

    /// Whether a room that was [waited for](crate::RoomRef::wait_until) is over with another status.
    #[must_use]
    pub fn is_over(&self) -> bool {
        matches!(self.0.kind, Kind::Over(_))
    }

    /// Whether the request was refused before it was sent, or an access token before it was signed, because a value is out of
    /// its range.
    #[must_use]
    pub fn is_invalid_request(&self) -> bool {
        matches!(self.0.kind, Kind::InvalidRequest(_))
    }

    /// Whether the client is set up wrongly: its credentials, URL, region, or environment.
    #[must_use]
    pub fn is_config(&self) -> bool {
        matches!(self.0.kind, Kind::Config(_))
    }

    /// Whether the same request may succeed later, and can be sent again without doing anything twice: it was rate limited,
    /// timed out, found no connection, or the service failed (500, 502, 503).
    ///
    /// Not when a room may have been created: see [`is_outcome_unknown`](Self::is_outcome_unknown).
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        let failed = matches!(self.status(), Some(500 | 502 | 503)) || matches!(self.0.kind, Kind::Cut { .. });
        let temporary = failed || self.is_rate_limited() || self.is_timeout() || self.is_connect();
        temporary && self.0.outcome != Outcome::Unrepeatable
    }

    /// Where a redirect leads.
    pub(crate) fn location(&self) -> Option<&str> {
        let location = self.headers()?.get(http::header::LOCATION)?;
        location.to_str().ok().filter(|_| self.is_redirect())
    }

    fn service(&self) -> Option<&ServiceError> {
        if let Kind::Service { error, .. } = &self.0.kind { Some(error) } else { None }
    }
}

/// Whether the status says that the service has not acted.
fn refused(status: StatusCode) -> bool {
    status.is_client_error() && status != StatusCode::REQUEST_TIMEOUT
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.kind.write(self.0.answer.as_ref().map(|answer| answer.status), f)?;
        if self.0.attempts > 1 {
            write!(f, " (after {} attempts)", self.0.attempts)?;
        }
        if self.is_outcome_unknown() {
            f.write_str("; the service may have acted all the same")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Error");
        debug.field("kind", &self.0.kind);
        if let Some(answer) = &self.0.answer {
            debug.field("status", &answer.status).field("request_id", &answer.request_id()).field("body", &answer.body);
        }
        debug.field("attempts", &self.0.attempts).field("outcome", &self.0.outcome);
        if let Some(source) = &self.0.source {
            debug.field("source", source);
        }
        debug.finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
