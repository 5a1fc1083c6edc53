//! Request bodies of several parts (RFC 7578). Files are streamed: a part is read when it is sent.

use std::collections::VecDeque;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use serde_json::Value;

/// A file in a request body of several parts.
#[derive(Debug)]
pub struct Part {
    body: reqwest::Body,
    file_name: Option<String>,
    content_type: Option<String>,
}

impl Part {
    /// Creates a file from its content: bytes, a string, or a stream.
    ///
    /// It is called `file` and has the media type that the document gives it, or `application/octet-stream`.
    pub fn new(body: impl Into<reqwest::Body>) -> Self {
        Self { body: body.into(), file_name: None, content_type: None }
    }

    /// Sets the name of the file.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the media type of the file.
    #[must_use]
    pub fn content_type(mut self, media: impl Into<String>) -> Self {
        self.content_type = Some(media.into());
        self
    }
}

impl From<Vec<u8>> for Part {
    fn from(body: Vec<u8>) -> Self {
        Self::new(body)
    }
}

impl From<String> for Part {
    fn from(body: String) -> Self {
        Self::new(body)
    }
}

impl From<reqwest::Body> for Part {
    fn from(body: reqwest::Body) -> Self {
        Self::new(body)
    }
}

/// A request body of several parts.
#[derive(Debug, Default)]
pub struct Multipart {
    /// The headers of each part, and its content.
    parts: Vec<(String, reqwest::Body)>,
    error: Option<String>,
}

impl Multipart {
    /// Creates a body without parts.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a part for each file.
    #[must_use]
    pub fn files(mut self, name: &str, media: Option<&str>, files: impl IntoIterator<Item = Part>) -> Self {
        for file in files {
            let file_name = quoted(file.file_name.as_deref().unwrap_or("file"));
            let media = file.content_type.as_deref().or(media).unwrap_or("application/octet-stream").to_owned();
            self.add(&format!("name=\"{}\"; filename=\"{file_name}\"", quoted(name)), Some(&media), file.body);
        }
        self
    }

    /// Adds a part for each value, as its `Display` text.
    #[must_use]
    pub fn texts<V: ToString>(mut self, name: &str, media: Option<&str>, values: impl IntoIterator<Item = V>) -> Self {
        for value in values {
            self.add(&format!("name=\"{}\"", quoted(name)), media, value.to_string().into());
        }
        self
    }

    /// Adds a part for each value, as JSON text.
    #[must_use]
    pub fn json<V: serde::Serialize>(
        mut self,
        name: &str,
        media: Option<&str>,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        for value in values {
            match serde_json::to_string(&value) {
                Ok(json) => {
                    let media = media.unwrap_or("application/json").to_owned();
                    self.add(&format!("name=\"{}\"", quoted(name)), Some(&media), json.into());
                }
                Err(error) => self.error = Some(format!("{name} cannot be written as JSON: {error}")),
            }
        }
        self
    }

    /// Adds the parts of each value: one for each item of a list. A scalar is its text, and anything else is JSON text.
    #[must_use]
    pub fn values<V: serde::Serialize>(
        mut self,
        name: &str,
        media: Option<&str>,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        for value in values {
            let parts = match serde_json::to_value(&value) {
                Ok(Value::Array(items)) => items,
                Ok(value) => vec![value],
                Err(error) => {
                    self.error = Some(format!("{name} cannot be written as JSON: {error}"));
                    continue;
                }
            };
            for part in parts {
                self = match part {
                    Value::Null => self,
                    Value::String(text) => self.texts(name, media, [text]),
                    Value::Bool(_) | Value::Number(_) => self.texts(name, media, [part]),
                    Value::Object(_) | Value::Array(_) => self.json(name, media, [part]),
                };
            }
        }
        self
    }

    /// Adds all parts of another body.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.parts.extend(other.parts);
        self.error = self.error.or(other.error);
        self
    }

    fn add(&mut self, disposition: &str, media: Option<&str>, body: reqwest::Body) {
        let mut headers = format!("Content-Disposition: form-data; {disposition}\r\n");
        if let Some(media) = media {
            if media.contains(['\r', '\n']) {
                self.error = Some("a media type has no line breaks".to_owned());
                return;
            }
            headers.extend(["Content-Type: ", media, "\r\n"]);
        }
        self.parts.push((headers, body));
    }

    /// Adds the body to a request, and its media type with the boundary between the parts.
    pub(crate) fn add_to(
        self,
        builder: reqwest::RequestBuilder,
        media: &str,
    ) -> Result<reqwest::RequestBuilder, String> {
        if let Some(error) = self.error {
            return Err(error);
        }
        // It is random: what is sent cannot hold it, not even on purpose.
        let random = || RandomState::new().build_hasher().finish();
        let boundary = format!("{:016x}{:016x}{:016x}", random(), random(), random());
        let media = media.split(';').next().unwrap_or(media);
        let header = HeaderValue::from_str(&format!("{media}; boundary={boundary}"));
        let header = header.map_err(|_| format!("`{media}` is no media type"))?;
        let mut bodies = VecDeque::new();
        for (headers, body) in self.parts {
            bodies.push_back(format!("--{boundary}\r\n{headers}\r\n").into());
            bodies.push_back(body);
            bodies.push_back("\r\n".into());
        }
        bodies.push_back(format!("--{boundary}--\r\n").into());
        let builder = builder.header(CONTENT_TYPE, header);
        // Parts that are in memory can be sent again, and have a length.
        let in_memory: Option<Vec<u8>> =
            bodies.iter().map(reqwest::Body::as_bytes).try_fold(Vec::new(), |mut all, bytes| {
                all.extend_from_slice(bytes?);
                Some(all)
            });
        Ok(match in_memory {
            Some(bytes) => builder.body(bytes),
            None => builder.body(reqwest::Body::wrap(Chain(bodies))),
        })
    }
}

/// Escapes a name as browsers do (RFC 7578, section 2, refers to it).
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// Bodies, one after another.
struct Chain(VecDeque<reqwest::Body>);

impl Body for Chain {
    type Data = Bytes;
    type Error = reqwest::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        while let Some(body) = self.0.front_mut() {
            match Pin::new(body).poll_frame(context) {
                Poll::Ready(None) => {
                    self.0.pop_front();
                }
                other => return other,
            }
        }
        Poll::Ready(None)
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        let exact = self.0.iter().map(|body| body.size_hint().exact()).sum::<Option<u64>>();
        exact.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(multipart: Multipart) -> Result<reqwest::Request, String> {
        let builder = crate::tests::http_client().post("http://localhost/");
        multipart.add_to(builder, "multipart/form-data")?.build().map_err(|error| error.to_string())
    }

    #[test]
    fn parts_have_their_names_and_media_types() -> Result<(), String> {
        let file = Part::new("\u{1}").file_name("a\".png");
        let others = Multipart::new().json("tags", None, Some(["x"])).files("file", Some("image/png"), [file]);
        let multipart = Multipart::new().texts("title", None, Some("a b")).and(others);
        let request = request(multipart)?;
        let media = request.headers()[CONTENT_TYPE].to_str().map_err(|error| error.to_string())?.to_owned();
        let boundary = media.strip_prefix("multipart/form-data; boundary=").ok_or("no boundary")?;
        let body = request.body().and_then(reqwest::Body::as_bytes).unwrap_or_default();
        let expected = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\na b\r\n\
             --{boundary}\r\nContent-Disposition: form-data; name=\"tags\"\r\nContent-Type: application/json\r\n\r\n[\"x\"]\r\n\
             --{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a%22.png\"\r\nContent-Type: image/png\r\n\r\n\u{1}\r\n\
             --{boundary}--\r\n"
        );
        assert_eq!(String::from_utf8_lossy(body), expected);
        Ok(())
    }

    #[test]
    fn an_item_of_a_list_is_a_part_and_a_scalar_has_no_quotes() {
        let list = serde_json::json!(["2026-11-01T02:03:04Z", { "a": 1 }, null, 7]);
        let values = Multipart::new().values("l", None, [list]);
        let parts: Vec<(&str, &[u8])> = values
            .parts
            .iter()
            .map(|(headers, body)| (headers.as_str(), body.as_bytes().unwrap_or_default()))
            .collect();
        let plain = "Content-Disposition: form-data; name=\"l\"\r\n";
        let json = format!("{plain}Content-Type: application/json\r\n");
        assert_eq!(parts, [(plain, &b"2026-11-01T02:03:04Z"[..]), (&json, b"{\"a\":1}"), (plain, b"7")]);
    }

    #[test]
    fn a_stream_is_not_kept_in_memory() -> Result<(), String> {
        let stream = reqwest::Body::wrap(Chain(VecDeque::from(["ab".into(), "c".into()])));
        let request = request(Multipart::new().files("file", None, [Part::new(stream)]))?;
        assert!(request.body().is_some_and(|body| body.as_bytes().is_none()));
        Ok(())
    }

    #[test]
    fn a_media_type_with_a_line_break_is_an_error() {
        let part = Part::new("a").content_type("text/plain\r\nX-Header: 1");
        assert!(request(Multipart::new().files("file", None, [part])).is_err());
    }
}
