//! A request to the API with its response.

use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use serde_json::Value;

use super::body::{End, RecordedBody};
use super::curl::{Curl, CurlCredentials};
use super::headers::{RecordedHeaders, cut};
use super::ring::Weighted;
use super::secrets::hide;

/// A request with its response, as far as it has arrived.
#[derive(Debug, Serialize)]
pub(super) struct Exchange {
    received: String,
    method: String,
    /// The path and the query.
    target: String,
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
    request_headers: RecordedHeaders,
    pub(super) request_body: RecordedBody,
    response_headers: RecordedHeaders,
    response_body: RecordedBody,
    #[serde(skip)]
    credentials: CurlCredentials,
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
        let curl = Curl {
            origin,
            method: &self.method,
            target: &self.target,
            headers: &self.request_headers,
            body: &self.request_body,
            credentials: self.credentials,
        };
        details["curl"] = curl.to_string().into();
        details
    }
}

impl Weighted for Exchange {
    fn weight(&self) -> usize {
        let bodies = self.request_body.weight() + self.response_body.weight();
        self.target.len() + self.request_headers.weight() + self.response_headers.weight() + bodies + 512
    }
}
