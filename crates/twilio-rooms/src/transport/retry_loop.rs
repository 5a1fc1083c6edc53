//! The retry loop: attempts until one succeeds, or retrying does not help.

use reqwest::{Request, Url};
use tokio::time::Instant;
use tracing::Instrument;

use super::attempt::Attempt;
use super::connection::Connection;
use super::deadline::deadline_after;
use super::options::Policy;
use super::origin::unsendable;
use super::response::{RawResponse, ResponseContext};
use super::retry::{Effect, RetryEvent, RetryReason};
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
        self.send_in_span(request, operation, 0, None).instrument(span).await
    }

    /// Continues after a response that arrived, but whose body turned out to be incomplete.
    pub(super) async fn send_again(
        &self,
        request: Request,
        context: ResponseContext,
        error: Error,
    ) -> Result<(RawResponse, ResponseContext), Error> {
        let span = trace::call_span(context.operation, &request);
        self.send_in_span(request, context.operation, context.attempts, Some(error)).instrument(span).await
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
        loop {
            if let Some(error) = failed.take() {
                may_have_taken_effect |= error.may_have_taken_effect();
                let Some(event) = self.next_retry(operation, attempts, &error) else {
                    return Err(error.with_attempts(attempts, effect.outcome(may_have_taken_effect)));
                };
                trace::retry_scheduled(&event);
                connection.observer.notify(&event);
                tokio::time::sleep(event.delay).await;
            }
            attempts += 1;
            let request = try_clone(&request)?;
            let started = Instant::now();
            let attempt = Attempt { connection, policy, operation, deadline: *deadline };
            let result = attempt.run(request).await;
            trace::attempt_finished(attempts, started.elapsed(), &result);
            match result {
                Ok(response) => return Ok((response, ResponseContext { operation, effect: *effect, attempts })),
                Err(error) => failed = Some(error),
            }
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

/// Rejects a URL that no request can be sent to, which the HTTP client would only notice while sending.
fn validate_sendable(url: &Url) -> Result<(), Error> {
    let problem = unsendable(url);
    problem.map_or(Ok(()), |problem| Err(Error::invalid(format!("the URL of the request {problem}"))))
}
