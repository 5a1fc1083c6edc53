//! A call: an operation of the generated client, sent under our policy.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use http::{HeaderMap, StatusCode};
use reqwest::{Request, Url};
use serde::de::DeserializeOwned;
use tokio::time::Instant;
use twilio_rooms_api::{Aborted, Execute, Execution, ResponseValue, Transport};

use super::connection::Connection;
use super::deadline::deadline_after;
use super::effect::Effect;
use super::options::CallOptions;
use super::prefetch::run_in_background;
use super::response::{RawResponse, Response, ResponseContext};
use super::retry_loop::{RetryLoop, try_clone};
use crate::error::{Error, ErrorResponse, Kind};

/// A call of one operation.
#[derive(Debug)]
pub(crate) struct Call {
    retry_loop: RetryLoop,
    /// Replaces the URL of the operation.
    url: Option<Url>,
    is_resumable: bool,
    prefetch: Option<Arc<dyn InspectBody>>,
}

/// Sees the body of a prefetched response as soon as it has arrived, and before anything awaits the call.
pub(crate) trait InspectBody: fmt::Debug + Send + Sync {
    /// Inspects the body.
    fn inspect(&self, body: &[u8]);
}

impl Call {
    /// Creates a call whose deadline starts now.
    pub(crate) fn new(connection: &Connection, options: &CallOptions, effect: Effect) -> Self {
        let (connection, policy) = (connection.clone(), connection.policy.with(options));
        let deadline = deadline_after(policy.deadline);
        let retry_loop = RetryLoop { connection, policy, effect, deadline };
        Self { retry_loop, url: None, is_resumable: false, prefetch: None }
    }

    /// Sets the deadline.
    pub(crate) fn until(mut self, deadline: Instant) -> Self {
        self.retry_loop.deadline = deadline;
        self
    }

    /// Sends the request to this URL instead of the operation's.
    pub(crate) fn with_url(mut self, url: Option<Url>) -> Self {
        self.url = url;
        self
    }

    /// Lets errors carry the URL of the request as their resume URL.
    pub(crate) fn resumable(mut self) -> Self {
        self.is_resumable = true;
        self
    }

    /// Lets the call progress in the background once it was polled. The body stays undecoded until the call is awaited.
    pub(crate) fn prefetch(mut self, inspector: Arc<dyn InspectBody>) -> Self {
        self.prefetch = Some(inspector);
        self
    }

    /// Runs one operation of the generated client.
    ///
    /// The generated client has no place for attempts, our errors, or the headers of a response that does not decode.
    /// They bypass it through [`CallTransport::carried`].
    pub(crate) async fn run<T, E, F>(
        self,
        operation: impl FnOnce(twilio_rooms_api::Client) -> F,
    ) -> Result<Response<T>, Error>
    where
        T: DeserializeOwned,
        F: Future<Output = Result<ResponseValue<T>, twilio_rooms_api::Error<E>>>,
    {
        let connection = self.retry_loop.connection.clone();
        let base_url = connection.base_url.as_str().trim_end_matches('/');
        let transport = Arc::new(CallTransport { call: self, carried: Mutex::default() });
        let executor = Transport::new(Arc::clone(&transport) as Arc<dyn Execute>);
        let api = twilio_rooms_api::Client::new_with_client(base_url, connection.http.clone(), executor);
        let mut result = operation(api).await;
        loop {
            match transport.finish(result) {
                Finished::Done(response) => return Ok(response),
                Finished::Failed(error) => return Err(error),
                Finished::Truncated { request, context, error } => {
                    result = transport.decode_another(request, context, error).await;
                }
            }
        }
    }

    /// Sends a request that no operation of the generated client can express. `name` stands for the operation in
    /// errors.
    pub(crate) async fn send(self, request: Request, name: &'static str) -> Result<Response<Vec<u8>>, Error> {
        let (response, context) = self.retry_loop.send(request, name).await?;
        Ok(response.into_response(context, self.retry_loop.connection.secrets()))
    }
}

/// Executes the request of the generated client, and carries the rest of its result past that client.
#[derive(Debug)]
struct CallTransport {
    call: Call,
    carried: Mutex<Carried>,
}

#[derive(Debug, Default)]
struct Carried {
    outcome: CarriedOutcome,
    /// The request, with its credentials still missing.
    request: Option<Request>,
}

/// The result of an operation of the generated client.
enum Finished<T> {
    Done(Response<T>),
    Failed(Error),
    /// The body ends in the middle of the JSON, which the parser alone can tell.
    Truncated {
        request: Request,
        context: ResponseContext,
        error: Error,
    },
}

#[derive(Debug, Default)]
enum CarriedOutcome {
    #[default]
    NotSent,
    Received {
        status: StatusCode,
        headers: HeaderMap,
        context: ResponseContext,
    },
    Failed(Error),
}

impl Execute for CallTransport {
    fn execute<'a>(&'a self, mut request: Request, operation: &'static str) -> Execution<'a> {
        if let Some(url) = &self.call.url {
            request.url_mut().clone_from(url);
        }
        let kept = request.try_clone();
        match self.call.prefetch.clone() {
            None => Box::pin(async move {
                let result = self.call.retry_loop.send(request, operation).await;
                self.carry(kept, result)
            }),
            Some(inspector) => {
                let retry_loop = self.call.retry_loop.clone();
                let response = run_in_background(move || {
                    let (retry_loop, inspector, request) =
                        (retry_loop.clone(), Arc::clone(&inspector), try_clone(&request));
                    Box::pin(async move {
                        let result = retry_loop.send(request?, operation).await;
                        result.inspect(|(response, _)| inspector.inspect(&response.body))
                    })
                });
                Box::pin(async move { self.carry(kept, response.await) })
            }
        }
    }
}

impl CallTransport {
    /// Stores what the generated client has no place for, and returns the rest.
    fn carry(
        &self,
        request: Option<Request>,
        result: Result<(RawResponse, ResponseContext), Error>,
    ) -> Result<reqwest::Response, Aborted> {
        let (outcome, result) = match result {
            Ok((RawResponse { status, headers, body }, context)) => {
                let response = rebuild_response(status, headers.clone(), body);
                (CarriedOutcome::Received { status, headers, context }, Ok(response))
            }
            Err(error) => (CarriedOutcome::Failed(error), Err(Aborted::new())),
        };
        *self.carried.lock().unwrap_or_else(PoisonError::into_inner) = Carried { outcome, request };
        result
    }

    /// Combines the result of the generated client with what it had no place for.
    fn finish<T, E>(&self, result: Result<ResponseValue<T>, twilio_rooms_api::Error<E>>) -> Finished<T> {
        let Carried { outcome, request } =
            std::mem::take(&mut *self.carried.lock().unwrap_or_else(PoisonError::into_inner));
        let url = request.as_ref().filter(|_| self.call.is_resumable).map(|request| request.url().to_string());
        let error = match (outcome, result) {
            (CarriedOutcome::Received { status, headers, context }, Ok(value)) => {
                return Finished::Done(Response::new(value.into_inner(), status, headers, context));
            }
            (CarriedOutcome::Failed(error), _) => error,
            (
                CarriedOutcome::Received { status, headers, context },
                Err(twilio_rooms_api::Error::InvalidResponsePayload(body, error)),
            ) => {
                let secrets = &self.call.retry_loop.connection.secrets();
                let error = Error::decode(context.operation, &body, &error, secrets)
                    .with_response(ErrorResponse::new(status, headers, &body, secrets))
                    .with_attempts(context.attempts, context.effect.outcome(true));
                match request {
                    Some(request) if matches!(error.kind(), Kind::TruncatedBody { .. }) => {
                        return Finished::Truncated { request, context, error };
                    }
                    _ => error,
                }
            }
            // The generated client rejected its arguments.
            (_, Err(twilio_rooms_api::Error::InvalidRequest(message))) => Error::invalid(message),
            (_, Err(error)) => Error::invalid(format!("the request could not be built: {}", error.into_untyped())),
            (CarriedOutcome::NotSent, Ok(_)) => Error::invalid("no request was sent"),
        };
        Finished::Failed(error.with_resume_url(url))
    }

    /// Sends the request again after a response that was cut, and decodes the next one as the generated client does.
    async fn decode_another<T: DeserializeOwned, E>(
        &self,
        request: Request,
        context: ResponseContext,
        error: Error,
    ) -> Result<ResponseValue<T>, twilio_rooms_api::Error<E>> {
        let kept = request.try_clone();
        let result = self.call.retry_loop.send_again(request, context, error).await;
        let Ok(response) = self.carry(kept, result) else {
            return Err(twilio_rooms_api::Error::Custom("the transport gave the call up".to_owned()));
        };
        let (status, headers) = (response.status(), response.headers().clone());
        let body = response.bytes().await.map_err(twilio_rooms_api::Error::ResponseBodyError)?;
        let decoded = match std::str::from_utf8(&body) {
            Ok(text) => serde_json::from_str(text),
            Err(error) => Err(serde::de::Error::custom(error)),
        };
        match decoded {
            Ok(value) => Ok(ResponseValue::new(value, status, headers)),
            Err(error) => Err(twilio_rooms_api::Error::InvalidResponsePayload(body, error)),
        }
    }
}

/// Rebuilds the response for the generated client, with the body that was already read.
fn rebuild_response(status: StatusCode, headers: HeaderMap, body: Vec<u8>) -> reqwest::Response {
    let mut response = http::Response::new(reqwest::Body::from(body));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response.into()
}
