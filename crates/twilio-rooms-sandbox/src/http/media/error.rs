//! The errors of the storage, which are XML as those of S3 are.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// A reason for which there are no media.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MediaError {
    /// The request has credentials besides the signature.
    TwoCredentials,
    InvalidSignature,
    Expired,
    /// There is no such recording, or its media are deleted.
    NotFound,
    InvalidRange,
}

impl IntoResponse for MediaError {
    fn into_response(self) -> Response {
        let (status, code, message) = match self {
            Self::TwoCredentials => {
                (StatusCode::BAD_REQUEST, "InvalidArgument", "Only one auth mechanism allowed: leave out Authorization")
            }
            Self::InvalidSignature => {
                (StatusCode::FORBIDDEN, "SignatureDoesNotMatch", "The signature is not that of this URL")
            }
            Self::Expired => (StatusCode::FORBIDDEN, "AccessDenied", "Request has expired"),
            Self::NotFound => (StatusCode::NOT_FOUND, "NoSuchKey", "The media do not exist"),
            Self::InvalidRange => {
                (StatusCode::RANGE_NOT_SATISFIABLE, "InvalidRange", "The requested range is not satisfiable")
            }
        };
        let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
        let body = format!("{declaration}\n<Error><Code>{code}</Code><Message>{message}</Message></Error>\n");
        (status, [(header::CONTENT_TYPE, "application/xml")], body).into_response()
    }
}
