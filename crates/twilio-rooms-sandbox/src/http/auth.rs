//! The credentials that the sandbox accepts.

use axum::http::{HeaderMap, header};
use base64::Engine;

pub(crate) const ACCOUNT_SID: &str = "AC5a4db0c5a4db0c5a4db0c5a4db0c5a4d";
pub(crate) const AUTH_TOKEN: &str = "5a4db0c5-the-auth-token";
pub(crate) const API_KEY: &str = "SK5a4db0c5a4db0c5a4db0c5a4db0c5a4d";
pub(crate) const API_SECRET: &str = "5a4db0c5-the-api-secret";

pub(crate) const OAUTH_CLIENT_ID: &str = "OQ5a4db0c5a4db0c5a4db0c5a4db0c5a4d";
pub(crate) const OAUTH_CLIENT_SECRET: &str = "5a4db0c5-the-client-secret";

/// Returns whether a request carries the account's auth token, the API key's secret, or a valid bearer token.
pub(crate) fn is_authorized(headers: &HeaderMap, is_valid_token: impl Fn(&str) -> bool) -> bool {
    let authorization = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let Some((scheme, encoded)) = authorization.and_then(|value| value.split_once(' ')) else { return false };
    if scheme.eq_ignore_ascii_case("bearer") {
        return is_valid_token(encoded.trim());
    }
    let decoded = base64::engine::general_purpose::STANDARD.decode(encoded.trim());
    let decoded = decoded.ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let pair = decoded.as_deref().and_then(|pair| pair.split_once(':'));
    scheme.eq_ignore_ascii_case("basic")
        && [Some((ACCOUNT_SID, AUTH_TOKEN)), Some((API_KEY, API_SECRET))].contains(&pair)
}
