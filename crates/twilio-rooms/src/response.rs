//! An answer, with what came beside its value.

use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use crate::error::{Answer, Error, Excerpt};
use crate::retry::Effect;

/// An answer of the service: its value, and what came with it.
///
/// The `response` method of a request gives one, where `send` gives the value alone.
#[derive(Debug, Clone)]
pub struct Response<T> {
    value: T,
    answer: Answer,
    attempts: u32,
    effect: Effect,
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, answer: Answer, attempts: u32, effect: Effect) -> Self {
        Self { value, answer, attempts, effect }
    }

    /// The same answer with another value.
    pub(crate) fn map<U>(self, map: impl FnOnce(T) -> U) -> Response<U> {
        Response { value: map(self.value), answer: self.answer, attempts: self.attempts, effect: self.effect }
    }

    /// The same answer after more attempts than its own.
    pub(crate) fn after(mut self, attempts: u32) -> Self {
        self.attempts += attempts;
        self
    }

    pub(crate) fn into_parts(self) -> (T, Answer, u32) {
        (self.value, self.answer, self.attempts)
    }

    /// The value.
    pub fn value(&self) -> &T {
        &self.value
    }

    /// The value alone.
    pub fn into_value(self) -> T {
        self.value
    }

    /// The HTTP status, which is a success.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.answer.status.as_u16()
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.answer.headers
    }

    /// The identifier of the request, to be quoted to the vendor's support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.answer.request_id()
    }

    /// How many attempts it took.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }
}

impl Response<Vec<u8>> {
    /// The body as a value that is read from JSON.
    ///
    /// # Errors
    ///
    /// When it is not such a value; the error says where.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_slice(&self.value).map_err(|error| {
            let answer = Answer { body: Excerpt::of(&self.value), ..self.answer.clone() };
            Error::decode(crate::raw::OPERATION, &self.value, error)
                .with_answer(answer)
                .with_attempts(self.attempts, self.effect.outcome(true))
        })
    }
}

/// What is left of an answer when its body has been read.
#[derive(Debug)]
pub(crate) struct Whole {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}
