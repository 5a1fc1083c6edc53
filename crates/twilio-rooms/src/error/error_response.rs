//! The parts of a response that an error keeps.

use http::{HeaderMap, StatusCode};

use super::body::BodyExcerpt;

/// The header in which the service identifies a request.
const REQUEST_ID: &str = "twilio-request-id";

/// The parts of a response that an error keeps.
#[derive(Debug, Clone, Default)]
pub(crate) struct ErrorResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    /// The beginning of the body. It is empty if nothing is wrong with the body.
    pub(crate) body: BodyExcerpt,
}

impl ErrorResponse {
    pub(crate) fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }
}

/// Returns the identifier of a request from the headers of its response.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    headers.get(REQUEST_ID)?.to_str().ok()
}
