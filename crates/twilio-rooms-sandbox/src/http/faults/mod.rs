//! Faults on purpose: those that are injected, and how they change responses.

mod body;
mod fault;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::Value;
use tokio::sync::{Notify, Semaphore};

use self::body::{Step, faulty_body};
pub use self::fault::Fault;
pub(crate) use self::fault::NAMES;
use super::connection::ResetHandle;

/// The chunk that an endless body repeats.
static SPACES: [u8; 65_536] = [b' '; 65_536];

/// A body with invalid UTF-8 in a field that every resource and page has.
const NOT_UTF_8: &[u8] =
    b"{\"sid\": \"\xff\xfe\", \"room_sid\": \"\xff\xfe\", \"ttid\": \"\xff\xfe\", \"meta\": {\"key\": \"\xff\xfe\"}}";

/// The faults that are injected into the next requests.
#[derive(Debug)]
pub(crate) struct Faults {
    /// The faults, each with the number of requests that it is still for.
    queue: Mutex<VecDeque<(Fault, u64)>>,
    /// Has a permit for each request that has stalled and was not yet waited for.
    stalled: Arc<Semaphore>,
    /// Tells requests that have stalled that the faults are cleared.
    cleared: Notify,
}

impl Default for Faults {
    fn default() -> Self {
        Self { queue: Mutex::default(), stalled: Arc::new(Semaphore::new(0)), cleared: Notify::new() }
    }
}

impl Faults {
    /// The faults of other requests. A request that stalls because of them ends a wait for a stall here.
    pub(crate) fn of_other_requests(&self) -> Self {
        Self { queue: Mutex::default(), stalled: Arc::clone(&self.stalled), cleared: Notify::new() }
    }

    /// Queues a fault for a number of requests.
    pub(crate) fn add(&self, fault: Fault, times: u64) {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner).push_back((fault, times));
    }

    /// Waits until a request stalls.
    pub(crate) async fn wait_for_stall(&self) {
        // The semaphore is never closed.
        if let Ok(permit) = self.stalled.acquire().await {
            permit.forget();
        }
    }

    pub(crate) fn clear(&self) {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner).clear();
        self.cleared.notify_waiters();
    }

    /// The first faults of the queue, each with the number of requests that it is still for, and the number of the others.
    pub(crate) fn queued(&self, limit: usize) -> (Vec<(Fault, u64)>, usize) {
        let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        let queued = queue.iter().copied().filter(|(_, times)| *times > 0);
        (queued.clone().take(limit).collect(), queued.skip(limit).count())
    }

    /// Takes the fault of a request that has just arrived.
    pub(crate) fn next(&self) -> Option<Fault> {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some((fault, times)) = queue.front_mut() {
            if *times > 0 {
                *times -= 1;
                return Some(*fault);
            }
            queue.pop_front();
        }
        None
    }

    /// Applies a fault to a response.
    pub(crate) async fn apply(&self, fault: Fault, response: Response, connection: &ResetHandle) -> Response {
        let (mut head, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
        let half = body.slice(..body.len() / 2);
        let full_length = HeaderValue::from(body.len());
        let stalled = || Arc::clone(&self.stalled);
        let body = match fault {
            Fault::ResetBeforeHeaders => {
                connection.reset();
                Body::from(body)
            }
            Fault::StallBeforeHeaders => {
                let mut cleared = std::pin::pin!(self.cleared.notified());
                cleared.as_mut().enable();
                self.stalled.add_permits(1);
                cleared.await;
                Body::from(body)
            }
            Fault::ResetInBody => {
                head.headers.insert(header::CONTENT_LENGTH, full_length);
                faulty_body([Step::Send(half), Step::Flush, Step::Fail])
            }
            Fault::StallInBody => {
                head.headers.insert(header::CONTENT_LENGTH, full_length);
                faulty_body([Step::Send(half), Step::Flush, Step::Stall(stalled())])
            }
            Fault::EndlessBody => {
                head.headers.remove(header::CONTENT_LENGTH);
                faulty_body([Step::Send(half), Step::Repeat(Bytes::from_static(&SPACES))])
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
            Fault::Status(_) | Fault::RetryAfter { .. } => return fault.status_response().unwrap_or_default(),
            Fault::NextPageElsewhere => with_next_page(&body, |_| "https://elsewhere.example/v1/Rooms?Page=1".into()),
            Fault::NextPageItself => with_next_page(&body, |meta| meta["url"].clone()),
            Fault::NextPageRelative => with_next_page(&body, |_| "/v1/Rooms?Page=1&PageToken=PT".into()),
            Fault::NextPageMalformed => with_next_page(&body, |_| "http://[".into()),
            Fault::RepeatedPage => Body::from(body),
        };
        // The other bodies are sent with the length that they have now.
        if !matches!(fault, Fault::ResetInBody | Fault::StallInBody) {
            head.headers.remove(header::CONTENT_LENGTH);
        }
        Response::from_parts(head, body)
    }
}

/// Replaces the URL of the next page. A body that is not a page stays as it is.
fn with_next_page(body: &[u8], next: impl FnOnce(&Value) -> Value) -> Body {
    let mut page: Value = serde_json::from_slice(body).unwrap_or_default();
    if let Some(meta) = page.get_mut("meta") {
        meta["next_page_url"] = next(meta);
    }
    Body::from(page.to_string())
}
