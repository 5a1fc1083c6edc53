//! A request to the API with its response.

use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use serde_json::Value;

use super::body::{End, RecordedBody};
use super::curl::{Curl, CurlCredentials};
use super::ring::Weighted;
use super::secrets::{hide, hide_in_header};

/// The maximum number of headers that are kept of a request or a response.
const MAX_HEADERS: usize = 100;
/// The maximum number of bytes that are kept of a header or a target.
const MAX_LINE: usize = 4096;

/// The headers that are kept, without secrets.
#[derive(Debug, Default, Serialize)]
pub(super) struct RecordedHeaders {
    pairs: Vec<(String, String)>,
    /// The number of headers that are not kept.
    left_out: usize,
}

/// A request with its response, as far as it is there.
#[derive(Debug, Serialize)]
pub(super) struct Exchange {
    received: String,
    pub(super) method: String,
    /// The path and the query.
    pub(super) target: String,
    /// The fault that was injected.
    pub(super) fault: Option<String>,
    /// `None` until the response begins.
    status: Option<u16>,
    /// The client has gone before the response began.
    is_abandoned: bool,
    /// The time until the response began or the client has gone, in milliseconds.
    took_ms: Option<f64>,
    /// The code and the message of an error of the service.
    error: Option<(u64, String)>,
    pub(super) request_headers: RecordedHeaders,
    pub(super) request_body: RecordedBody,
    response_headers: RecordedHeaders,
    response_body: RecordedBody,
    #[serde(skip)]
    pub(super) credentials: CurlCredentials,
}

/// The part of an exchange that a list shows.
#[derive(Debug, Serialize)]
struct Summary<'a> {
    id: u64,
    received: &'a str,
    method: &'a str,
    target: &'a str,
    fault: Option<&'a str>,
    status: Option<u16>,
    is_abandoned: bool,
    took_ms: Option<f64>,
    error: Option<&'a (u64, String)>,
    /// The number of bytes of the response so far, once it has ended.
    size: Option<u64>,
    is_cut_short: bool,
}

impl RecordedHeaders {
    pub(super) fn new(headers: &HeaderMap) -> Self {
        let pairs = headers.iter().take(MAX_HEADERS).map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes());
            (name.to_string(), cut(&hide_in_header(name.as_str(), &value)))
        });
        Self { pairs: pairs.collect(), left_out: headers.len().saturating_sub(MAX_HEADERS) }
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn weight(&self) -> usize {
        self.pairs.iter().map(|(name, value)| name.len() + value.len() + 48).sum()
    }
}

impl Exchange {
    /// A request that has just arrived.
    pub(super) fn new(request: &Parts, received: DateTime<Utc>) -> Self {
        let target = request.uri.path_and_query().map_or_else(|| request.uri.to_string(), ToString::to_string);
        let authorization =
            request.headers.get(header::AUTHORIZATION).map(|value| value.as_bytes().to_ascii_lowercase());
        Self {
            received: received.to_rfc3339_opts(SecondsFormat::Millis, true),
            method: cut(request.method.as_str()),
            target: cut(&hide(&target)),
            fault: None,
            status: None,
            is_abandoned: false,
            took_ms: None,
            error: None,
            request_headers: RecordedHeaders::new(&request.headers),
            request_body: RecordedBody::flowing(),
            response_headers: RecordedHeaders::default(),
            response_body: RecordedBody::flowing(),
            credentials: CurlCredentials::of(authorization.as_deref()),
        }
    }

    /// Adds the head of the response.
    pub(super) fn answer(&mut self, status: StatusCode, headers: RecordedHeaders, took_ms: f64) {
        (self.status, self.response_headers, self.took_ms) = (Some(status.as_u16()), headers, Some(took_ms));
    }

    /// Adds the body of the response.
    pub(super) fn end(&mut self, body: RecordedBody) {
        if self.status.is_some_and(|status| status >= 400) {
            let body: Option<Value> = body.text.as_ref().and_then(|text| serde_json::from_str(text).ok());
            self.error = body.and_then(|body| Some((body["code"].as_u64()?, body["message"].as_str()?.to_owned())));
        }
        self.response_body = body;
    }

    /// The client has gone.
    pub(super) fn abandon(&mut self, took_ms: f64) {
        (self.is_abandoned, self.took_ms) = (true, Some(took_ms));
        self.response_body.end = End::Unread;
    }

    pub(super) fn summary(&self, id: u64) -> Value {
        let summary = Summary {
            id,
            received: &self.received,
            method: &self.method,
            target: &self.target,
            fault: self.fault.as_deref(),
            status: self.status,
            is_abandoned: self.is_abandoned,
            took_ms: self.took_ms,
            error: self.error.as_ref(),
            size: (self.response_body.end != End::Flowing).then_some(self.response_body.size),
            is_cut_short: self.response_body.end == End::CutShort,
        };
        serde_json::to_value(summary).unwrap_or_default()
    }

    /// Everything that is known of it, with the command that sends it again to this origin.
    pub(super) fn details(&self, id: u64, origin: &str) -> Value {
        let mut details = serde_json::to_value(self).unwrap_or_default();
        details["id"] = id.into();
        details["curl"] = Curl { origin, exchange: self }.to_string().into();
        details
    }
}

impl Weighted for Exchange {
    fn weight(&self) -> usize {
        let bodies = self.request_body.weight() + self.response_body.weight();
        self.target.len() + self.request_headers.weight() + self.response_headers.weight() + bodies + 512
    }
}

/// Cuts a text to a length that a line can have, and says how long it was.
pub(super) fn cut(text: &str) -> String {
    if text.len() <= MAX_LINE {
        return text.to_owned();
    }
    let end = (0..=MAX_LINE).rev().find(|&end| text.is_char_boundary(end)).unwrap_or_default();
    format!("{}… ({} bytes)", &text[..end], text.len())
}
