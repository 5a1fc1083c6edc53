//! Status callbacks as arguments of axum's handlers.

use axum_core::body::Body;
use axum_core::extract::{DefaultBodyLimit, FromRef, FromRequest, Request};
use axum_core::response::{IntoResponse, Response};
use http::{Method, StatusCode};

use super::callback::Callback;
use super::error::{CallbackError, Kind};
use super::signature::CallbackValidator;

/// The maximum size of a body, in bytes. The service sends less than 4 kB.
const MAX_BODY: usize = 64 << 10;

/// The URL of a handler of status callbacks and the validator of their signatures, as part of axum's state.
///
/// With it, a [`Callback`] is an extractor, which verifies the signature and accepts a body of at most 64 KiB:
///
/// ```
/// use axum::Router;
/// use axum::routing::post;
/// use twilio_rooms::{Callback, CallbackEndpoint, CallbackEvent};
///
/// async fn receive(callback: Callback) {
///     if callback.event == CallbackEvent::RoomEnded {
///         println!("{} has ended", callback.room_name.unwrap_or_default());
///     }
/// }
///
/// let endpoint = CallbackEndpoint::new("https://hooks.example.com/rooms", "the auth token");
/// let router: Router = Router::new().route("/rooms", post(receive).get(receive)).with_state(endpoint);
/// ```
///
/// The extractor rejects a request with a wrong signature with 403, one that is too large with 413, and one that is not a
/// callback with 400. If the auth token is malformed, it rejects every request with 500.
#[derive(Debug, Clone)]
pub struct CallbackEndpoint {
    url: String,
    validator: CallbackValidator,
}

impl CallbackEndpoint {
    /// Creates an endpoint with the URL that rooms are created with, as it is outside of any proxy, and the auth token of
    /// the account.
    ///
    /// A query of the URL has no effect: the query of the request is used, which the signature covers. So the URLs of rooms
    /// can differ in their queries.
    #[must_use]
    pub fn new(url: impl AsRef<str>, auth_token: impl Into<String>) -> Self {
        let url = url.as_ref().split(['?', '#']).next().unwrap_or_default().to_owned();
        Self { url, validator: CallbackValidator::new(auth_token) }
    }
}

impl<S> FromRequest<S> for Callback
where
    CallbackEndpoint: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = CallbackError;

    async fn from_request(mut request: Request, state: &S) -> Result<Self, CallbackError> {
        let CallbackEndpoint { url, validator } = CallbackEndpoint::from_ref(state);
        let url = match request.uri().query() {
            Some(query) => format!("{url}?{query}"),
            None => url,
        };
        let signature = request.headers().get(CallbackValidator::HEADER).cloned();
        DefaultBodyLimit::max(MAX_BODY).apply(&mut request);
        let is_get = request.method() == Method::GET;
        // A form is ASCII, and so is text.
        let body = String::from_request(request, state).await.map_err(|rejection| {
            let is_large = rejection.into_response().status() == StatusCode::PAYLOAD_TOO_LARGE;
            CallbackError::new(if is_large { Kind::TooLarge } else { Kind::Body })
        })?;
        // A `GET` has its parameters in the query, and no body.
        let body = if is_get { "" } else { body.as_str() };
        validator.verify(&url, body, signature)
    }
}

impl IntoResponse for CallbackError {
    fn into_response(self) -> Response {
        let status = match self.kind() {
            Kind::Signature => StatusCode::FORBIDDEN,
            Kind::AuthToken(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Kind::Event | Kind::Body => StatusCode::BAD_REQUEST,
        };
        let mut response = Response::new(Body::empty());
        *response.status_mut() = status;
        response
    }
}
