//! What is kept of an answer.

use http::{HeaderMap, StatusCode};

use super::Excerpt;

/// The header in which the service identifies a request.
const REQUEST_ID: &str = "twilio-request-id";

/// What is kept of an answer beside its value.
#[derive(Debug, Clone, Default)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    /// The beginning of the body, when something is wrong with it.
    pub(crate) body: Excerpt,
}

impl Answer {
    pub(crate) fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }
}

/// The identifier of a request, from the headers of its answer.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    headers.get(REQUEST_ID)?.to_str().ok()
}
