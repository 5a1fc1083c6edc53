//! The retry loop: attempts until one succeeds, or retrying does not help.

use reqwest::Request;
use tokio::time::Instant;
use tracing::Instrument;

use super::attempt::Attempt;
use super::connection::Connection;
use super::deadline::deadline_after;
use super::options::Policy;
use super::response::{RawResponse, ResponseContext};
use super::retry::{Effect, RetryEvent, RetryReason};
use super::trace;
use crate::error::{BodyExcerpt, Error, ErrorResponse, Kind};

/// Sends requests with retries. A clone allocates nothing.
#[derive(Debug, Clone)]
pub(super) struct RetryLoop {
    pub(super) connection: Connection,
    pub(super) policy: Policy,
    pub(super) effect: Effect,
    /// The deadline of all attempts together.
    pub(super) deadline: Instant,
}

/// The expected format of a response body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BodyFormat {
    /// JSON. A body that ends early is a broken response, and is retried.
    Json,
    Any,
}

impl RetryLoop {
    /// Sends the request until an attempt succeeds, or until retrying does not help.
    pub(super) async fn send(
        &self,
        request: Request,
        operation: &'static str,
        format: BodyFormat,
    ) -> Result<(RawResponse, ResponseContext), Error> {
        let span = trace::call_span(operation, &request);
        self.send_in_span(request, operation, format).instrument(span).await
    }

    async fn send_in_span(
        &self,
        request: Request,
        operation: &'static str,
        format: BodyFormat,
    ) -> Result<(RawResponse, ResponseContext), Error> {
        let Self { connection, policy, effect, deadline } = self;
        let (mut attempts, mut may_have_taken_effect) = (0, false);
        loop {
            attempts += 1;
            let request = try_clone(&request)?;
            let started = Instant::now();
            let attempt = Attempt { connection, policy, operation, deadline: *deadline };
            let result = attempt.run(request).await.and_then(|response| match format {
                BodyFormat::Json => reject_truncated_json(response, operation),
                BodyFormat::Any => Ok(response),
            });
            trace::attempt_finished(attempts, started.elapsed(), &result);
            let error = match result {
                Ok(response) => return Ok((response, ResponseContext { operation, effect: *effect, attempts })),
                Err(error) => error,
            };
            may_have_taken_effect |= error.may_have_taken_effect();
            let Some(event) = self.next_retry(operation, attempts, &error) else {
                return Err(error.with_attempts(attempts, effect.outcome(may_have_taken_effect)));
            };
            trace::retry_scheduled(&event);
            connection.observer.notify(&event);
            tokio::time::sleep(event.delay).await;
        }
    }

    /// Returns the retry after this error, if the error allows one before the deadline.
    fn next_retry(&self, operation: &'static str, attempt: u32, error: &Error) -> Option<RetryEvent> {
        let (reason, retry) = (RetryReason::from_error(error)?, &self.policy.retry);
        let delay = retry.delay(attempt, error.retry_after());
        if reason == RetryReason::RateLimited {
            let pause = retry.cap_retry_after(error.retry_after().or(delay).unwrap_or_default());
            self.connection.throttle.pause_until(deadline_after(pause));
        }
        let delay = delay.filter(|_| reason.allows_retry_of(self.effect))?;
        (deadline_after(delay) < self.deadline).then_some(RetryEvent { operation, attempt, delay, reason })
    }
}

/// Clones a request. That succeeds, since all our bodies are bytes and not streams.
pub(super) fn try_clone(request: &Request) -> Result<Request, Error> {
    request.try_clone().ok_or_else(|| Error::invalid("the body of the request is a stream"))
}

/// Rejects a response whose JSON ends early: one whose last byte does not close the object or array that its first byte
/// opens.
fn reject_truncated_json(response: RawResponse, operation: &'static str) -> Result<RawResponse, Error> {
    let body = response.body.trim_ascii();
    let is_truncated = match body.first() {
        Some(b'{') => body.last() != Some(&b'}'),
        Some(b'[') => body.last() != Some(&b']'),
        _ => false,
    };
    if !is_truncated {
        return Ok(response);
    }
    let RawResponse { status, headers, body } = response;
    let response = ErrorResponse { status, headers, body: BodyExcerpt::new(&body) };
    Err(Error::new(Kind::TruncatedBody { operation }).with_response(response))
}
