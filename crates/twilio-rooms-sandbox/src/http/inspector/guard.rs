//! The requests that the inspector accepts: those of its own page, in a browser on this machine.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::http::connection::ConnectionInfo;
use crate::http::error::ApiError;
use crate::http::origin::{FETCH_SITE, host, is_loopback_host, is_of_other_origin};
use crate::http::server::Server;

/// The header of the page's own requests that change something. A form cannot send it.
const OWN_HEADER: &str = "sandbox-inspector";

/// The headers of every response, unless it has others.
const HEADERS: [(HeaderName, &str); 7] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
];

/// Passes a request of the inspector's page on, and refuses every other one.
pub(super) async fn guard(
    State(server): State<Arc<Server>>,
    ConnectInfo(connection): ConnectInfo<ConnectionInfo>,
    request: Request,
    next: Next,
) -> Response {
    let (method, uri, headers) = (request.method(), request.uri(), request.headers());
    let checked = check_place(server.address(), connection.peer)
        .and_then(|()| check_origin(server.address().port(), uri, headers))
        .and_then(|()| if is_read(method) { Ok(()) } else { check_change(headers) });
    let mut response = match checked {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    };
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

fn is_read(method: &Method) -> bool {
    *method == Method::GET || *method == Method::HEAD
}

fn forbidden(message: impl Into<String>) -> ApiError {
    ApiError::refused(StatusCode::FORBIDDEN, message)
}

/// Both ends are on this machine.
fn check_place(listener: SocketAddr, peer: SocketAddr) -> Result<(), ApiError> {
    if !listener.ip().is_loopback() {
        let message = "The inspector is for this machine only, and the sandbox listens on";
        return Err(forbidden(format!("{message} {listener}, which is not a loopback address")));
    }
    if !peer.ip().to_canonical().is_loopback() {
        return Err(forbidden(format!(
            "The inspector is for this machine only, and the request comes from {}",
            peer.ip()
        )));
    }
    Ok(())
}

/// The request is for a name of this machine, and no page of another origin has sent it.
fn check_origin(port: u16, uri: &Uri, headers: &HeaderMap) -> Result<(), ApiError> {
    let host = host(uri, headers).filter(|host| is_loopback_host(host, port));
    if host.is_none() {
        let message = "The Host header is no name of this machine with the port of the sandbox: open the inspector at";
        return Err(forbidden(format!("{message} http://127.0.0.1:{port}/sandbox")));
    }
    // A link from anywhere may lead to the page, which has no data.
    let is_link = uri.path() == "/sandbox" && !headers.contains_key(header::ORIGIN);
    if !is_link && is_of_other_origin(host, headers) {
        return Err(forbidden("The inspector accepts no requests from the pages of other origins"));
    }
    Ok(())
}

/// A request that changes something is one that only a script of the page can send.
fn check_change(headers: &HeaderMap) -> Result<(), ApiError> {
    // Both were compared with this origin before.
    let is_own =
        headers.contains_key(header::ORIGIN) || headers.get(FETCH_SITE).is_some_and(|site| site == "same-origin");
    if !is_own {
        return Err(forbidden("The request has neither an Origin header nor Sec-Fetch-Site: same-origin"));
    }
    if !headers.contains_key(OWN_HEADER) {
        return Err(forbidden(format!("The request has no header {OWN_HEADER}")));
    }
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/json") {
        let message = "The content type is not application/json";
        return Err(ApiError::refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, message));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(listener: &str, peer: &str) -> Option<String> {
        let (Ok(listener), Ok(peer)) = (listener.parse(), peer.parse()) else { return Some("no address".to_owned()) };
        check_place(listener, peer).err().map(|error| error.message().to_owned())
    }

    #[test]
    fn both_ends_are_on_this_machine() {
        for listener in ["127.0.0.1:80", "127.0.0.2:80", "[::1]:80"] {
            assert_eq!(place(listener, "127.0.0.1:5"), None);
            assert_eq!(place(listener, "[::1]:5"), None);
            assert_eq!(place(listener, "[::ffff:127.0.0.1]:5"), None);
            let message = "The inspector is for this machine only, and the request comes from 192.0.2.1";
            assert_eq!(place(listener, "192.0.2.1:5").as_deref(), Some(message));
        }
        for listener in ["0.0.0.0:80", "[::]:80", "192.0.2.1:80"] {
            let message = "The inspector is for this machine only, and the sandbox listens on";
            let message = format!("{message} {listener}, which is not a loopback address");
            assert_eq!(place(listener, "127.0.0.1:5"), Some(message));
        }
    }
}
