//! The media of recordings, as the vendor's storage serves them: at signed URLs that expire, and in ranges.

mod body;
mod error;
mod range;
mod urls;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use self::body::media_body;
use self::error::MediaError;
use self::range::{Selection, select};
pub(crate) use self::urls::MediaUrls;
use super::middleware::handle_media;
use super::query::QueryPairs;
use super::server::Server;

/// The endpoint of the media, which needs no credentials but the signature in its URL.
pub(crate) fn router(server: Arc<Server>) -> Router {
    Router::new()
        .route("/media/{room}/{recording}", get(serve))
        .layer(from_fn_with_state(Arc::clone(&server), handle_media))
        .with_state(server)
}

async fn serve(
    State(server): State<Arc<Server>>,
    Path((room_sid, sid)): Path<(String, String)>,
    method: Method,
    query: QueryPairs,
    headers: HeaderMap,
) -> Result<Response, MediaError> {
    // The storage accepts one kind of credentials at a time. A client that sends others has followed the redirect with them.
    if headers.contains_key(header::AUTHORIZATION) {
        return Err(MediaError::TwoCredentials);
    }
    let Query(query) = query.map_err(|_| MediaError::InvalidSignature)?;
    server.media_urls.verify(&room_sid, &sid, &query, server.clock.now())?;
    let account = server.account();
    let recording = account.room(&room_sid).and_then(|room| room.recording(&sid));
    let recording = recording.ok_or(MediaError::NotFound)?;
    let media = recording.media().ok_or(MediaError::NotFound)?;
    let content_type = match recording.container_format() {
        Some("mka") => "audio/x-matroska",
        Some("mkv") => "video/x-matroska",
        _ => "application/octet-stream",
    };
    let etag = media.etag();
    let range = headers.get(header::RANGE).filter(|_| method == Method::GET).and_then(|range| range.to_str().ok());
    // A range of other media than the client has a part of would be of no use.
    let is_current = headers.get(header::IF_RANGE).is_none_or(|known| known.as_bytes() == etag.as_bytes());
    let selection = range.filter(|_| is_current).map_or(Selection::Whole, |range| select(range, media.size));
    let content_range = |part: &str| (header::CONTENT_RANGE, format!("bytes {part}/{}", media.size));
    let (status, range, content_range) = match selection {
        Selection::Whole => (StatusCode::OK, 0..media.size, None),
        Selection::Part(range) => {
            let part = format!("{}-{}", range.start, range.end - 1);
            (StatusCode::PARTIAL_CONTENT, range, Some([content_range(&part)]))
        }
        Selection::Unsatisfiable => return Ok(([content_range("*")], MediaError::InvalidRange).into_response()),
    };
    let length = range.end - range.start;
    let head = [
        (header::CONTENT_TYPE, content_type.to_owned()),
        (header::CONTENT_LENGTH, length.to_string()),
        (header::ACCEPT_RANGES, "bytes".to_owned()),
        (header::ETAG, etag),
    ];
    let body = media_body(media, range);
    Ok(match content_range {
        Some(content_range) => (status, head, content_range, body).into_response(),
        None => (status, head, body).into_response(),
    })
}
