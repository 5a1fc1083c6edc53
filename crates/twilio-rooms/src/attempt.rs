//! One attempt: a request sent once, and its answer read to the end.

use http::header::{AUTHORIZATION, CONTENT_LENGTH, LOCATION, USER_AGENT};
use http::{HeaderMap, HeaderValue, Method};
use reqwest::{Request, Response, Url};
use tokio::time::Instant;

use crate::client::Shared;
use crate::error::{Answer, Error, Excerpt, Kind, ServiceError};
use crate::options::{Policy, from_now};
use crate::response::Whole;

/// How much room is made for a body before it has come, at most.
const MAX_RESERVED: u64 = 4 << 20;
/// How much of the body of an error is read, at least.
const MAX_ERROR_BODY: usize = 64 << 10;

/// What an attempt needs to know.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Attempt<'a> {
    pub(crate) shared: &'a Shared,
    pub(crate) policy: &'a Policy,
    pub(crate) operation: &'static str,
    pub(crate) deadline: Instant,
}

impl Attempt<'_> {
    /// Sends the request and reads the answer, when other requests leave room for it and before time runs out.
    pub(crate) async fn run(self, request: Request) -> Result<Whole, Error> {
        let host = origin(request.url());
        let throttle = &self.shared.throttle;
        let entering = throttle.enter(&self.policy.retry, self.deadline);
        let _permit = match tokio::time::timeout_at(self.deadline, entering).await {
            Ok(Ok(permit)) if Instant::now() < self.deadline => permit,
            Ok(Err(wait)) => return Err(Error::new(Kind::Closed { host, wait })),
            _ => return Err(Error::new(Kind::HeldBack { host, deadline: self.policy.deadline })),
        };
        let timeout = self.policy.timeout.min(self.deadline - Instant::now());
        let until = from_now(timeout);
        let late = || Error::new(Kind::Timeout { host: host.clone(), timeout: Some(timeout) });
        let (response, url) = tokio::time::timeout_at(until, self.send(request)).await.map_err(|_| late())??;
        let (status, headers) = (response.status(), response.headers().clone());
        if !status.is_success() {
            let body = read_some(response, until).await;
            let error = ServiceError::read(&body);
            let answer = Answer { status, headers, body: Excerpt::of(&body) };
            return Err(Error::new(Kind::Service { operation: self.operation, error }).with_answer(answer));
        }
        let body = tokio::time::timeout_at(until, self.read(response, &url)).await.unwrap_or_else(|_| Err(late()));
        match body {
            Ok(body) => Ok(Whole { status, headers, body }),
            Err(error) => Err(error.with_answer(Answer { status, headers, body: Excerpt::default() })),
        }
    }

    /// Sends the request, and gives the answer as soon as it begins, with the URL that it is from.
    async fn send(self, mut request: Request) -> Result<(Response, Url), Error> {
        request.headers_mut().insert(AUTHORIZATION, self.shared.authorization.clone());
        request.headers_mut().insert(USER_AGENT, self.shared.user_agent.clone());
        if request.method() == Method::POST && request.body().is_none_or(is_empty) {
            // Some servers want to be told that there is nothing to come.
            request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        let url = request.url().clone();
        let response = self.shared.http.execute(request).await.map_err(|error| broken(&url, error))?;
        let followed = *response.url() != url;
        if followed || response.status().is_redirection() {
            let headers = response.headers().clone();
            let to = if followed { Some(origin(response.url())) } else { location(&headers) };
            let answer = Answer { status: response.status(), headers, body: Excerpt::default() };
            return Err(Error::new(Kind::Redirect { operation: self.operation, to, followed }).with_answer(answer));
        }
        Ok((response, url))
    }

    /// Reads the body, as long as it is no larger than allowed.
    async fn read(self, mut response: Response, url: &Url) -> Result<Vec<u8>, Error> {
        let limit = self.shared.max_body_size;
        let too_large = || Error::new(Kind::TooLarge { operation: self.operation, limit });
        let announced = response.content_length().unwrap_or_default();
        if announced > limit {
            return Err(too_large());
        }
        let mut body = Vec::with_capacity(usize::try_from(announced.min(MAX_RESERVED)).unwrap_or_default());
        while let Some(chunk) = response.chunk().await.map_err(|error| broken(url, error))? {
            if (body.len() + chunk.len()) as u64 > limit {
                return Err(too_large());
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }
}

/// The beginning of the body of an error, or what there is of it: the status is what matters.
async fn read_some(mut response: Response, until: Instant) -> Vec<u8> {
    let mut body = Vec::new();
    while body.len() < MAX_ERROR_BODY
        && let Ok(Ok(Some(chunk))) = tokio::time::timeout_at(until, response.chunk()).await
    {
        body.extend_from_slice(&chunk);
    }
    body
}

fn is_empty(body: &reqwest::Body) -> bool {
    body.as_bytes().is_some_and(<[u8]>::is_empty)
}

/// Why there is no answer, or only part of one. The URL goes from the source: it is long, and the host is enough.
fn broken(url: &Url, error: reqwest::Error) -> Error {
    let host = origin(url);
    let kind = if error.is_connect() {
        Kind::Connect { host }
    } else if error.is_timeout() {
        // That of an HTTP client that the caller gave.
        Kind::Timeout { host, timeout: None }
    } else {
        Kind::Transport { host }
    };
    Error::new(kind).with_source(error.without_url())
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
