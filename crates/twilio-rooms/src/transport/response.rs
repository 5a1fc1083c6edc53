//! Responses: the decoded value with the status and headers.

use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::effect::Effect;
use crate::error::{Error, ErrorResponse, Kind, Secrets, one_line, request_id};

/// A response of the service: its value, status and headers.
///
/// The `response` method of a request returns it, where `send` returns only the value.
#[derive(Debug, Clone)]
pub struct Response<T> {
    value: T,
    status: StatusCode,
    headers: HeaderMap,
    context: ResponseContext,
    secrets: Secrets,
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
    pub(super) fn into_response(self, context: ResponseContext, secrets: Secrets) -> Response<Vec<u8>> {
        let Self { status, headers, body } = self;
        Response { value: body, status, headers, context, secrets }
    }
}

impl<T> Response<T> {
    pub(super) fn new(value: T, status: StatusCode, headers: HeaderMap, context: ResponseContext) -> Self {
        Self { value, status, headers, context, secrets: Secrets::default() }
    }

    /// Returns the same response with another value.
    pub(crate) fn map<U>(self, map: impl FnOnce(T) -> U) -> Response<U> {
        let Self { value, status, headers, context, secrets } = self;
        Response { value: map(value), status, headers, context, secrets }
    }

    /// Returns the same response with another value, if there is one.
    pub(crate) fn transpose<U>(self, map: impl FnOnce(T) -> Option<U>) -> Option<Response<U>> {
        let Self { value, status, headers, context, secrets } = self;
        map(value).map(|value| Response { value, status, headers, context, secrets })
    }

    /// Returns the same response with the attempts of earlier calls added.
    pub(crate) fn add_attempts(mut self, attempts: u32) -> Self {
        self.context.attempts += attempts;
        self
    }

    /// Rejects a response about another resource than the requested one, if that was requested by its SID.
    ///
    /// On a connection that is used again, the response may be that of an earlier request.
    pub(crate) fn require_sid(self, requested: &str, sid: impl FnOnce(&T) -> &str) -> Result<Self, Error> {
        let received = sid(&self.value);
        if !is_sid(requested) || received.eq_ignore_ascii_case(requested) {
            return Ok(self);
        }
        let reason = format!("the response is about {}, and not about {requested}", one_line(received));
        Err(self.rejected(reason))
    }

    /// Returns the error of a response whose value cannot be used.
    pub(crate) fn rejected(self, reason: impl Into<String>) -> Error {
        let (ResponseContext { operation, effect, attempts }, reason) = (self.context, reason.into());
        let response = ErrorResponse::new(self.status, self.headers, b"", &self.secrets);
        Error::new(Kind::Decode { operation, path: None, reason })
            .with_response(response)
            .with_attempts(attempts, effect.outcome(true))
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

/// Returns `true` for two letters and 32 hexadecimal digits.
fn is_sid(text: &str) -> bool {
    let digits = text.get(2..).filter(|digits| digits.len() == 32);
    text.bytes().take(2).all(|byte| byte.is_ascii_uppercase())
        && digits.is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
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
            Error::decode(operation, &self.value, &error, &self.secrets)
                .with_response(ErrorResponse::new(status, headers, &self.value, &self.secrets))
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
