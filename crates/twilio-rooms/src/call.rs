//! One call: from the request of the generated client to its answer, under the policy of ours.

use std::sync::{Arc, Mutex, PoisonError};

use http::header::{AUTHORIZATION, LOCATION, USER_AGENT};
use http::{HeaderMap, StatusCode};
use reqwest::{Request, Response, Url};
use serde::de::DeserializeOwned;
use twilio_rooms_api::{Aborted, Execute, Execution, ResponseValue, Transport};

use crate::client::Shared;
use crate::error::{Answer, Error, Excerpt, Kind, ServiceError};

/// The header in which the service identifies a request.
const REQUEST_ID: &str = "twilio-request-id";

/// One call of an operation. It executes the request, and keeps what the generated client has no place for.
#[derive(Debug)]
pub(crate) struct Call {
    shared: Arc<Shared>,
    /// Where to send the request instead of where the operation is: the URL of a next page.
    url: Option<Url>,
    outcome: Mutex<Outcome>,
}

#[derive(Debug, Default)]
struct Outcome {
    operation: &'static str,
    answer: Option<Answer>,
    failure: Option<Error>,
}

impl Call {
    pub(crate) fn new(shared: Arc<Shared>, url: Option<Url>) -> Self {
        Self { shared, url, outcome: Mutex::default() }
    }

    /// The generated client whose next request is this call.
    pub(crate) fn api(self: &Arc<Self>) -> twilio_rooms_api::Client {
        let base_url = self.shared.base_url.as_str().trim_end_matches('/');
        let transport = Transport::new(Arc::clone(self) as Arc<dyn Execute>);
        twilio_rooms_api::Client::new_with_client(base_url, self.shared.http.clone(), transport)
    }

    /// What came of it, from what the generated client makes of it.
    pub(crate) fn finish<T: DeserializeOwned, E>(
        &self,
        result: Result<ResponseValue<T>, twilio_rooms_api::Error<E>>,
    ) -> Result<T, Error> {
        let error = match result {
            Ok(value) => return Ok(value.into_inner()),
            Err(error) => error,
        };
        let outcome = std::mem::take(&mut *self.outcome.lock().unwrap_or_else(PoisonError::into_inner));
        Err(match (outcome.failure, error) {
            (Some(failure), _) => failure,
            (None, twilio_rooms_api::Error::InvalidResponsePayload(body, error)) => {
                let answer = outcome.answer.unwrap_or_default();
                Error::decode::<T>(outcome.operation, &body, error)
                    .with_answer(Answer { body: Excerpt::of(&body), ..answer })
            }
            // Before the transport: the request could not be made of what was given.
            (None, twilio_rooms_api::Error::InvalidRequest(message)) => Error::invalid(message),
            (None, error) => Error::invalid(format!("the request could not be made: {}", error.into_untyped())),
        })
    }

    async fn run(&self, mut request: Request, operation: &'static str) -> Result<Response, Error> {
        if let Some(url) = &self.url {
            request.url_mut().clone_from(url);
        }
        request.headers_mut().insert(AUTHORIZATION, self.shared.authorization.clone());
        request.headers_mut().insert(USER_AGENT, self.shared.user_agent.clone());
        *request.timeout_mut() = Some(self.shared.timeout);

        let url = request.url().clone();
        let response = self.shared.http.execute(request).await.map_err(|error| self.broken(&url, error))?;
        let (status, headers) = (response.status(), response.headers().clone());
        if *response.url() != url || status.is_redirection() {
            let followed = *response.url() != url;
            let to = if followed { Some(origin(response.url())) } else { location(&headers) };
            let answer = Answer { status, request_id: request_id(&headers), body: Excerpt::default() };
            return Err(Error::new(Kind::Redirect { operation, to, followed }).with_answer(answer));
        }
        let answer = Answer { status, request_id: request_id(&headers), body: Excerpt::default() };
        let body = response.bytes().await.map_err(|error| self.broken(&url, error).with_answer(answer.clone()))?;
        if !status.is_success() {
            let answer = Answer { body: Excerpt::of(&body), ..answer };
            let error = ServiceError::read(&body);
            return Err(Error::new(Kind::Service { operation, error }).with_answer(answer));
        }
        self.note(|outcome| (outcome.operation, outcome.answer) = (operation, Some(answer)));
        Ok(rebuilt(status, headers, body.into()))
    }

    /// Why there is no answer, or only part of one. The URL goes from the source: it is long, and the host is enough.
    fn broken(&self, url: &Url, error: reqwest::Error) -> Error {
        let host = origin(url);
        let kind = if error.is_timeout() {
            Kind::Timeout { host, timeout: self.shared.timeout }
        } else if error.is_connect() {
            Kind::Connect { host }
        } else {
            Kind::Transport { host }
        };
        Error::new(kind).with_source(error.without_url())
    }

    fn note(&self, note: impl FnOnce(&mut Outcome)) {
        note(&mut self.outcome.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Execute for Call {
    fn execute<'a>(&'a self, request: Request, operation_id: &'static str) -> Execution<'a> {
        Box::pin(async move {
            self.run(request, operation_id).await.map_err(|error| {
                self.note(|outcome| outcome.failure = Some(error));
                Aborted::new()
            })
        })
    }
}

/// The answer as the generated client reads it, with the body that has been read already.
fn rebuilt(status: StatusCode, headers: HeaderMap, body: reqwest::Body) -> Response {
    let mut response = http::Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response.into()
}

fn request_id(headers: &HeaderMap) -> Option<String> {
    Some(headers.get(REQUEST_ID)?.to_str().ok()?.to_owned())
}

/// Where a redirect leads, without what may be secret in it.
fn location(headers: &HeaderMap) -> Option<String> {
    let text = headers.get(LOCATION)?.to_str().ok()?;
    Some(
        Url::parse(text)
            .map_or_else(|_| text.split(['?', '#']).next().unwrap_or_default().to_owned(), |url| origin(&url)),
    )
}

pub(crate) fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}
