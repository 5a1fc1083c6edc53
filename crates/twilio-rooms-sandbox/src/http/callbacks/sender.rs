//! A signed request to a status callback.

use std::fmt;
use std::io;
use std::net::IpAddr;
use std::time::Duration;

use axum::http::Uri;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use sha1::Sha1;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::events::Form;
use crate::http::auth::AUTH_TOKEN;
use crate::http::recorder::Answer;

/// The time after which the service gives up.
const TIMEOUT: Duration = Duration::from_secs(15);
/// The number of bytes after which a response is not read any further.
const MAX_RESPONSE: u64 = 64 << 10;
/// The number of bytes that a status line needs.
const STATUS_LINE: usize = "HTTP/1.1 200".len();

/// A request to a status callback.
#[derive(Debug)]
pub(super) struct CallbackRequest {
    pub(super) url: String,
    method: &'static str,
    body: String,
    signature: String,
}

/// The reason for which there is no response.
#[derive(Debug)]
pub(super) enum Failure {
    /// The URL is not one that the sandbox sends to.
    Url(&'static str),
    /// The connection could not be established.
    Connection(io::Error),
    /// The response is not HTTP, or is not there in time.
    Response(&'static str),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(reason) | Self::Response(reason) => f.write_str(reason),
            Self::Connection(error) => write!(f, "the connection failed: {error}"),
        }
    }
}

impl CallbackRequest {
    pub(super) fn new(url: &str, method: &'static str, form: &Form) -> Self {
        let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let pairs: Vec<String> = form.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        let pairs = pairs.join("&");
        let url = url.split('#').next().unwrap_or_default();
        let (url, body, signed) = if method == "GET" {
            let separator = if url.contains('?') { '&' } else { '?' };
            let url = format!("{url}{separator}{pairs}");
            (url.clone(), String::new(), url)
        } else {
            let mut sorted: Vec<String> = form.iter().map(|(name, value)| format!("{name}{value}")).collect();
            // Names differ, so that this is the order of the names.
            sorted.sort_unstable();
            (url.to_owned(), pairs, format!("{url}{}", sorted.concat()))
        };
        Self { url, method, body, signature: sign(&signed) }
    }

    /// Sends the request, and returns the response.
    pub(super) async fn send(&self, allows_any_host: bool) -> Result<Answer, Failure> {
        let sending = tokio::time::timeout(TIMEOUT, self.send_now(allows_any_host));
        sending.await.unwrap_or(Err(Failure::Response("no response within 15 seconds")))
    }

    async fn send_now(&self, allows_any_host: bool) -> Result<Answer, Failure> {
        let uri: Uri = self.url.parse().map_err(|_| Failure::Url("the URL is malformed"))?;
        if uri.scheme_str() != Some("http") {
            return Err(Failure::Url("the sandbox sends callbacks to http URLs only"));
        }
        let host = uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']').to_owned();
        let is_loopback = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
        if !is_loopback && !allows_any_host {
            return Err(Failure::Url(
                "the sandbox sends callbacks to loopback addresses only, unless `callbacks_to_any_host` is set",
            ));
        }
        let target = uri.path_and_query().map_or("/", |target| target.as_str());
        let Self { method, body, signature, .. } = self;
        let authority = uri.authority().map_or("", |authority| authority.as_str());
        let request = format!(
            "{method} {target} HTTP/1.1\r\nHost: {authority}\r\nUser-Agent: TwilioProxy/1.1\r\n\
             X-Twilio-Signature: {signature}\r\nContent-Type: application/x-www-form-urlencoded; charset=UTF-8\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        let mut stream =
            TcpStream::connect((host.as_str(), uri.port_u16().unwrap_or(80))).await.map_err(Failure::Connection)?;
        let broke = |_| Failure::Response("the connection broke before the response");
        stream.write_all(request.as_bytes()).await.map_err(broke)?;
        let mut line = [0; STATUS_LINE];
        stream.read_exact(&mut line).await.map_err(broke)?;
        let status =
            std::str::from_utf8(&line).ok().and_then(|line| line.strip_prefix("HTTP/1.")?.get(2..)?.parse().ok());
        // The rest is read so that the receiver can send its whole response.
        let mut rest = Vec::new();
        let _ = stream.take(MAX_RESPONSE).read_to_end(&mut rest).await;
        let status = status.ok_or(Failure::Response("the response is not HTTP"))?;
        Ok(Answer { status, rest })
    }
}

/// Signs a URL and the parameters after it with the auth token of the account.
fn sign(text: &str) -> String {
    // A key of any length is accepted.
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(AUTH_TOKEN.as_bytes()) else { return String::new() };
    mac.update(text.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}
