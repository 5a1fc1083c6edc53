//! Middleware: code of the caller around each attempt.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use http::{HeaderMap, Method, StatusCode};

use super::response::RawResponse;
use crate::error::Error;

/// The future that [`Middleware::handle`] and [`Next::run`] return.
pub type MiddlewareFuture<'a> = Pin<Box<dyn Future<Output = Result<AttemptResponse, Error>> + Send + 'a>>;

/// Code around each attempt of a client, for headers, signatures, metrics or a cache; set with
/// [`ClientBuilder::middleware`](crate::ClientBuilder::middleware).
///
/// Middleware runs once for each attempt, within the retries and the deadline of the call; its future is dropped with the
/// call. The client applies credentials, its rate limits and the size limit of bodies after it: middleware sees neither the
/// `Authorization` header nor bearer tokens, and cannot send the request to another URL.
///
/// Add a header to each request:
///
/// ```
/// use twilio_rooms::http::HeaderValue;
/// use twilio_rooms::{AttemptRequest, Client, Middleware, MiddlewareFuture, Next};
///
/// struct Tenant(HeaderValue);
///
/// impl Middleware for Tenant {
///     fn handle<'a>(&'a self, mut request: AttemptRequest, next: Next<'a>) -> MiddlewareFuture<'a> {
///         request.headers.insert("x-tenant", self.0.clone());
///         next.run(request)
///     }
/// }
///
/// let builder = Client::builder().middleware(Tenant(HeaderValue::from_static("acme")));
/// ```
///
/// Measure each attempt:
///
/// ```
/// use std::time::Instant;
/// use twilio_rooms::{AttemptRequest, Client, Middleware, MiddlewareFuture, Next};
///
/// struct Metrics;
///
/// impl Middleware for Metrics {
///     fn handle<'a>(&'a self, request: AttemptRequest, next: Next<'a>) -> MiddlewareFuture<'a> {
///         Box::pin(async move {
///             let (operation, started) = (request.operation(), Instant::now());
///             let result = next.run(request).await;
///             println!("{operation} {} {:?}", result.is_ok(), started.elapsed());
///             result
///         })
///     }
/// }
///
/// let builder = Client::builder().middleware(Metrics);
/// ```
pub trait Middleware: Send + Sync {
    /// Handles an attempt: it changes the request, runs the rest with `next`, and returns the response.
    ///
    /// It can also return a response of its own without `next`, or a response instead of an error of `next`. A status
    /// other than a success is an error of `next` ([`Error::status`]).
    fn handle<'a>(&'a self, request: AttemptRequest, next: Next<'a>) -> MiddlewareFuture<'a>;
}

/// A request that is about to be sent, as a [`Middleware`] sees it.
#[derive(Debug)]
pub struct AttemptRequest {
    /// The headers, without the credentials.
    pub headers: HeaderMap,
    operation: &'static str,
    attempt: u32,
    request: reqwest::Request,
}

impl AttemptRequest {
    pub(super) fn new(operation: &'static str, attempt: u32, mut request: reqwest::Request) -> Self {
        let headers = std::mem::take(request.headers_mut());
        Self { headers, operation, attempt, request }
    }

    /// Returns the operation's name in the spec, such as `list_rooms`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Returns the number of the attempt, from 1.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// Returns the method.
    #[must_use]
    pub fn method(&self) -> &Method {
        self.request.method()
    }

    /// Returns the URL, which contains names and SIDs.
    #[must_use]
    pub fn url(&self) -> &str {
        self.request.url().as_str()
    }

    /// Returns the body, a form, or an empty one.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.request.body().and_then(reqwest::Body::as_bytes).unwrap_or_default()
    }
}

/// A successful response, as a [`Middleware`] sees it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct AttemptResponse {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The whole body.
    pub body: Vec<u8>,
}

impl AttemptResponse {
    /// Creates a response that was not received, such as one from a cache.
    #[must_use]
    pub fn new(status: StatusCode, headers: HeaderMap, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers, body: body.into() }
    }
}

/// The rest of an attempt: the middleware after this one, and the request itself.
#[derive(Debug)]
pub struct Next<'a> {
    rest: &'a [Layer],
    attempt: &'a dyn SendAttempt,
}

/// The end of the middleware, which sends the request.
pub(super) trait SendAttempt: fmt::Debug + Send + Sync {
    /// Sends the request and reads the response.
    fn send(&self, request: reqwest::Request) -> Pin<Box<dyn Future<Output = Result<RawResponse, Error>> + Send + '_>>;
}

impl<'a> Next<'a> {
    /// Runs the rest of the attempt.
    ///
    /// # Errors
    ///
    /// The attempt fails, or its response has a status other than a success.
    #[must_use]
    pub fn run(self, request: AttemptRequest) -> MiddlewareFuture<'a> {
        let Self { rest, attempt } = self;
        if let Some((layer, rest)) = rest.split_first() {
            return layer.0.handle(request, Next { rest, attempt });
        }
        Box::pin(async move {
            let AttemptRequest { headers, mut request, .. } = request;
            *request.headers_mut() = headers;
            let RawResponse { status, headers, body } = attempt.send(request).await?;
            Ok(AttemptResponse { status, headers, body })
        })
    }
}

/// A middleware of a client.
#[derive(Clone)]
pub(crate) struct Layer(Arc<dyn Middleware>);

impl Layer {
    pub(crate) fn new(middleware: impl Middleware + 'static) -> Self {
        Self(Arc::new(middleware))
    }
}

impl fmt::Debug for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Middleware")
    }
}

/// Runs an attempt within the middleware of its client, the first one outermost.
pub(super) async fn run_within<'a>(
    layers: &'a [Layer],
    attempt: &'a dyn SendAttempt,
    request: AttemptRequest,
) -> Result<RawResponse, Error> {
    let AttemptResponse { status, headers, body } = Next { rest: layers, attempt }.run(request).await?;
    Ok(RawResponse { status, headers, body })
}
