//! Bodies of media, which are generated while they are sent.

use std::io;
use std::ops::Range;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use futures_core::Stream;

use crate::model::Media;

/// The number of bytes that are generated at a time.
const CHUNK: u64 = 64 << 10;

/// The bytes that are left to send.
struct MediaBody {
    media: Media,
    range: Range<u64>,
}

/// Returns a body with this range of the media.
pub(super) fn media_body(media: Media, range: Range<u64>) -> Body {
    Body::from_stream(MediaBody { media, range })
}

impl Stream for MediaBody {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Range { start, end } = self.range;
        if start >= end {
            return Poll::Ready(None);
        }
        let next = end.min(start + CHUNK);
        self.range.start = next;
        Poll::Ready(Some(Ok(self.media.bytes(start..next).into())))
    }
}
