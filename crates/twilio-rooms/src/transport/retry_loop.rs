//! The retry loop: attempts until one succeeds, or retrying does not help.

use std::sync::{Mutex, PoisonError};

use reqwest::{Request, Url};
use tokio::time::Instant;
use tracing::Instrument;

use super::attempt::Attempt;
use super::connection::Connection;
use super::deadline::deadline_after;
use super::effect::Effect;
use super::options::Policy;
use super::origin::unsendable;
use super::response::{RawResponse, ResponseContext};
use super::retry_reason::{RetryEvent, RetryReason};
use super::trace;
use crate::error::Error;

/// Sends requests with retries. A clone allocates nothing.
#[derive(Debug, Clone)]
pub(super) struct RetryLoop {
    pub(super) connection: Connection,
    pub(super) policy: Policy,
    pub(super) effect: Effect,
    /// The deadline of all attempts together.
    pub(super) deadline: Instant,
}

impl RetryLoop {
    /// Sends the request until an attempt succeeds, or until retrying does not help.
    pub(super) async fn send(
        &self,
        request: Request,
        operation: &'static str,
    ) -> Result<(RawResponse, ResponseContext), Error> {
        validate_sendable(request.url())?;
        let span = trace::call_span(operation, &request);
        let result = self.send_in_span(request, operation, 0, None).instrument(span.clone()).await;
        trace::call_finished(&span, &result);
        result
    }

    /// Continues after a response that arrived, but whose body turned out to be incomplete.
    pub(super) async fn send_again(
        &self,
        request: Request,
        context: ResponseContext,
        error: Error,
    ) -> Result<(RawResponse, ResponseContext), Error> {
        let span = trace::call_span(context.operation, &request);
        let continued = self.send_in_span(request, context.operation, context.attempts, Some(error));
        let result = continued.instrument(span.clone()).await;
        trace::call_finished(&span, &result);
        result
    }

    async fn send_in_span(
        &self,
        request: Request,
        operation: &'static str,
        mut attempts: u32,
        mut failed: Option<Error>,
    ) -> Result<(RawResponse, ResponseContext), Error> {
        let Self { connection, policy, effect, deadline } = self;
        let mut may_have_taken_effect = false;
        let (authorization, mut rejected) = (Mutex::default(), None);
        loop {
            if let Some(error) = failed.take() {
                may_have_taken_effect |= error.may_have_taken_effect();
                let is_safe = *effect != Effect::NonIdempotent || !may_have_taken_effect;
                let Some(event) = self.next_retry(operation, attempts, &error, is_safe) else {
                    return Err(error.with_attempts(attempts, effect.outcome(may_have_taken_effect)));
                };
                trace::retry_scheduled(&event);
                connection.observer.notify(&event);
                tokio::time::sleep(event.delay).await;
            }
            attempts += 1;
            let request = try_clone(&request)?;
            let started = Instant::now();
            let rejected_header = rejected.as_ref();
            let attempt = Attempt {
                rejected: rejected_header,
                authorization: &authorization,
                connection,
                policy,
                operation,
                effect: *effect,
                deadline: *deadline,
            };
            let result = attempt.run_within_middleware(attempts, request).await;
            trace::attempt_finished(attempts, started.elapsed(), &result);
            match result {
                Ok(response) => return Ok((response, ResponseContext { operation, effect: *effect, attempts })),
                // The service has done nothing. Another authorization may be accepted, and is tried once.
                Err(error)
                    if error.is_unauthorized() && rejected.is_none() && connection.authorization.can_change() =>
                {
                    rejected = authorization.lock().unwrap_or_else(PoisonError::into_inner).take();
                }
                Err(error) => failed = Some(error),
            }
        }
    }

    /// Returns the retry after this error, if the error allows one before the deadline.
    fn next_retry(&self, operation: &'static str, attempt: u32, error: &Error, is_safe: bool) -> Option<RetryEvent> {
        let retry = &self.policy.retry;
        let delay = retry.delay(attempt, error.retry_after());
        if RetryReason::from_error(error) == Some(RetryReason::RateLimited) {
            let pause = retry.cap_retry_after(error.retry_after().or(delay).unwrap_or_default());
            self.connection.throttle.pause_until(deadline_after(pause));
        }
        let (delay, reason) = (delay?, retry.reason(operation, attempt, error, self.effect, is_safe)?);
        (deadline_after(delay) < self.deadline).then_some(RetryEvent { operation, attempt, delay, reason })
    }
}

/// Clones a request. That succeeds, since all our bodies are bytes and not streams.
pub(super) fn try_clone(request: &Request) -> Result<Request, Error> {
    request.try_clone().ok_or_else(|| Error::invalid("the body of the request is a stream"))
}

/// Rejects a URL that no request can be sent to, which the HTTP client would only notice while sending.
fn validate_sendable(url: &Url) -> Result<(), Error> {
    let problem = unsendable(url);
    problem.map_or(Ok(()), |problem| Err(Error::invalid(format!("the URL of the request {problem}"))))
}
