//! The token endpoint for OAuth client credentials, and the bearer tokens that it has issued.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::TimeDelta;
use serde_json::json;

use super::auth::{OAUTH_CLIENT_ID, OAUTH_CLIENT_SECRET};
use super::form::FormPairs;
use super::query::parameter;
use super::server::Server;
use crate::model::Timestamp;

/// The path of the token endpoint, as the vendor has it on another origin.
pub(crate) const TOKEN_PATH: &str = "/v2/token";
/// The validity of a token, in seconds.
const EXPIRES_IN: u32 = 3600;

/// The bearer tokens that are valid, with the time until when.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    valid: Mutex<HashMap<String, Timestamp>>,
    issued: AtomicU64,
}

impl Tokens {
    fn issue(&self, now: Timestamp) -> String {
        let number = self.issued.fetch_add(1, Ordering::Relaxed) + 1;
        let token = format!("5a4db0c5-the-bearer-token-{number}");
        let until = now + TimeDelta::seconds(EXPIRES_IN.into());
        self.valid.lock().unwrap_or_else(PoisonError::into_inner).insert(token.clone(), until);
        token
    }

    pub(crate) fn is_valid(&self, token: &str, now: Timestamp) -> bool {
        let valid = self.valid.lock().unwrap_or_else(PoisonError::into_inner);
        valid.get(token).is_some_and(|until| now < *until)
    }

    pub(crate) fn revoke_all(&self) {
        self.valid.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Returns the number of tokens issued so far.
    pub(crate) fn issued(&self) -> u64 {
        self.issued.load(Ordering::Relaxed)
    }
}

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
