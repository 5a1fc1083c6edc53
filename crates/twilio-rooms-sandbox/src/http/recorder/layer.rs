//! The layer that records requests and responses on their way.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use chrono::Utc;
use tokio::time::Instant;

use super::body::{BodyFormat, tee};
use super::exchange::Exchange;
use super::headers::RecordedHeaders;
use super::log::{Recorder, milliseconds_since};

/// A request that is being recorded, for who handles it.
#[derive(Debug, Clone)]
pub(crate) struct RecordedRequest {
    recorder: Arc<Recorder>,
    id: u64,
}

impl RecordedRequest {
    /// Adds the name of the fault that the request gets.
    pub(crate) fn set_fault(&self, fault: String) {
        self.recorder.update(self.id, |exchange| exchange.fault = Some(fault));
    }
}

/// A request without a response so far. If it is dropped, the client has gone.
struct Unanswered {
    request: RecordedRequest,
    started: Instant,
    is_answered: bool,
}

impl Drop for Unanswered {
    fn drop(&mut self) {
        if !self.is_answered {
            let took = milliseconds_since(self.started);
            self.request.recorder.update(self.request.id, |exchange| exchange.abandon(took));
        }
    }
}

/// Records a request and its response. What is sent does not change by that.
pub(crate) async fn record(State(recorder): State<Arc<Recorder>>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let (mut parts, body) = request.into_parts();
    let id = recorder.begin(Exchange::new(&parts, Utc::now()));
    let handle = RecordedRequest { recorder, id };
    parts.extensions.insert(handle.clone());
    let mut unanswered = Unanswered { request: handle.clone(), started, is_answered: false };
    let RecordedRequest { recorder, id } = handle;
    let log = Arc::clone(&recorder);
    let body = tee(body, BodyFormat::of(&parts.headers), move |body| {
        log.update(id, |exchange| exchange.request_body = body);
    });
    let response = next.run(Request::from_parts(parts, body)).await;
    unanswered.is_answered = true;
    let (parts, body) = response.into_parts();
    let (took, headers) = (milliseconds_since(started), RecordedHeaders::new(&parts.headers));
    recorder.update(id, |exchange| exchange.answer(parts.status, headers, took));
    let format = BodyFormat::of(&parts.headers);
    let body = tee(body, format, move |body| recorder.update(id, |exchange| exchange.end(body)));
    Response::from_parts(parts, body)
}
