//! The token endpoint for OAuth client credentials.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::auth::{OAUTH_CLIENT_ID, OAUTH_CLIENT_SECRET};
use super::form::FormPairs;
use super::query::parameter;
use super::server::Server;
use super::tokens::EXPIRES_IN;

/// The path of the token endpoint, as the vendor has it on another origin.
pub(crate) const TOKEN_PATH: &str = "/v2/token";
/// Exchanges a client's id and secret for a token. The errors are those of RFC 6749, section 5.2.
pub(crate) async fn token(State(server): State<Arc<Server>>, form: FormPairs) -> Response {
    let refuse = |status: StatusCode, error: &str| (status, Json(json!({ "error": error }))).into_response();
    let Ok(form) = form else { return refuse(StatusCode::BAD_REQUEST, "invalid_request") };
    let get = |name| parameter(&form.0, name);
    if get("grant_type") != Some("client_credentials") {
        return refuse(StatusCode::BAD_REQUEST, "unsupported_grant_type");
    }
    if (get("client_id"), get("client_secret")) != (Some(OAUTH_CLIENT_ID), Some(OAUTH_CLIENT_SECRET)) {
        return refuse(StatusCode::UNAUTHORIZED, "invalid_client");
    }
    let access_token = server.tokens.issue(server.clock.now());
    Json(json!({ "access_token": access_token, "token_type": "bearer", "expires_in": EXPIRES_IN })).into_response()
}
