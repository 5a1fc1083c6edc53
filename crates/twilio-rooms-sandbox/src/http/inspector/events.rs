//! The live stream of the page: server-sent events.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_core::Stream;
use serde_json::{Value, json};
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::state::{fault_names, state};
use crate::http::auth::{ACCOUNT_SID, API_KEY};
use crate::http::recorder::Recorder;
use crate::http::server::Server;

/// The time between two messages: what happens in between comes together.
const PACE: Duration = Duration::from_millis(50);

/// The source of the events.
#[derive(Debug, Clone)]
pub(super) struct Source {
    pub(super) server: Arc<Server>,
    pub(super) recorder: Arc<Recorder>,
}

/// The events of a channel.
struct Events(Receiver<Event>);

impl Stream for Events {
    type Item = Result<Event, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context).map(|event| event.map(Ok))
    }
}

/// Responds with the entries of the log, and with all later ones.
///
/// The id of an event is that of the sandbox and the revision of its log. A browser whose connection breaks sends it back, and gets
/// only the entries that it has not seen.
pub(super) fn events(source: Source, headers: &HeaderMap) -> Response {
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.split_once('-'));
    let last = last.filter(|(instance, _)| *instance == source.recorder.instance.to_string());
    let revision = last.and_then(|(_, revision)| revision.parse().ok()).unwrap_or_default();
    let (sender, receiver) = channel(4);
    tokio::spawn(source.feed(revision, sender));
    Sse::new(Events(receiver)).keep_alive(KeepAlive::default()).into_response()
}

impl Source {
    /// Sends events until the page or the sandbox is gone. A page that reads slowly gets the last state of what has changed since.
    async fn feed(self, mut revision: u64, sender: Sender<Event>) {
        let Self { server, recorder } = self;
        let mut changes = recorder.subscribe();
        let hello = json!({
            "instance": recorder.instance,
            "url": format!("http://{}", server.address()),
            "account_sid": ACCOUNT_SID,
            "api_key": API_KEY,
            "faults": fault_names(),
        });
        let mut shown = Value::Null;
        let mut events = vec![event("hello", &hello)];
        loop {
            changes.mark_unchanged();
            let news = recorder.since(revision);
            if news.is_closed {
                return;
            }
            revision = news.revision;
            let mut state = state(&server, &recorder);
            state["log"] = news.bounds;
            if state != shown {
                events.push(event("state", &state));
                shown = state;
            }
            for (name, entries) in [("requests", news.requests), ("callbacks", news.callbacks)] {
                if !entries.is_empty() {
                    events.push(event(name, &entries.into()));
                }
            }
            let id = format!("{}-{revision}", recorder.instance);
            for event in events.drain(..) {
                if sender.send(event.id(&id)).await.is_err() {
                    return;
                }
            }
            tokio::select! {
                more = changes.changed() => if more.is_err() { return },
                () = sender.closed() => return,
            }
            tokio::time::sleep(PACE).await;
        }
    }
}

fn event(name: &str, data: &Value) -> Event {
    Event::default().event(name).data(data.to_string())
}
