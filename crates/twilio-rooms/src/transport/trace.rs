//! A `tracing` span for each call, and an event for each attempt and retry. None contains a secret or a body.
//!
//! Their fields follow OpenTelemetry's semantic conventions for HTTP clients. Numbers are signed, since exporters write unsigned ones
//! as text.

use std::time::Duration;

use reqwest::Request;
use tracing::field::Empty;
use tracing::{Level, Span};
use twilio_rooms_api::OPERATIONS;

use super::response::{RawResponse, ResponseContext};
use super::retry_reason::RetryEvent;
use crate::error::{Error, request_id};

/// Returns the span of a call. Its path is the template in the spec, which contains no names or SIDs.
pub(super) fn call_span(operation: &'static str, request: &Request) -> Span {
    let template = OPERATIONS.iter().find(|known| known.id == operation).map(|known| known.path);
    let (method, url) = (request.method().as_str(), request.url());
    tracing::span!(
        Level::DEBUG,
        "twilio_rooms",
        otel.kind = "client",
        otel.name = template.map(|template| format!("{method} {template}")).as_deref().unwrap_or(method),
        operation,
        http.request.method = method,
        url.template = template,
        server.address = url.host_str(),
        server.port = url.port_or_known_default().map(i64::from),
        http.response.status_code = Empty,
        http.request.resend_count = Empty,
        error.r#type = Empty,
        otel.status_code = Empty,
    )
}

/// Records the result of a call in its span.
pub(super) fn call_finished(span: &Span, result: &Result<(RawResponse, ResponseContext), Error>) {
    let (status, attempts) = match result {
        Ok((response, context)) => (Some(response.status.as_u16()), context.attempts),
        Err(error) => (error.status(), error.attempts()),
    };
    if attempts > 1 {
        span.record("http.request.resend_count", i64::from(attempts - 1));
    }
    if let Some(status) = status {
        span.record("http.response.status_code", i64::from(status));
    }
    if let Err(error) = result {
        span.record("error.type", error_type(error).as_str()).record("otel.status_code", "ERROR");
    }
}

/// Returns the status of an error response, or else the kind of the error.
fn error_type(error: &Error) -> String {
    let status = error.status().filter(|status| *status >= 400);
    status.map_or_else(|| error.kind().name().replace(' ', "_"), |status| status.to_string())
}

pub(super) fn attempt_finished(attempt: u32, elapsed: Duration, result: &Result<RawResponse, Error>) {
    let (elapsed, resend_count) = (elapsed.as_secs_f64(), i64::from(attempt - 1));
    match result {
        Ok(response) => {
            let request_id = request_id(&response.headers);
            tracing::debug!(
                http.request.resend_count = resend_count,
                elapsed,
                http.response.status_code = i64::from(response.status.as_u16()),
                request_id,
                "response received"
            );
        }
        Err(error) => {
            // Only fields that cannot contain anything from the request or response body.
            let (status, code) = (error.status().map(i64::from), error.code().map(i64::from));
            let request_id = error.request_id();
            tracing::debug!(
                http.request.resend_count = resend_count,
                elapsed,
                http.response.status_code = status,
                request_id,
                code,
                error.r#type = error_type(error).as_str(),
                "attempt failed"
            );
        }
    }
}

pub(super) fn retry_scheduled(event: &RetryEvent) {
    let (resend_count, delay) = (i64::from(event.attempt), event.delay.as_secs_f64());
    tracing::info!(http.request.resend_count = resend_count, delay, reason = %event.reason, "retrying");
}
