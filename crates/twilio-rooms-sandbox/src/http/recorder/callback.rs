//! A status callback and the answer to it.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use serde_json::{Value, json};

use super::body::{BodyFormat, End, RecordedBody};
use super::headers::cut;
use super::ring::Weighted;
use super::secrets::{hide, hide_in_form};

/// The maximum number of bytes that are kept of an answer.
const MAX_ANSWER: usize = 16 << 10;

/// The request of a callback.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SentCallback<'a> {
    pub(crate) method: &'static str,
    /// With the parameters if the method is `GET`.
    pub(crate) url: &'a str,
    pub(crate) form: &'a [(&'static str, String)],
}

/// The answer to a callback.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// The response after the status, as it came.
    pub(crate) rest: Vec<u8>,
}

/// A callback as the inspector shows it.
#[derive(Debug, Serialize)]
pub(super) struct RecordedCallback {
    sent: String,
    method: &'static str,
    url: String,
    form: Vec<(&'static str, String)>,
    attempts: u32,
    status: Option<u16>,
    /// The reason for which there was no response.
    error: Option<String>,
    took_ms: Option<f64>,
    answer_head: Option<String>,
    answer_body: Option<RecordedBody>,
}

impl RecordedCallback {
    pub(super) fn new(sent: SentCallback<'_>, now: DateTime<Utc>) -> Self {
        // The parameters are shown with the form.
        let url = if sent.method == "GET" { hide_in_form(sent.url) } else { sent.url.to_owned() };
        let form = sent.form.iter().map(|(name, value)| (*name, cut(&hide(value))));
        Self {
            sent: now.to_rfc3339_opts(SecondsFormat::Millis, true),
            method: sent.method,
            url: cut(&hide(&url)),
            form: form.collect(),
            attempts: 0,
            status: None,
            error: None,
            took_ms: None,
            answer_head: None,
            answer_body: None,
        }
    }

    /// Adds the answer, or the reason for which there is none.
    pub(super) fn answer(&mut self, attempts: u32, answer: Result<Answer, String>, took_ms: f64) {
        (self.attempts, self.took_ms) = (attempts, Some(took_ms));
        match answer {
            Ok(answer) => {
                let rest = &answer.rest;
                let end = rest.windows(4).position(|window| window == b"\r\n\r\n");
                let (head, body) = end.map_or((&rest[..], &[][..]), |end| (&rest[..end], &rest[end + 4..]));
                let kept = &body[..body.len().min(MAX_ANSWER)];
                let body = RecordedBody::new(BodyFormat::Text, kept, body.len() as u64, End::Complete);
                self.status = Some(answer.status);
                let head = String::from_utf8_lossy(head).replace("\r\n", "\n");
                self.answer_head = Some(cut(&hide(head.trim())));
                self.answer_body = Some(body);
            }
            Err(error) => self.error = Some(cut(&hide(&error))),
        }
    }

    fn get(&self, name: &str) -> &str {
        self.form.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
    }

    pub(super) fn summary(&self, id: u64) -> Value {
        json!({
            "id": id,
            "sent": self.sent,
            "event": self.get("StatusCallbackEvent"),
            "room_sid": self.get("RoomSid"),
            "room_name": self.get("RoomName"),
            "url": self.url,
            "method": self.method,
            "attempts": self.attempts,
            "status": self.status,
            "error": self.error,
            "took_ms": self.took_ms,
        })
    }

    pub(super) fn details(&self, id: u64) -> Value {
        let mut details = serde_json::to_value(self).unwrap_or_default();
        details["id"] = id.into();
        details["event"] = self.get("StatusCallbackEvent").into();
        details
    }
}

impl Weighted for RecordedCallback {
    fn weight(&self) -> usize {
        let form: usize = self.form.iter().map(|(name, value)| name.len() + value.len() + 48).sum();
        let head = self.answer_head.as_ref().map_or(0, String::len);
        self.url.len() + form + head + self.answer_body.as_ref().map_or(0, RecordedBody::weight) + 256
    }
}
