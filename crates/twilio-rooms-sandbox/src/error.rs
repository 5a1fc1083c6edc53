//! Errors, in the form of the service.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// An error that is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Error {
    status: StatusCode,
    code: u32,
    message: String,
    detail: Option<&'static str>,
}

impl Error {
    pub(crate) fn bad_parameter(message: impl Into<String>) -> Self {
        Self::invalid(20001, message)
    }

    /// A request that is refused with this code of the vendor's.
    pub(crate) fn invalid(code: u32, message: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, code, message: message.into(), detail: None }
    }

    pub(crate) fn not_in_progress() -> Self {
        Self::invalid(53112, "Status is invalid")
    }

    /// What can only be done with a room in progress was asked of another.
    pub(crate) fn room_completed() -> Self {
        Self::invalid(53118, "Room completed")
    }

    /// What the service answers with this status when nothing else is known.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        let (code, message) = match status.as_u16() {
            401 => return Self::unauthorized(),
            403 => (20403, "Forbidden"),
            404 => (20404, "The requested resource was not found"),
            409 => (20409, "Conflict"),
            429 => (20429, "Too Many Requests"),
            503 => (20503, "Service is unavailable. Please try again"),
            500.. => (20500, "Internal Server Error"),
            _ => (20001, "Bad request"),
        };
        Self { status, code, message: message.to_owned(), detail: None }
    }

    pub(crate) fn unauthorized() -> Self {
        Self {
            status: StatusCode::UNAUTHORIZED,
            code: 20003,
            message: "Authentication Error - invalid username".to_owned(),
            detail: Some("Your AccountSid or AuthToken was incorrect."),
        }
    }

    pub(crate) fn not_found(path: &str) -> Self {
        let path = path.strip_prefix("/v1").unwrap_or(path);
        let message = format!("The requested resource {path} was not found");
        Self { status: StatusCode::NOT_FOUND, code: 20404, message, detail: None }
    }

    pub(crate) fn method_not_allowed() -> Self {
        let message = "Method not allowed".to_owned();
        Self { status: StatusCode::METHOD_NOT_ALLOWED, code: 20004, message, detail: None }
    }

    #[cfg(test)]
    pub(crate) fn message(&self) -> &str {
        &self.message
    }
}

/// There is no room of the name.
pub(crate) fn unknown(room: &str) -> Error {
    Error::not_found(&format!("/Rooms/{room}"))
}

/// There is no participant of the name in the room.
pub(crate) fn nobody(room: &str, name: &str) -> Error {
    Error::not_found(&format!("/Rooms/{room}/Participants/{name}"))
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let more_info = format!("https://www.twilio.com/docs/errors/{}", self.code);
        let mut body = json!({
            "code": self.code,
            "message": self.message,
            "more_info": more_info,
            "status": self.status.as_u16(),
        });
        if let Some(detail) = self.detail {
            body["detail"] = detail.into();
        }
        let mut response = (self.status, axum::Json(body)).into_response();
        if self.status == StatusCode::UNAUTHORIZED {
            let realm = HeaderValue::from_static("Basic realm=\"Twilio API\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, realm);
        }
        response
    }
}
