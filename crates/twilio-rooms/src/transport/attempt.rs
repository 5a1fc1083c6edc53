//! One attempt: a request that is sent once, and its response, read to the end.

use std::error::Error as StdError;
use std::io;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use http::header::{AUTHORIZATION, CONTENT_LENGTH, LOCATION, USER_AGENT};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use reqwest::{Request, Response, Url};
use tokio::time::Instant;

use super::connection::ConnectionParts;
use super::deadline::deadline_after;
use super::effect::Effect;
#[cfg(feature = "gzip")]
use super::gzip;
use super::middleware::{AttemptRequest, SendAttempt, run_within};
use super::options::Policy;
use super::origin::origin;
use super::response::RawResponse;
use crate::error::{Cause, Error, ErrorResponse, Kind, ServiceError, one_line};

/// The maximum capacity that is reserved for a body before it arrives, in bytes.
const MAX_RESERVED_CAPACITY: u64 = 4 << 20;
/// The number of bytes after which the body of an error is not read any further.
const MAX_ERROR_BODY: usize = 64 << 10;
/// The time after which the body of an error is not read any further. The status matters more.
const ERROR_BODY_TIMEOUT: Duration = Duration::from_secs(2);

/// The inputs of an attempt.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attempt<'a> {
    /// The `Authorization` header that the service has rejected in this call.
    pub(super) rejected: Option<&'a HeaderValue>,
    /// Receives the header that is sent.
    pub(super) authorization: &'a Mutex<Option<HeaderValue>>,
    pub(super) connection: &'a ConnectionParts,
    pub(super) policy: &'a Policy,
    pub(super) operation: &'static str,
    pub(super) effect: Effect,
    pub(super) deadline: Instant,
}

impl Attempt<'_> {
    /// Runs the attempt within the middleware of the client.
    pub(super) async fn run_within_middleware(self, number: u32, request: Request) -> Result<RawResponse, Error> {
        let middleware = &self.connection.middleware;
        if middleware.is_empty() {
            return self.run(request).await;
        }
        let request = AttemptRequest::new(self.operation, number, request);
        let response = run_within(middleware, &self, request).await?;
        if response.status.is_success() {
            return Ok(response);
        }
        Err(self.failed(response.status, response.headers, &response.body))
    }

    /// Waits for the throttle, sends the request and reads the response, all before the deadline.
    async fn run(self, mut request: Request) -> Result<RawResponse, Error> {
        let host = origin(request.url());
        if Instant::now() >= self.deadline {
            return Err(Error::new(Kind::DeadlinePassed { host, deadline: self.policy.deadline }));
        }
        let acquiring = self.connection.throttle.acquire(&self.policy.retry, self.deadline);
        let _permit = match tokio::time::timeout_at(self.deadline, acquiring).await {
            Ok(Ok(permit)) if Instant::now() < self.deadline => permit,
            Ok(Err(remaining)) => return Err(Error::new(Kind::RateLimitPause { host, remaining })),
            _ => return Err(Error::new(Kind::QueueTimeout { host, deadline: self.policy.deadline })),
        };
        if !self.connection.throttle.pace(self.effect, self.deadline).await || Instant::now() >= self.deadline {
            return Err(Error::new(Kind::QueueTimeout { host, deadline: self.policy.deadline }));
        }
        let header = tokio::time::timeout_at(self.deadline, self.connection.authorization.header(self.rejected)).await;
        let header = header
            .map_err(|_| Error::new(Kind::QueueTimeout { host: host.clone(), deadline: self.policy.deadline }))??;
        request.headers_mut().insert(AUTHORIZATION, header.clone());
        *self.authorization.lock().unwrap_or_else(PoisonError::into_inner) = Some(header);
        let timeout = self.policy.timeout.min(self.deadline - Instant::now());
        let until = deadline_after(timeout);
        let timed_out = || Error::new(Kind::Timeout { host: host.clone(), timeout: Some(timeout) });
        let (response, url) =
            tokio::time::timeout_at(until, self.send_request(request)).await.map_err(|_| timed_out())??;
        let (status, headers, secrets) = (response.status(), response.headers().clone(), &self.connection.secrets());
        #[cfg(feature = "gzip")]
        let mut headers = headers;
        #[cfg(feature = "gzip")]
        let is_gzip = gzip::take_encoding(&mut headers);
        if !status.is_success() {
            let body = read_error_body(response, until.min(deadline_after(ERROR_BODY_TIMEOUT))).await;
            #[cfg(feature = "gzip")]
            let body = if is_gzip { gzip::decode_beginning(&body, MAX_ERROR_BODY) } else { body };
            return Err(self.failed(status, headers, &body));
        }
        let body = tokio::time::timeout_at(until, self.read_body(response, &url)).await;
        let body = body.unwrap_or_else(|_| Err(timed_out()));
        #[cfg(feature = "gzip")]
        let body = body.and_then(|body| if is_gzip { self.decode_gzip(&body) } else { Ok(body) });
        match body {
            Ok(body) => Ok(RawResponse { status, headers, body }),
            Err(error) => Err(error.with_response(ErrorResponse::new(status, headers, b"", secrets))),
        }
    }

    /// Returns the error of a response whose status is not a success.
    pub(super) fn failed(self, status: StatusCode, headers: HeaderMap, body: &[u8]) -> Error {
        let secrets = &self.connection.secrets();
        let error = ServiceError::parse(&secrets.redact(body));
        let response = ErrorResponse::new(status, headers, body, secrets);
        Error::new(Kind::Service { operation: self.operation, error }).with_response(response)
    }

    /// Sends the request. Returns the response as soon as its headers arrive, with the URL it was sent to.
    async fn send_request(self, mut request: Request) -> Result<(Response, Url), Error> {
        request.headers_mut().insert(USER_AGENT, self.connection.user_agent.clone());
        #[cfg(feature = "gzip")]
        gzip::announce(request.headers_mut());
        if request.method() == Method::POST && request.body().is_none_or(is_empty) {
            // Some servers reject a POST without a Content-Length.
            request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        let url = request.url().clone();
        let response =
            self.connection.http.execute(request).await.map_err(|error| self.connection_error(&url, error))?;
        let followed = *response.url() != url;
        if followed || response.status().is_redirection() {
            let headers = response.headers().clone();
            let to = if followed { Some(origin(response.url())) } else { redirect_target(&headers) };
            let to = to.map(|to| one_line(&self.connection.secrets().redact_text(&to)));
            let response = ErrorResponse::new(response.status(), headers, b"", &self.connection.secrets());
            return Err(Error::new(Kind::Redirect { operation: self.operation, to, followed }).with_response(response));
        }
        Ok((response, url))
    }

    /// Reads the body up to the maximum size.
    async fn read_body(self, mut response: Response, url: &Url) -> Result<Vec<u8>, Error> {
        let limit = self.connection.max_body_size;
        let too_large = || Error::new(Kind::TooLarge { operation: self.operation, limit });
        let content_length = response.content_length().unwrap_or_default();
        if content_length > limit {
            return Err(too_large());
        }
        let capacity = usize::try_from(content_length.min(MAX_RESERVED_CAPACITY)).unwrap_or_default();
        let mut body = Vec::with_capacity(capacity);
        while let Some(chunk) = response.chunk().await.map_err(|error| self.connection_error(url, error))? {
            if (body.len() + chunk.len()) as u64 > limit {
                return Err(too_large());
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }

    #[cfg(feature = "gzip")]
    fn decode_gzip(self, body: &[u8]) -> Result<Vec<u8>, Error> {
        gzip::decode(self.operation, body, self.connection.max_body_size).map_err(Error::new)
    }

    /// Converts an error of the HTTP client. The message names the host, so the source goes without its long URL.
    fn connection_error(self, url: &Url, error: reqwest::Error) -> Error {
        let (host, error) = (origin(url), error.without_url());
        let cause = Cause::of(&error, &self.connection.secrets());
        let kind = if error.is_builder() {
            Kind::InvalidRequest(format!("the request cannot be sent: {}", innermost(&cause)))
        } else if error.is_connect() {
            match certificate_problem(&cause) {
                Some(reason) => return Error::new(Kind::Certificate { host, reason }),
                None => Kind::Connect { host },
            }
        } else if error.is_timeout() {
            // Only a custom HTTP client has a timeout of its own.
            Kind::Timeout { host, timeout: None }
        } else if let Some(problem) = decompression_problem(&error) {
            if problem == io::ErrorKind::UnexpectedEof {
                return Error::new(Kind::TruncatedBody { operation: self.operation });
            }
            let reason = format!("the compressed body is corrupt: {}", innermost(&cause));
            return Error::new(Kind::Decode { operation: self.operation, path: None, reason });
        } else {
            Kind::Transport { host }
        };
        Error::new(kind).with_source(cause)
    }
}

impl SendAttempt for Attempt<'_> {
    fn send(&self, request: Request) -> Pin<Box<dyn Future<Output = Result<RawResponse, Error>> + Send + '_>> {
        Box::pin(self.run(request))
    }
}

/// Reads the beginning of an error's body, as far as it arrives in time. The status matters more, so failures are
/// ignored.
async fn read_error_body(mut response: Response, until: Instant) -> Vec<u8> {
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

/// Returns the reason for which a certificate was not accepted, if that is what failed.
///
/// The TLS libraries have no error in common, but each of them names the certificate.
fn certificate_problem(cause: &Cause) -> Option<String> {
    let message = innermost(cause);
    message.to_ascii_lowercase().contains("certificate").then_some(message)
}

/// Returns the message of the innermost cause.
fn innermost(cause: &Cause) -> String {
    let causes = std::iter::successors(Some(cause as &dyn StdError), |cause| (*cause).source());
    causes.last().map_or_else(String::new, ToString::to_string)
}

/// Returns the problem of decompressing a body, if that is what failed. A broken connection has an error of its own.
fn decompression_problem(error: &reqwest::Error) -> Option<io::ErrorKind> {
    let problem = error.source().filter(|_| error.is_decode())?.downcast_ref::<io::Error>()?;
    Some(problem.kind())
}

/// Returns the target of a redirect without its query, which may contain secrets.
fn redirect_target(headers: &HeaderMap) -> Option<String> {
    let location = headers.get(LOCATION)?.to_str().ok()?;
    let target = match Url::parse(location) {
        Ok(url) => origin(&url),
        Err(_) => location.split(['?', '#']).next().unwrap_or_default().to_owned(),
    };
    Some(target)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Secrets;

    #[test]
    fn a_certificate_that_is_not_accepted_is_named() {
        // As rustls, OpenSSL and the libraries of Apple and Microsoft word it.
        for message in [
            "invalid peer certificate: UnknownIssuer",
            "error:0A000086:SSL routines:tls_post_process_server_certificate:certificate verify failed",
            "The certificate was not trusted.",
            "A certificate chain could not be built to a trusted root authority.",
        ] {
            let connecting = Error::config("client error (Connect)").with_source(io::Error::other(message));
            let sending = Error::config("error sending request").with_source(connecting);
            assert_eq!(certificate_problem(&Cause::of(&sending, &Secrets::default())).as_deref(), Some(message));
        }
        let refused = Error::config("error sending request").with_source(io::Error::other("Connection refused"));
        assert_eq!(certificate_problem(&Cause::of(&refused, &Secrets::default())), None);
        let error = Error::new(Kind::Certificate { host: "https://a.example".into(), reason: "it expired".into() });
        assert!(error.is_connect() && !error.is_retryable());
        assert_eq!(
            error.to_string(),
            "the certificate in the connection to https://a.example was not accepted: it expired"
        );
    }
}
