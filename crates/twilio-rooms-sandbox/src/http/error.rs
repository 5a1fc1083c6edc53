//! Errors in the vendor's format, and the model's errors in terms of them.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::model::{Error, RulePurpose};

/// An error response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ApiError {
    status: StatusCode,
    code: u32,
    message: String,
    detail: Option<&'static str>,
}

impl ApiError {
    pub(crate) fn bad_parameter(message: impl Into<String>) -> Self {
        Self::bad_request(20001, message)
    }

    /// Status 400 with this code.
    pub(crate) fn bad_request(code: u32, message: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, code, message: message.into(), detail: None }
    }

    /// A room can only be completed, and only while it is in progress.
    pub(crate) fn invalid_room_status() -> Self {
        Self::bad_request(53112, "Status is invalid")
    }

    pub(crate) fn invalid_rules(purpose: RulePurpose) -> Self {
        match purpose {
            RulePurpose::Recording => Self::bad_request(53120, "Invalid Recording Rule(s)"),
            RulePurpose::Subscription => Self::bad_request(53215, "Invalid Subscribe Rule(s)"),
        }
    }

    /// An operation that the model refuses, on the room that the request names.
    pub(crate) fn from_model(error: &Error, room: &str) -> Self {
        match error {
            Error::RoomNotFound => Self::not_found(&format!("/Rooms/{room}")),
            Error::ParticipantNotFound(name) => Self::not_found(&format!("/Rooms/{room}/Participants/{name}")),
            Error::RecordingNotFound(sid) => Self::not_found(&format!("/Rooms/{room}/Recordings/{sid}")),
            Error::TranscriptionNotFound(ttid) => Self::not_found(&format!("/Rooms/{room}/Transcriptions/{ttid}")),
            Error::RoomNameTaken => Self::bad_request(53113, "Room exists"),
            Error::RoomNotInProgress => Self::bad_request(53118, "Room completed"),
            Error::ParticipantConnected => Self::bad_parameter("A participant that is connected cannot be anonymized"),
            Error::RoomFull
            | Error::AudioOnlyRoom
            | Error::InvalidIdentity
            | Error::ParticipantDisconnected
            | Error::TrackNotFound
            | Error::TrackNameTaken => Self::bad_parameter(error.to_string()),
        }
    }

    /// A request that is refused for this reason, from any sender.
    pub(crate) fn refused(status: StatusCode, message: impl Into<String>) -> Self {
        Self { message: message.into(), ..Self::from_status(status) }
    }

    /// The service's error for a status when nothing more specific applies.
    pub(crate) fn from_status(status: StatusCode) -> Self {
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

impl IntoResponse for ApiError {
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
