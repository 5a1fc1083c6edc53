//! Bearer tokens for OAuth client credentials, from the vendor's token endpoint.

use std::sync::Arc;
use std::time::Duration;

use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use reqwest::Url;
use serde::Deserialize;
use zeroize::Zeroizing;

use super::authorization::Provide;
use super::origin::origin;
use super::provided_authorization::Authorization;
use crate::error::{Cause, Error, ErrorResponse, Kind, Secrets, ServiceError};

/// The name of the request in errors.
const OPERATION: &str = "fetch_token";
/// The number of bytes after which the response is not read any further.
const MAX_BODY: usize = 64 << 10;
/// The time for the request. A call waits for it within its own deadline.
const TIMEOUT: Duration = Duration::from_secs(15);

/// Returns the provider of bearer tokens for a client's id and secret.
pub(crate) fn token_provider(http: reqwest::Client, url: Url, client_id: String, client_secret: String) -> Provide {
    let request = Arc::new(TokenRequest { http, url, client_id, client_secret: Zeroizing::new(client_secret) });
    Arc::new(move || {
        let request = Arc::clone(&request);
        Box::pin(async move {
            let sent = tokio::time::timeout(TIMEOUT, request.send()).await;
            sent.unwrap_or_else(|_| {
                Err(Error::new(Kind::Timeout { host: origin(&request.url), timeout: Some(TIMEOUT) }))
            })
        })
    })
}

struct TokenRequest {
    http: reqwest::Client,
    url: Url,
    client_id: String,
    client_secret: Zeroizing<String>,
}

#[derive(Deserialize)]
struct Token {
    access_token: String,
    /// In seconds.
    expires_in: Option<u64>,
}

impl TokenRequest {
    async fn send(&self) -> Result<Authorization, Error> {
        let secrets = Secrets::new([self.client_secret.as_str()]);
        let mut form = self.url.clone();
        form.query_pairs_mut().clear().extend_pairs([
            ("grant_type", "client_credentials"),
            ("client_id", &self.client_id),
            ("client_secret", self.client_secret.as_str()),
        ]);
        let mut request = reqwest::Request::new(Method::POST, self.url.clone());
        let form_type = HeaderValue::from_static("application/x-www-form-urlencoded");
        request.headers_mut().insert(CONTENT_TYPE, form_type);
        request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
        *request.body_mut() = Some(form.query().unwrap_or_default().to_owned().into());
        let broken = |error: reqwest::Error| {
            let (host, is_connect, error) = (origin(&self.url), error.is_connect(), error.without_url());
            let kind = if is_connect { Kind::Connect { host } } else { Kind::Transport { host } };
            Error::new(kind).with_source(Cause::of(&error, &secrets))
        };
        let mut response = self.http.execute(request).await.map_err(broken)?;
        let (status, headers) = (response.status(), response.headers().clone());
        let mut body = Zeroizing::new(Vec::<u8>::with_capacity(MAX_BODY));
        while body.len() < MAX_BODY
            && let Some(chunk) = response.chunk().await.map_err(broken)?
        {
            body.extend_from_slice(&chunk);
        }
        Self::read(status, headers, &body, &secrets)
    }

    fn read(status: StatusCode, headers: HeaderMap, body: &[u8], secrets: &Secrets) -> Result<Authorization, Error> {
        if !status.is_success() {
            let error = ServiceError::parse(&secrets.redact(body));
            let response = ErrorResponse::new(status, headers, body, secrets);
            return Err(Error::new(Kind::Service { operation: OPERATION, error }).with_response(response));
        }
        // An error does not keep the body, which may hold the token.
        let token: Token = serde_json::from_slice(body).map_err(|error| {
            let reason = format!("it has no `access_token` (line {}, column {})", error.line(), error.column());
            let response = ErrorResponse::new(status, headers, b"", secrets);
            Error::new(Kind::Decode { operation: OPERATION, path: None, reason }).with_response(response)
        })?;
        let authorization = Authorization::bearer(token.access_token);
        Ok(match token.expires_in {
            Some(seconds) => authorization.expires_in(Duration::from_secs(seconds)),
            None => authorization,
        })
    }
}
