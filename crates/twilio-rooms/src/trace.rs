//! What is told to `tracing`: a span for each call, and an event for each attempt and retry. No secret and no body.

use std::time::Duration;

use reqwest::Request;
use tracing::{Level, Span};
use twilio_rooms_api::OPERATIONS;

use crate::error::Error;
use crate::response::Whole;
use crate::retry::RetryEvent;

/// The span of a call. The path is the template of the spec, which names no room.
pub(crate) fn call(operation: &'static str, request: &Request) -> Span {
    let path = OPERATIONS.iter().find(|known| known.id == operation).map(|known| known.path);
    tracing::span!(Level::DEBUG, "twilio_rooms", operation, method = request.method().as_str(), path)
}

pub(crate) fn attempt(attempt: u32, elapsed: Duration, result: &Result<Whole, Error>) {
    let elapsed = elapsed.as_secs_f64();
    match result {
        Ok(whole) => {
            let request_id = crate::error::request_id(&whole.headers);
            tracing::debug!(attempt, elapsed, status = whole.status.as_u16(), request_id, "answered");
        }
        Err(error) => {
            // Only what is sure to hold nothing of what was sent or answered.
            let (status, request_id, code) = (error.status(), error.request_id(), error.code());
            tracing::debug!(attempt, elapsed, status, request_id, code, error = error.kind().name(), "failed");
        }
    }
}

pub(crate) fn retry(event: &RetryEvent) {
    tracing::info!(attempt = event.attempt, delay = event.delay.as_secs_f64(), reason = %event.reason, "trying again");
}
