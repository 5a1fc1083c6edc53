//! The parts of a response that an error keeps.

use http::{HeaderMap, HeaderValue, StatusCode};

use super::body::BodyExcerpt;
use super::secrets::Secrets;

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
    /// Keeps the parts of a response that have no secrets.
    pub(crate) fn new(status: StatusCode, mut headers: HeaderMap, body: &[u8], secrets: &Secrets) -> Self {
        for value in headers.values_mut() {
            if let std::borrow::Cow::Owned(redacted) = secrets.redact(value.as_bytes())
                && let Ok(redacted) = HeaderValue::from_bytes(&redacted)
            {
                *value = redacted;
            }
        }
        Self { status, headers, body: BodyExcerpt::new(body, secrets) }
    }

    pub(crate) fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }
}

/// Returns the identifier of a request from the headers of its response.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    headers.get(REQUEST_ID)?.to_str().ok()
}
