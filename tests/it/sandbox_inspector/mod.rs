//! The inspector of the sandbox: the requests that it accepts, and what it records, shows and does.

mod actions;
mod bodies;
mod callbacks;
mod guard;
mod live;
mod recording;
mod rooms;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use twilio_rooms_sandbox::{Sandbox, SandboxBuilder};

use crate::support::{at, start};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// A sandbox whose inspector is on, seen as a browser on this machine sees it.
struct Inspector {
    sandbox: Sandbox,
    /// The address with the port, as in a `Host` header.
    host: String,
}

/// A response.
#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn json(&self) -> Result<Value> {
        Ok(serde_json::from_str(&self.body)?)
    }

    fn message(&self) -> String {
        self.json().ok().and_then(|body| Some(body["message"].as_str()?.to_owned())).unwrap_or_default()
    }

    fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

impl Inspector {
    /// Starts a sandbox without rooms and with a stopped clock.
    async fn start() -> Result<Self> {
        Self::of(Sandbox::builder().rooms(0).now(at(0))).await
    }

    async fn of(builder: SandboxBuilder) -> Result<Self> {
        let sandbox = start(builder.inspector(true)).await?;
        let host = sandbox.url().trim_start_matches("http://").to_owned();
        Ok(Self { sandbox, host })
    }

    async fn connect(&self) -> Result<TcpStream> {
        Ok(TcpStream::connect(&self.host).await?)
    }

    /// Sends bytes, and reads the response until the connection ends.
    async fn send(&self, request: &[u8]) -> Result<Answer> {
        let mut stream = self.connect().await?;
        stream.write_all(request).await?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await?;
        let answer = String::from_utf8_lossy(&answer);
        let (head, body) = answer.split_once("\r\n\r\n").ok_or("no response")?;
        let status = head.split(' ').nth(1).ok_or("no status")?.parse()?;
        Ok(Answer { status, head: head.to_owned(), body: body.to_owned() })
    }

    /// Sends a request with these lines of a header, and the length of its body.
    async fn request(&self, method: &str, target: &str, headers: &[&str], body: &str) -> Result<Answer> {
        let headers: String = headers.iter().flat_map(|header| [*header, "\r\n"]).collect();
        let length = body.len();
        let request = format!(
            "{method} {target} HTTP/1.1\r\n{headers}Connection: close\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        self.send(request.as_bytes()).await
    }

    async fn get(&self, target: &str) -> Result<Answer> {
        self.request("GET", target, &[&format!("Host: {}", self.host)], "").await
    }

    /// Sends a request to the API, with the credentials of the account.
    async fn api(&self, method: &str, target: &str, form: &str) -> Result<Answer> {
        let headers = [&format!("Host: {}", self.host)[..], ACCOUNT, "Content-Type: application/x-www-form-urlencoded"];
        let headers = if form.is_empty() { &headers[..2] } else { &headers[..] };
        self.request(method, target, headers, form).await
    }

    /// Runs an action as the page does.
    async fn act(&self, action: &str, parameters: &Value) -> Result<Answer> {
        let host = format!("Host: {}", self.host);
        let origin = format!("Origin: http://{}", self.host);
        let headers = [&host[..], &origin, "Sandbox-Inspector: 1", "Content-Type: application/json"];
        self.request("POST", &format!("/sandbox/inspector/{action}"), &headers, &parameters.to_string()).await
    }

    /// The details of a request by its number.
    async fn recorded(&self, id: u64) -> Result<Value> {
        self.get(&format!("/sandbox/inspector/requests/{id}")).await?.json()
    }

    /// Opens the live stream, after what an event id says.
    async fn live(&self, last_event: &str) -> Result<Live> {
        let mut stream = self.connect().await?;
        let request = format!(
            "GET /sandbox/inspector/events HTTP/1.1\r\nHost: {}\r\nLast-Event-ID: {last_event}\r\nConnection: close\r\n\r\n",
            self.host
        );
        stream.write_all(request.as_bytes()).await?;
        Ok(Live { stream, bytes: Vec::new() })
    }
}

/// The header with the credentials of the account.
const ACCOUNT: &str = "Authorization: Basic \
                       QUM1YTRkYjBjNWE0ZGIwYzVhNGRiMGM1YTRkYjBjNWE0ZDo1YTRkYjBjNS10aGUtYXV0aC10b2tlbg==";

/// The live stream.
struct Live {
    stream: TcpStream,
    bytes: Vec<u8>,
}

/// An event of the live stream.
#[derive(Debug)]
struct LiveEvent {
    name: String,
    id: String,
    data: Value,
}

impl Live {
    /// The next event; `None` if the stream has ended.
    async fn next(&mut self) -> Result<Option<LiveEvent>> {
        loop {
            // Each event is a chunk of its own, so no line of a chunk's length is within one.
            let text = String::from_utf8_lossy(&self.bytes).into_owned();
            if let Some(start) = text.find("event: ")
                && let Some(length) = text[start..].find("\n\n")
            {
                let event = &text[start..start + length];
                self.bytes = text.as_bytes()[start + length + 2..].to_vec();
                let field = |name: &str| {
                    let value = event.lines().find_map(|line| line.strip_prefix(name));
                    value.map(str::to_owned).ok_or_else(|| format!("no {name} in {event}"))
                };
                let data = serde_json::from_str(&field("data: ")?)?;
                return Ok(Some(LiveEvent { name: field("event: ")?, id: field("id: ")?, data }));
            }
            if self.stream.read_buf(&mut self.bytes).await? == 0 {
                return Ok(None);
            }
        }
    }

    /// Reads until the first event with this name that is as expected.
    async fn until(&mut self, name: &str, is_expected: impl Fn(&Value) -> bool) -> Result<LiveEvent> {
        loop {
            let event = self.next().await?.ok_or_else(|| format!("the stream has ended without {name}"))?;
            if event.name == name && is_expected(&event.data) {
                return Ok(event);
            }
        }
    }
}

/// Replaces what differs between two runs.
fn stable(inspector: &Inspector, value: &Value) -> Result<Value> {
    let text = serde_json::to_string(value)?.replace(&inspector.host, "[the sandbox]");
    let mut value: Value = serde_json::from_str(&text)?;
    for name in ["received", "sent", "took_ms"] {
        if value.get(name).is_some_and(|value| !value.is_null()) {
            value[name] = format!("[{name}]").into();
        }
    }
    Ok(value)
}
