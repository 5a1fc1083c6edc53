//! A `tracing` span for each call, and an event for each attempt and retry. None contains a secret or a body.

use std::time::Duration;

use reqwest::Request;
use tracing::{Level, Span};
use twilio_rooms_api::OPERATIONS;

use super::response::RawResponse;
use super::retry::RetryEvent;
use crate::error::{Error, request_id};

/// Returns the span of a call. Its path is the template in the spec, which contains no names or SIDs.
pub(super) fn call_span(operation: &'static str, request: &Request) -> Span {
    let path = OPERATIONS.iter().find(|known| known.id == operation).map(|known| known.path);
    tracing::span!(Level::DEBUG, "twilio_rooms", operation, method = request.method().as_str(), path)
}

pub(super) fn attempt_finished(attempt: u32, elapsed: Duration, result: &Result<RawResponse, Error>) {
    let elapsed = elapsed.as_secs_f64();
    match result {
        Ok(response) => {
            let request_id = request_id(&response.headers);
            tracing::debug!(attempt, elapsed, status = response.status.as_u16(), request_id, "response received");
        }
        Err(error) => {
            // Only fields that cannot contain anything from the request or response body.
            let (status, request_id, code) = (error.status(), error.request_id(), error.code());
            tracing::debug!(attempt, elapsed, status, request_id, code, error = error.kind().name(), "attempt failed");
        }
    }
}

pub(super) fn retry_scheduled(event: &RetryEvent) {
    tracing::info!(attempt = event.attempt, delay = event.delay.as_secs_f64(), reason = %event.reason, "retrying");
}
