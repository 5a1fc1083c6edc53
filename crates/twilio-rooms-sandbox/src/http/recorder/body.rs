//! The bodies of requests and responses: read along while they pass, up to a limit.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::body::{Body, Bytes, HttpBody};
use axum::http::{HeaderMap, header};
use http_body::{Frame, SizeHint};
use serde::Serialize;

use super::secrets::{hide, hide_in_form};

/// The maximum number of bytes of a body that are kept.
pub(super) const MAX_KEPT: usize = 64 << 10;

/// The end of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum End {
    /// There is none yet.
    Flowing,
    Complete,
    /// The connection ended before the body, or who read it has stopped.
    CutShort,
    /// Nobody has read it.
    Unread,
}

/// A body as the inspector shows it.
#[derive(Debug, Serialize)]
pub(super) struct RecordedBody {
    /// The part that is kept, or nothing if the bytes are not text.
    pub(super) text: Option<String>,
    /// The number of bytes that have passed.
    pub(super) size: u64,
    /// The number of bytes of which `text` is made.
    pub(super) kept: usize,
    /// Returns whether the bytes are UTF-8. If not, the others are replaced.
    pub(super) is_utf8: bool,
    pub(super) end: End,
}

/// The format of a body, by its headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BodyFormat {
    Form,
    Text,
    Binary,
}

impl BodyFormat {
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let get = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let content_type = get(header::CONTENT_TYPE).to_ascii_lowercase();
        let is_binary = ["audio/", "video/", "image/", "application/octet-stream"];
        if content_type.starts_with("application/x-www-form-urlencoded") {
            Self::Form
        } else if is_binary.iter().any(|start| content_type.starts_with(start))
            || !get(header::CONTENT_ENCODING).is_empty()
        {
            Self::Binary
        } else {
            Self::Text
        }
    }
}

impl RecordedBody {
    /// A body of which nothing is known yet.
    pub(super) fn flowing() -> Self {
        Self { text: None, size: 0, kept: 0, is_utf8: true, end: End::Flowing }
    }

    pub(super) fn new(format: BodyFormat, bytes: &[u8], size: u64, end: End) -> Self {
        let kept = bytes.len();
        if format == BodyFormat::Binary {
            return Self { text: None, size, kept: 0, is_utf8: true, end };
        }
        let (text, is_utf8) = match std::str::from_utf8(bytes) {
            Ok(text) => (text.to_owned(), true),
            // The limit is within a character.
            Err(error) if error.error_len().is_none() && size > kept as u64 => {
                (String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned(), true)
            }
            Err(_) => (String::from_utf8_lossy(bytes).into_owned(), false),
        };
        let text = if format == BodyFormat::Form { hide_in_form(&text) } else { hide(&text) };
        Self { text: Some(text), size, kept, is_utf8, end }
    }

    pub(super) fn weight(&self) -> usize {
        self.text.as_ref().map_or(0, String::len)
    }
}

type Finish = Box<dyn FnOnce(RecordedBody) + Send>;

/// A body that is read along.
struct Tee {
    inner: Body,
    format: BodyFormat,
    kept: Vec<u8>,
    size: u64,
    is_read: bool,
    finish: Option<Finish>,
}

/// Reads a body along, and passes what is recorded of it on at its end. The body is sent as it would be without this.
pub(super) fn tee(inner: Body, format: BodyFormat, finish: impl FnOnce(RecordedBody) + Send + 'static) -> Body {
    if inner.is_end_stream() {
        finish(RecordedBody::new(format, &[], 0, End::Complete));
        return inner;
    }
    let finish: Option<Finish> = Some(Box::new(finish));
    Body::new(Tee { inner, format, kept: Vec::new(), size: 0, is_read: false, finish })
}

impl Tee {
    fn keep(&mut self, bytes: &Bytes) {
        self.size += bytes.len() as u64;
        if self.format != BodyFormat::Binary {
            let rest = MAX_KEPT - self.kept.len();
            self.kept.extend_from_slice(&bytes[..bytes.len().min(rest)]);
        }
    }

    fn finish(&mut self, end: End) {
        if let Some(finish) = self.finish.take() {
            finish(RecordedBody::new(self.format, &std::mem::take(&mut self.kept), self.size, end));
        }
    }
}

impl HttpBody for Tee {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        self.is_read = true;
        let frame = ready!(Pin::new(&mut self.inner).poll_frame(context));
        match &frame {
            Some(Ok(frame)) => {
                if let Some(bytes) = frame.data_ref() {
                    self.keep(bytes);
                }
                if self.inner.is_end_stream() {
                    self.finish(End::Complete);
                }
            }
            Some(Err(_)) => self.finish(End::CutShort),
            None => self.finish(End::Complete),
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

impl Drop for Tee {
    fn drop(&mut self) {
        let end = if self.is_read { End::CutShort } else { End::Unread };
        self.finish(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8], size: u64) -> (Option<String>, bool) {
        let body = RecordedBody::new(BodyFormat::Text, bytes, size, End::Complete);
        (body.text, body.is_utf8)
    }

    #[test]
    fn bytes_that_are_not_utf_8_are_replaced_and_a_cut_character_is_left_out() {
        assert_eq!(text("ä".as_bytes(), 2), (Some("ä".to_owned()), true));
        assert_eq!(text(b"a\xff", 2), (Some("a\u{fffd}".to_owned()), false));
        assert_eq!(text(b"a\xc3", 2), (Some("a\u{fffd}".to_owned()), false));
        assert_eq!(text(b"a\xc3", 3), (Some("a".to_owned()), true));
    }

    #[test]
    fn the_format_follows_from_the_headers() {
        let format = |name: &'static str, value: &'static str| {
            BodyFormat::of(&HeaderMap::from_iter([(
                header::HeaderName::from_static(name),
                header::HeaderValue::from_static(value),
            )]))
        };
        assert_eq!(format("content-type", "application/x-www-form-urlencoded; charset=UTF-8"), BodyFormat::Form);
        assert_eq!(format("content-type", "application/json"), BodyFormat::Text);
        assert_eq!(format("content-type", "Audio/x-matroska"), BodyFormat::Binary);
        assert_eq!(format("content-encoding", "gzip"), BodyFormat::Binary);
    }
}
