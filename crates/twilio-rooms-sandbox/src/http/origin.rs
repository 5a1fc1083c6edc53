//! The origin of a request, so that no page of another site can act on the sandbox through a browser on this machine.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::error::ApiError;
use super::server::Server;

/// The relation of the page that has sent a request to this origin. Browsers send it, and no page can change it.
pub(crate) const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Returns whether a host is a name of this machine with this port. A site whose name leads here has another one.
pub(crate) fn is_loopback_host(host: &str, port: u16) -> bool {
    let (is_loopback, rest) = if let Some(literal) = host.strip_prefix('[') {
        let Some((address, rest)) = literal.split_once(']') else { return false };
        (address.parse::<Ipv6Addr>().is_ok_and(|address| address.is_loopback()), rest)
    } else {
        let (name, rest) = host.split_at(host.find(':').unwrap_or(host.len()));
        let is_loopback = name.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback());
        (is_loopback || name.eq_ignore_ascii_case("localhost"), rest)
    };
    let given = if rest.is_empty() { Some("80") } else { rest.strip_prefix(':') };
    is_loopback && given == Some(port.to_string().as_str())
}

/// The host that a request is for; `None` unless there is exactly one.
pub(crate) fn host<'a>(uri: &'a Uri, headers: &'a HeaderMap) -> Option<&'a str> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let host = hosts.next()?.to_str().ok()?;
    let is_other = |authority: &axum::http::uri::Authority| authority.as_str() != host;
    (hosts.next().is_none() && !uri.authority().is_some_and(is_other)).then_some(host)
}

/// Returns whether a request comes from the page of another origin than its host, as far as the browser says so.
pub(crate) fn is_of_other_origin(host: Option<&str>, headers: &HeaderMap) -> bool {
    let own = host.map(|host| format!("http://{host}"));
    let is_other = |origin: &axum::http::HeaderValue| Some(origin.as_bytes()) != own.as_deref().map(str::as_bytes);
    let is_other_site = |site: &axum::http::HeaderValue| site != "same-origin" && site != "none";
    headers.get_all(header::ORIGIN).iter().any(is_other) || headers.get_all(FETCH_SITE).iter().any(is_other_site)
}

/// Refuses requests from the pages of other origins. Programs do not send what browsers do, and are not affected.
pub(crate) async fn refuse_sites(State(server): State<Arc<Server>>, request: Request, next: Next) -> Response {
    let (headers, host) = (request.headers(), host(request.uri(), request.headers()));
    let address = server.address();
    // A site whose name leads to this machine would have the same origin as its host.
    let is_rebound = headers.contains_key(header::ORIGIN)
        && address.ip().is_loopback()
        && !host.is_some_and(|host| is_loopback_host(host, address.port()));
    if is_rebound || is_of_other_origin(host, headers) {
        let message = "The sandbox accepts no requests from the pages of other origins";
        return ApiError::refused(StatusCode::FORBIDDEN, message).into_response();
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_names_of_this_machine_with_the_port_are_its_hosts() {
        for host in ["127.0.0.1:8080", "127.3.2.1:8080", "localhost:8080", "LOCALHOST:8080", "[::1]:8080"] {
            assert!(is_loopback_host(host, 8080), "{host}");
        }
        for host in ["127.0.0.1", "localhost", "[::1]"] {
            assert!(is_loopback_host(host, 80) && !is_loopback_host(host, 8080), "{host}");
        }
        for host in [
            "",
            ":8080",
            "localhost:",
            "localhost:80",
            "localhost:08080",
            "localhost:+8080",
            "localhost.:8080",
            "a.localhost:8080",
            "localhost.example:8080",
            "127.0.0.1.example:8080",
            "127.1:8080",
            "0.0.0.0:8080",
            "10.0.0.1:8080",
            "::1:8080",
            "[::1",
            "[::2]:8080",
            "[::1]x:8080",
            "[::ffff:127.0.0.1]:8080",
            "user@localhost:8080",
            "localhost:8080, x",
            " localhost:8080",
        ] {
            assert!(!is_loopback_host(host, 8080), "{host}");
        }
    }
}
