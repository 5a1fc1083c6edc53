//! Responses: the decoded value with the status and headers.

use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::retry::Effect;
use crate::error::{BodyExcerpt, Error, ErrorResponse, request_id};

/// A response of the service: its value, status and headers.
///
/// The `response` method of a request returns it, where `send` returns only the value.
#[derive(Debug, Clone)]
pub struct Response<T> {
    value: T,
    status: StatusCode,
    headers: HeaderMap,
    context: ResponseContext,
}

/// The call that led to a response.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ResponseContext {
    pub(crate) operation: &'static str,
    pub(crate) effect: Effect,
    pub(crate) attempts: u32,
}

/// A successful response whose body was read but not decoded.
#[derive(Debug)]
pub(crate) struct RawResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl RawResponse {
    pub(super) fn into_response(self, context: ResponseContext) -> Response<Vec<u8>> {
        let Self { status, headers, body } = self;
        Response { value: body, status, headers, context }
    }
}

impl<T> Response<T> {
    pub(super) fn new(value: T, status: StatusCode, headers: HeaderMap, context: ResponseContext) -> Self {
        Self { value, status, headers, context }
    }

    /// Returns the same response with another value.
    pub(crate) fn map<U>(self, map: impl FnOnce(T) -> U) -> Response<U> {
        let Self { value, status, headers, context } = self;
        Response { value: map(value), status, headers, context }
    }

    /// Returns the same response with the attempts of earlier calls added.
    pub(crate) fn add_attempts(mut self, attempts: u32) -> Self {
        self.context.attempts += attempts;
        self
    }

    /// Returns the value.
    pub fn value(&self) -> &T {
        &self.value
    }

    /// Returns the value without the rest of the response.
    pub fn into_value(self) -> T {
        self.value
    }

    /// Returns the HTTP status.
    ///
    /// It is a success, except after [`RecordingRef::media_url`](crate::RecordingRef::media_url), for which a redirect
    /// is a result as well.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// Returns the headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the identifier of the request, to quote to the vendor's support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// Returns the number of attempts.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.context.attempts
    }
}

impl Response<Vec<u8>> {
    /// Decodes the body from JSON.
    ///
    /// # Errors
    ///
    /// The body does not decode to a `T` ([`Error::is_decode`]). [`Error::path`] says where.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_slice(&self.value).map_err(|error| {
            let ResponseContext { operation, effect, attempts } = self.context;
            let (status, headers) = (self.status, self.headers.clone());
            Error::decode(operation, &self.value, &error)
                .with_response(ErrorResponse { status, headers, body: BodyExcerpt::new(&self.value) })
                .with_attempts(attempts, effect.outcome(true))
        })
    }
}

impl Response<String> {
    /// Turns the error of a redirect into a response with the target of the redirect. Returns any other error.
    pub(crate) fn from_redirect(operation: &'static str, error: Error) -> Result<Self, Error> {
        let Some(target) = error.redirect_location().map(str::to_owned) else { return Err(error) };
        let context = ResponseContext { operation, effect: Effect::Read, attempts: error.attempts() };
        let ErrorResponse { status, headers, .. } = error.into_response().unwrap_or_default();
        Ok(Self::new(target, status, headers, context))
    }
}
