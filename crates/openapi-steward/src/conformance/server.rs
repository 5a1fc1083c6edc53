//! A server on this machine that answers one request, and compares it with what the document says.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread::{self, JoinHandle};

use serde_json::Value;

/// A server that answers one request.
pub struct Server {
    address: SocketAddr,
    thread: JoinHandle<Option<Request>>,
}

/// A request as it was received.
#[derive(Debug, Default)]
struct Request {
    method: String,
    path: String,
    query: Vec<(String, String)>,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Server {
    /// Starts a server that answers with this status and body. Without a media type the answer has no body.
    pub fn start(status: u16, media: &str, body: &str) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port of this machine is free");
        let address = listener.local_addr().expect("the port has a number");
        let mut answer = format!("HTTP/1.1 {status} Documented\r\nConnection: close\r\n");
        if !media.is_empty() {
            answer.push_str(&format!("Content-Type: {media}\r\n"));
        }
        let body = if media.is_empty() { "" } else { body };
        if status != 204 {
            answer.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        let answer = format!("{answer}\r\n{body}");
        let thread = thread::spawn(move || {
            let (mut stream, _) = listener.accept().ok()?;
            let request = Request::read(&stream)?;
            let answer = match request.method.as_str() {
                "HEAD" => answer.split_inclusive("\r\n\r\n").next().unwrap_or_default(),
                _ => &answer,
            };
            stream.write_all(answer.as_bytes()).ok()?;
            Some(request)
        });
        Self { address, thread }
    }

    /// Returns the URL of the server.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Compares the request with the expected one.
    pub fn check(self, expected: &str) {
        // A request that was not sent leaves the server waiting.
        drop(TcpStream::connect(self.address));
        let request = self.thread.join().expect("the server ends").expect("the client sends a request");
        let expected: Value = serde_json::from_str(expected).expect("what is expected is JSON");
        if let Err(difference) = request.compare(&expected) {
            panic!("{difference}\nexpected {expected:#}\nreceived {request:#?}");
        }
    }
}

impl Request {
    fn read(stream: &TcpStream) -> Option<Self> {
        let mut reader = BufReader::new(stream);
        let mut line = || {
            let mut line = String::new();
            reader.read_line(&mut line).ok()?;
            Some(line.trim_end().to_owned())
        };
        let first = line()?;
        let mut words = first.split(' ');
        let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
        let mut headers = BTreeMap::new();
        loop {
            let header = line()?;
            let Some((name, value)) = header.split_once(':') else { break };
            let value = value.trim().to_owned();
            // The same header again is one list.
            headers
                .entry(name.to_ascii_lowercase())
                .and_modify(|all: &mut String| all.extend([",", &value]))
                .or_insert_with(|| value.clone());
        }
        let mut body = Vec::new();
        if headers.get("transfer-encoding").is_some_and(|encoding| encoding == "chunked") {
            loop {
                let mut size = String::new();
                reader.read_line(&mut size).ok()?;
                let size = u64::from_str_radix(size.trim(), 16).ok()?;
                (&mut reader).take(size).read_to_end(&mut body).ok()?;
                reader.read_line(&mut String::new()).ok()?;
                if size == 0 {
                    break;
                }
            }
        } else if let Some(length) = headers.get("content-length") {
            (&mut reader).take(length.parse().ok()?).read_to_end(&mut body).ok()?;
        }
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        Some(Self { method, path: decoded(path), query: pairs(query, '&'), headers, body })
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(&name.to_ascii_lowercase()).map(String::as_str)
    }

    fn compare(&self, expected: &Value) -> Result<(), String> {
        let text = |key: &str| expected[key].as_str().unwrap_or_default();
        for (key, received) in [("method", &self.method), ("path", &self.path)] {
            if text(key) != received {
                return Err(format!("the {key} is `{received}` in place of `{}`", text(key)));
            }
        }
        compare_pairs("query", &expected["query"], self.query.clone())?;
        // A header parameter can be called `Cookie`; its value is compared as that of a header.
        if expected["headers"].get("cookie").is_none() {
            let cookies = pairs(&self.header("cookie").unwrap_or_default().replace("; ", ";"), ';');
            compare_pairs("cookies", &expected["cookies"], cookies)?;
        }
        for (name, value) in expected["headers"].as_object().into_iter().flatten() {
            let received = self.header(name);
            let is_same = match (value, received) {
                (Value::Null, None) => true,
                (Value::String(value), Some(received)) => value == received,
                (Value::Object(json), Some(received)) => {
                    let received = serde_json::from_str(received).map_err(|error| format!("{name}: {error}"))?;
                    same(&json["json"], &received, name, Nulls::AsExpected).is_ok()
                }
                _ => false,
            };
            if !is_same {
                return Err(format!("the header `{name}` is {received:?} in place of {value}"));
            }
        }
        self.compare_body(&expected["body"])
    }

    fn compare_body(&self, expected: &Value) -> Result<(), String> {
        let body = String::from_utf8_lossy(&self.body);
        let media = self.header("content-type").unwrap_or_default();
        let Some(expected) = expected.as_object() else {
            return if body.is_empty() { Ok(()) } else { Err(format!("there is a body, `{body}`")) };
        };
        let wanted = expected["media"].as_str().unwrap_or_default();
        if !media.to_ascii_lowercase().starts_with(&wanted.to_ascii_lowercase()) {
            return Err(format!("the media type of the body is `{media}` in place of `{wanted}`"));
        }
        if let Some(json) = expected.get("json") {
            let received = serde_json::from_str(&body).map_err(|error| format!("the body is no JSON: {error}"))?;
            return same(json, &received, "body", Nulls::AsExpected);
        }
        if let Some(form) = expected.get("form") {
            return compare_pairs("body", form, pairs(&body, '&'));
        }
        if let Some(text) = expected.get("text") {
            return if *text == *body { Ok(()) } else { Err(format!("the body is `{body}` in place of {text}")) };
        }
        let boundary = media.split_once("boundary=").ok_or("the media type has no boundary")?.1.trim_matches('"');
        compare_parts(expected["parts"].as_array().map(Vec::as_slice).unwrap_or_default(), &body, boundary)
    }
}

/// Compares the parts of a body in their order.
fn compare_parts(expected: &[Value], body: &str, boundary: &str) -> Result<(), String> {
    let delimiter = format!("--{boundary}");
    let body = body.strip_suffix("--\r\n").ok_or("the body has no end")?;
    let parts = body.split(&delimiter).skip(1).filter(|part| !part.is_empty());
    let parts: Vec<(&str, &str)> =
        parts.filter_map(|part| part.strip_prefix("\r\n")?.strip_suffix("\r\n")?.split_once("\r\n\r\n")).collect();
    if parts.len() != expected.len() {
        return Err(format!("the body has {} parts in place of {}", parts.len(), expected.len()));
    }
    for (expected, (headers, content)) in expected.iter().zip(parts) {
        let name = expected["name"].as_str().unwrap_or_default();
        // Browsers write quotation marks so.
        if !headers.contains(&format!("name=\"{}\"", name.replace('"', "%22"))) {
            return Err(format!("a part has the headers `{headers}` in place of the name `{name}`"));
        }
        if headers.contains("filename=") != (expected["file"] == true) {
            return Err(format!("the part `{name}` is a file, or is none, although it should be the other"));
        }
        if let Some(media) = expected["media"].as_str()
            && !headers.to_ascii_lowercase().contains(&format!("content-type: {}", media.to_ascii_lowercase()))
        {
            return Err(format!("the part `{name}` has the headers `{headers}` in place of `{media}`"));
        }
        if let Some(json) = expected.get("json") {
            let received = serde_json::from_str(content).map_err(|error| format!("{name}: {error}"))?;
            same(json, &received, name, Nulls::AsExpected)?;
        } else if expected["text"] != content {
            return Err(format!("the part `{name}` is `{content}` in place of {}", expected["text"]));
        }
    }
    Ok(())
}

/// Compares pairs in any order.
fn compare_pairs(place: &str, expected: &Value, mut received: Vec<(String, String)>) -> Result<(), String> {
    for pair in expected.as_array().into_iter().flatten() {
        let (name, value) = (pair[0].as_str().unwrap_or_default(), &pair[1]);
        let is_same = |received: &str| match value {
            Value::String(value) => value == received,
            json => serde_json::from_str(received)
                .is_ok_and(|received| same(&json["json"], &received, name, Nulls::AsExpected).is_ok()),
        };
        let position = received.iter().position(|(other, received)| other == name && is_same(received));
        let position = position.ok_or_else(|| format!("the {place} has no `{name}` of {value}: {received:?}"))?;
        received.remove(position);
    }
    if received.is_empty() { Ok(()) } else { Err(format!("the {place} has more: {received:?}")) }
}

fn pairs(text: &str, between: char) -> Vec<(String, String)> {
    text.split(between)
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(&name.replace('+', " ")), decoded(&value.replace('+', " ")))
        })
        .collect()
}

fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut decoded, mut index) = (Vec::new(), 0);
    while index < bytes.len() {
        let hex = text.get(index + 1..index + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match hex.filter(|_| bytes[index] == b'%') {
            Some(byte) => {
                decoded.push(byte);
                index += 3;
            }
            None => {
                decoded.push(bytes[index]);
                index += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

/// The nulls that a value can have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Nulls {
    AsExpected,
    /// A property can be null that is not expected.
    ForAbsent,
}

/// Compares two values in JSON.
pub fn same(expected: &Value, received: &Value, path: &str, nulls: Nulls) -> Result<(), String> {
    match (expected, received) {
        (Value::Object(expected), Value::Object(received)) => {
            for (key, value) in expected {
                let other = received.get(key).ok_or_else(|| format!("{path}.{key} is missing"))?;
                same(value, other, &format!("{path}.{key}"), nulls)?;
            }
            let is_more = |(key, value): &(&String, &Value)| {
                !expected.contains_key(*key) && !(nulls == Nulls::ForAbsent && value.is_null())
            };
            match received.iter().find(is_more) {
                Some((key, value)) => Err(format!("{path}.{key} is {value}, and is not expected")),
                None => Ok(()),
            }
        }
        (Value::Array(expected), Value::Array(received)) if expected.len() == received.len() => {
            let mut items = expected.iter().zip(received).enumerate();
            items.try_for_each(|(index, (expected, received))| {
                same(expected, received, &format!("{path}[{index}]"), nulls)
            })
        }
        (Value::Number(expected), Value::Number(received)) if expected.as_f64() == received.as_f64() => Ok(()),
        _ if expected == received => Ok(()),
        _ => Err(format!("{path} is {received} in place of {expected}")),
    }
}
