//! A server with scripted replies that records its requests.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response, Uri};
use serde::Serialize;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::Events;

/// A server on a free port of this machine. Dropping it stops it.
#[derive(Debug)]
pub(crate) struct Server {
    url: String,
    script: Arc<Mutex<Script>>,
    task: JoinHandle<()>,
}

#[derive(Debug, Default)]
struct Script {
    replies: VecDeque<Reply>,
    seen: Vec<Seen>,
}

/// A scripted reply.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

/// A recorded request.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Seen {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
}

impl Reply {
    pub(crate) fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: Vec::new(), body: body.into() }
    }

    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::new(status, body.to_string()).header("content-type", "application/json")
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

impl Server {
    /// Starts a server that sends these replies, one per request, and then 599.
    pub(crate) async fn start(replies: impl IntoIterator<Item = Reply>) -> std::io::Result<Self> {
        Events::install();
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let script = Arc::new(Mutex::new(Script { replies: replies.into_iter().collect(), seen: Vec::new() }));
        let router = Router::new().fallback(reply).with_state(Arc::clone(&script));
        let task = tokio::spawn(async move {
            // The server runs until the task is aborted.
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self { url, script, task })
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Adds a reply to the script.
    pub(crate) fn then(&self, reply: Reply) {
        self.script.lock().unwrap_or_else(PoisonError::into_inner).replies.push_back(reply);
    }

    /// Returns the requests so far.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.script.lock().unwrap_or_else(PoisonError::into_inner).seen.clone()
    }

    /// Returns the paths and queries of the requests so far.
    pub(crate) fn targets(&self) -> Vec<String> {
        self.seen().into_iter().map(|seen| seen.target).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn reply(
    State(script): State<Arc<Mutex<Script>>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<axum::body::Body> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let headers = headers.iter().map(|(name, value)| (name.to_string(), text(value.as_bytes()))).collect();
    let seen = Seen { method: method.to_string(), target: uri.to_string(), headers, body: text(&body) };
    let mut script = script.lock().unwrap_or_else(PoisonError::into_inner);
    script.seen.push(seen);
    let reply = script.replies.pop_front().unwrap_or_else(|| Reply::new(599, "the script has ended"));
    let builder = reply
        .headers
        .into_iter()
        .fold(Response::builder().status(reply.status), |builder, (name, value)| builder.header(name, value));
    builder.body(reply.body.into()).unwrap_or_default()
}
