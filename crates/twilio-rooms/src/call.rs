//! One call: from the request of the generated client to its answer, under the policy of ours.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use reqwest::{Request, Url};
use serde::de::DeserializeOwned;
use tokio::time::Instant;
use tracing::Instrument;
use twilio_rooms_api::{Aborted, Execute, Execution, ResponseValue, Transport};

use crate::attempt::Attempt;
use crate::beside::beside;
use crate::client::Shared;
use crate::error::{Answer, Error, Excerpt, Kind};
use crate::hint::Hint;
use crate::options::{Policy, from_now};
use crate::response::{Response, Whole};
use crate::retry::{Effect, RetryEvent, RetryReason};
use crate::trace;

/// One call of an operation. It executes the request, and keeps what the generated client has no place for.
#[derive(Debug)]
pub(crate) struct Call {
    shared: Arc<Shared>,
    policy: Policy,
    effect: Effect,
    /// When it is to be over, with all its attempts.
    deadline: Instant,
    /// Where to send the request instead of where the operation is: the URL of a next page.
    url: Option<Url>,
    /// Where to leave what can be seen of the page that comes, when it goes on by itself.
    ahead: Option<Hint>,
    /// Where the request went.
    sent_to: OnceLock<Url>,
    outcome: Mutex<Outcome>,
}

#[derive(Debug, Default)]
struct Outcome {
    operation: &'static str,
    answer: Option<Answer>,
    failure: Option<Error>,
    attempts: u32,
}

impl Call {
    pub(crate) fn new(
        shared: Arc<Shared>,
        policy: Policy,
        effect: Effect,
        deadline: Instant,
        url: Option<Url>,
    ) -> Self {
        Self { shared, policy, effect, deadline, url, ahead: None, sent_to: OnceLock::new(), outcome: Mutex::default() }
    }

    /// Lets the call go on by itself once it has begun. The page that comes is kept as it came until it is waited for.
    pub(crate) fn ahead(mut self, hint: Hint) -> Self {
        self.ahead = Some(hint);
        self
    }

    /// The generated client whose next request is this call.
    pub(crate) fn api(self: &Arc<Self>) -> twilio_rooms_api::Client {
        let base_url = self.shared.base_url.as_str().trim_end_matches('/');
        let call = Arc::clone(self);
        let transport = match &self.ahead {
            Some(hint) => Transport::new(Arc::new(Ahead { call, hint: hint.clone() })),
            None => Transport::new(call),
        };
        twilio_rooms_api::Client::new_with_client(base_url, self.shared.http.clone(), transport)
    }

    /// The URL that the request went to.
    pub(crate) fn url(&self) -> Option<String> {
        self.sent_to.get().map(Url::to_string)
    }

    /// What came of it, from what the generated client makes of it.
    pub(crate) fn finish<T: DeserializeOwned, E>(
        &self,
        result: Result<ResponseValue<T>, twilio_rooms_api::Error<E>>,
    ) -> Result<Response<T>, Error> {
        let outcome = std::mem::take(&mut *self.outcome());
        let answer = outcome.answer.unwrap_or_default();
        let error = match result {
            Ok(value) => return Ok(Response::new(value.into_inner(), answer, outcome.attempts, self.effect)),
            Err(error) => error,
        };
        Err(match (outcome.failure, error) {
            (Some(failure), _) => failure,
            (None, twilio_rooms_api::Error::InvalidResponsePayload(body, error)) => {
                Error::decode(outcome.operation, &body, error)
                    .with_answer(Answer { body: Excerpt::of(&body), ..answer })
                    .with_attempts(outcome.attempts, self.effect.outcome(true))
            }
            // Before the transport: the request could not be made of what was given.
            (None, twilio_rooms_api::Error::InvalidRequest(message)) => Error::invalid(message),
            (None, error) => Error::invalid(format!("the request could not be made: {}", error.into_untyped())),
        })
    }

    /// Sends the request, again and again where that can help.
    ///
    /// Of a body that is JSON it is known when it was cut short.
    pub(crate) async fn run(
        &self,
        mut request: Request,
        operation: &'static str,
        json: bool,
    ) -> Result<Response<Vec<u8>>, Error> {
        if let Some(url) = &self.url {
            request.url_mut().clone_from(url);
        }
        self.sent_to.get_or_init(|| request.url().clone());
        let span = trace::call(operation, &request);
        self.attempts(request, operation, json).instrument(span).await
    }

    async fn attempts(
        &self,
        request: Request,
        operation: &'static str,
        json: bool,
    ) -> Result<Response<Vec<u8>>, Error> {
        let (mut attempts, mut may_have_acted) = (0, false);
        loop {
            attempts += 1;
            let request = cloned(&request)?;
            let attempt = Attempt { shared: &self.shared, policy: &self.policy, operation, deadline: self.deadline };
            let began = Instant::now();
            let result =
                attempt.run(request).await.and_then(|whole| if json { uncut(whole, operation) } else { Ok(whole) });
            trace::attempt(attempts, began.elapsed(), &result);
            let error = match result {
                Ok(Whole { status, headers, body }) => {
                    let answer = Answer { status, headers, body: Excerpt::default() };
                    return Ok(Response::new(body, answer, attempts, self.effect));
                }
                Err(error) => error,
            };
            may_have_acted |= error.may_have_acted();
            let Some(event) = self.next(operation, attempts, &error) else {
                return Err(error.with_attempts(attempts, self.effect.outcome(may_have_acted)));
            };
            trace::retry(&event);
            self.shared.observer.notify(&event);
            tokio::time::sleep(event.delay).await;
        }
    }

    /// The retry after this error, if there is to be one and the time suffices.
    fn next(&self, operation: &'static str, attempt: u32, error: &Error) -> Option<RetryEvent> {
        let (reason, retry) = (RetryReason::of(error)?, &self.policy.retry);
        let delay = retry.delay(attempt, error.retry_after());
        if reason == RetryReason::RateLimited {
            let closed = retry.bounded(error.retry_after().or(delay).unwrap_or_default());
            self.shared.throttle.close_until(from_now(closed));
        }
        let delay = delay.filter(|_| reason.allows(self.effect))?;
        (from_now(delay) < self.deadline).then_some(RetryEvent { operation, attempt, delay, reason })
    }

    /// Keeps what the generated client has no place for, and gives the rest.
    fn keep(
        &self,
        operation: &'static str,
        result: Result<Response<Vec<u8>>, Error>,
    ) -> Result<reqwest::Response, Aborted> {
        let mut outcome = self.outcome();
        outcome.operation = operation;
        match result {
            Ok(response) => {
                let (body, answer, attempts) = response.into_parts();
                let rebuilt = rebuilt(&answer, body);
                outcome.answer = Some(answer);
                outcome.attempts = attempts;
                Ok(rebuilt)
            }
            Err(error) => {
                outcome.failure = Some(error);
                Err(Aborted::new())
            }
        }
    }

    fn outcome(&self) -> std::sync::MutexGuard<'_, Outcome> {
        self.outcome.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Execute for Call {
    fn execute<'a>(&'a self, request: Request, operation: &'static str) -> Execution<'a> {
        Box::pin(async move { self.keep(operation, self.run(request, operation, true).await) })
    }
}

/// A call that goes on by itself.
#[derive(Debug)]
struct Ahead {
    call: Arc<Call>,
    hint: Hint,
}

impl Execute for Ahead {
    fn execute<'a>(&'a self, request: Request, operation: &'static str) -> Execution<'a> {
        let (call, hint) = (Arc::clone(&self.call), self.hint.clone());
        let answer = beside(move || {
            let (call, hint, request) = (Arc::clone(&call), hint.clone(), cloned(&request));
            Box::pin(async move {
                let answer = call.run(request?, operation, true).await;
                answer.inspect(|answer| hint.look_at(answer.value()))
            })
        });
        Box::pin(async move { self.call.keep(operation, answer.await) })
    }
}

/// The request once more. Bodies are bytes, which can always be sent again.
fn cloned(request: &Request) -> Result<Request, Error> {
    request.try_clone().ok_or_else(|| Error::invalid("the body of the request is a stream"))
}

/// The answer, unless its JSON ends in the middle. What it begins with has to be closed at its end; that is quickly seen.
fn uncut(whole: Whole, operation: &'static str) -> Result<Whole, Error> {
    let body = whole.body.trim_ascii();
    let cut = match body.first() {
        Some(b'{') => body.last() != Some(&b'}'),
        Some(b'[') => body.last() != Some(&b']'),
        _ => false,
    };
    if !cut {
        return Ok(whole);
    }
    let answer = Answer { status: whole.status, body: Excerpt::of(&whole.body), headers: whole.headers };
    Err(Error::new(Kind::Cut { operation }).with_answer(answer))
}

/// The answer as the generated client reads it, with the body that has been read already.
fn rebuilt(answer: &Answer, body: Vec<u8>) -> reqwest::Response {
    let mut response = http::Response::new(reqwest::Body::from(body));
    *response.status_mut() = answer.status;
    *response.headers_mut() = answer.headers.clone();
    response.into()
}
