//! Faults: what can go wrong between the service and a client, on purpose.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_core::Stream;
use serde_json::Value;
use tokio::sync::Semaphore;

use crate::error::Error;
use crate::line::Cut;

/// What an endless body is made of.
static SPACES: [u8; 65_536] = [b' '; 65_536];

/// A body in which something is not UTF-8 that is read, whatever it is the answer to.
const NOT_UTF_8: &[u8] =
    b"{\"sid\": \"\xff\xfe\", \"room_sid\": \"\xff\xfe\", \"ttid\": \"\xff\xfe\", \"meta\": {\"key\": \"\xff\xfe\"}}";

/// Something that goes wrong with the answer to a request.
///
/// A fault with a status below 500 comes in place of the answer: the sandbox does not act on the request. All others come
/// after it has acted, which is the worse case for a client: what it asked for is done, and it does not learn of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The connection is reset before the answer begins.
    ResetBeforeHeaders,
    /// The connection breaks in the middle of the body.
    ResetInBody,
    /// The answer never begins.
    StallBeforeHeaders,
    /// The answer stops in the middle of the body, and never goes on.
    StallInBody,
    /// The body is only the first half of the JSON, as if that were all.
    TruncatedJson,
    /// The body is not valid UTF-8.
    InvalidUtf8,
    /// The body is a page of HTML, with the status 200.
    Html,
    /// The body is empty, with the status 200.
    EmptyBody,
    /// There is no body, with the status 204.
    NoContent,
    /// The answer is a redirect to another origin.
    Redirect,
    /// The answer has this status, and a body that says so.
    Status(u16),
    /// The answer has this status, and says after how many seconds to come again.
    RetryAfter {
        /// The status, such as 429 or 503.
        status: u16,
        /// What `Retry-After` says, in seconds.
        seconds: u64,
    },
    /// The body never ends.
    EndlessBody,
    /// There is a header of a mebibyte.
    HugeHeader,
    /// The body is right, but said to be plain text.
    WrongContentType,
    /// The next page is said to be at another origin.
    NextPageElsewhere,
    /// The next page is said to be this one.
    NextPageItself,
    /// The URL of the next page is relative.
    NextPageRelative,
    /// The URL of the next page is none.
    NextPageMalformed,
    /// The page is the first one again, whichever was asked for.
    RepeatedPage,
}

/// The faults that wait for requests.
#[derive(Debug)]
pub(crate) struct Faults {
    /// Each with how many requests it is for.
    waiting: Mutex<VecDeque<(Fault, u64)>>,
    /// A permit for each request that has stalled and that nobody has waited for yet.
    stalled: Arc<Semaphore>,
}

impl Default for Faults {
    fn default() -> Self {
        Self { waiting: Mutex::default(), stalled: Arc::new(Semaphore::new(0)) }
    }
}

impl Faults {
    pub(crate) fn add(&self, fault: Fault, times: u64) {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).push_back((fault, times));
    }

    /// Waits for a request that stalls.
    pub(crate) async fn stalled(&self) {
        // The semaphore is never closed.
        if let Ok(permit) = self.stalled.acquire().await {
            permit.forget();
        }
    }

    pub(crate) fn clear(&self) {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// What goes wrong with the request that has just come.
    pub(crate) fn next(&self) -> Option<Fault> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some((fault, times)) = waiting.front_mut() {
            if *times > 0 {
                *times -= 1;
                return Some(*fault);
            }
            waiting.pop_front();
        }
        None
    }

    /// The answer with the fault in it.
    pub(crate) async fn spoil(&self, fault: Fault, answer: Response, cut: &Cut) -> Response {
        let (mut head, body) = answer.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
        let half = body.slice(..body.len() / 2);
        let whole = HeaderValue::from(body.len());
        let stalled = || Arc::clone(&self.stalled);
        let body = match fault {
            Fault::ResetBeforeHeaders => {
                cut.cut();
                Body::from(body)
            }
            Fault::StallBeforeHeaders => {
                self.stalled.add_permits(1);
                std::future::pending().await
            }
            Fault::ResetInBody => {
                head.headers.insert(header::CONTENT_LENGTH, whole);
                Body::from_stream(Script::new([Step::Send(half), Step::Flush, Step::Fail]))
            }
            Fault::StallInBody => {
                head.headers.insert(header::CONTENT_LENGTH, whole);
                Body::from_stream(Script::new([Step::Send(half), Step::Flush, Step::Stall(stalled())]))
            }
            Fault::EndlessBody => {
                head.headers.remove(header::CONTENT_LENGTH);
                Body::from_stream(Script::new([Step::Send(half), Step::Repeat(Bytes::from_static(&SPACES))]))
            }
            Fault::TruncatedJson => Body::from(half),
            Fault::InvalidUtf8 => Body::from(NOT_UTF_8),
            Fault::EmptyBody => Body::empty(),
            Fault::NoContent => {
                head.status = StatusCode::NO_CONTENT;
                Body::empty()
            }
            Fault::Html => {
                head.status = StatusCode::OK;
                head.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html"));
                Body::from("<!doctype html><title>Welcome</title>")
            }
            Fault::Redirect => {
                head.status = StatusCode::TEMPORARY_REDIRECT;
                head.headers.insert(header::LOCATION, HeaderValue::from_static("https://elsewhere.example/v1/Rooms"));
                Body::empty()
            }
            Fault::HugeHeader => {
                if let Ok(value) = HeaderValue::try_from("x".repeat(1 << 20)) {
                    head.headers.insert("x-huge", value);
                }
                Body::from(body)
            }
            Fault::WrongContentType => {
                head.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain"));
                Body::from(body)
            }
            Fault::Status(_) | Fault::RetryAfter { .. } => return fault.status().unwrap_or_default(),
            Fault::NextPageElsewhere => with_next_page(&body, |_| "https://elsewhere.example/v1/Rooms?Page=1".into()),
            Fault::NextPageItself => with_next_page(&body, |meta| meta["url"].clone()),
            Fault::NextPageRelative => with_next_page(&body, |_| "/v1/Rooms?Page=1&PageToken=PT".into()),
            Fault::NextPageMalformed => with_next_page(&body, |_| "http://[".into()),
            Fault::RepeatedPage => Body::from(body),
        };
        // A body of another length than the one that was there.
        if !matches!(fault, Fault::ResetInBody | Fault::StallInBody) {
            head.headers.remove(header::CONTENT_LENGTH);
        }
        Response::from_parts(head, body)
    }
}

impl Fault {
    /// The answer that has only a status, if that is what the fault is.
    pub(crate) fn status(self) -> Option<Response> {
        let (status, seconds) = match self {
            Self::Status(status) => (status, None),
            Self::RetryAfter { status, seconds } => (status, Some(seconds)),
            _ => return None,
        };
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = Error::of_status(status).into_response();
        if let Some(seconds) = seconds {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        Some(response)
    }

    /// Whether the request is acted on before the fault.
    pub(crate) fn comes_after(self) -> bool {
        !matches!(self, Self::Status(..500) | Self::RetryAfter { status: ..500, .. })
    }
}

/// The page with another next page; what is no page is as it was.
fn with_next_page(body: &[u8], next: impl FnOnce(&Value) -> Value) -> Body {
    let mut page: Value = serde_json::from_slice(body).unwrap_or_default();
    if let Some(meta) = page.get_mut("meta") {
        meta["next_page_url"] = next(meta);
    }
    Body::from(page.to_string())
}

/// A body that goes by a script.
struct Script(VecDeque<Step>);

enum Step {
    Send(Bytes),
    /// Lets what was sent so far reach the other side.
    Flush,
    Fail,
    Stall(Arc<Semaphore>),
    Stalled,
    Repeat(Bytes),
}

impl Script {
    fn new(steps: impl IntoIterator<Item = Step>) -> Self {
        Self(steps.into_iter().collect())
    }
}

impl Stream for Script {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.0.front() {
            Some(Step::Repeat(bytes)) => return Poll::Ready(Some(Ok(bytes.clone()))),
            Some(Step::Stalled) => return Poll::Pending,
            _ => {}
        }
        match self.0.pop_front() {
            Some(Step::Send(bytes)) => Poll::Ready(Some(Ok(bytes))),
            Some(Step::Flush) => {
                // The server flushes when there is nothing more for now.
                context.waker().wake_by_ref();
                Poll::Pending
            }
            Some(Step::Stall(stalled)) => {
                stalled.add_permits(1);
                self.0.push_front(Step::Stalled);
                Poll::Pending
            }
            Some(Step::Fail) => Poll::Ready(Some(Err(io::ErrorKind::ConnectionAborted.into()))),
            _ => Poll::Ready(None),
        }
    }
}
