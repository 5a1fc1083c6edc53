//! The inspector: a page at `/sandbox` that shows the traffic and the rooms, with the endpoints that it reads and acts through.
//!
//! They are for a browser on this machine only, see [`guard`]. Their requests are neither counted nor recorded, and get no faults.

mod actions;
mod events;
mod guard;
mod page;
mod rooms;
mod state;

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Json, Router};

use super::error::ApiError;
use super::recorder::Recorder;
use super::request::ApiResult;
use super::server::Server;

/// The maximum number of bytes of the body of an action.
const MAX_ACTION: usize = 64 << 10;

/// The URL of the page, unless the inspector is off or refuses all requests.
pub(crate) fn inspector_url(server: &Server) -> Option<String> {
    let address = server.address();
    server.recorder().filter(|_| address.ip().is_loopback()).map(|_| format!("http://{address}/sandbox"))
}

/// The routes of the inspector, which records with this recorder.
pub(crate) fn router(server: Arc<Server>, recorder: Arc<Recorder>) -> Router {
    let requests = Arc::clone(&recorder);
    let callbacks = Arc::clone(&recorder);
    let events = events::Source { server: Arc::clone(&server), recorder: Arc::clone(&recorder) };
    Router::new()
        .route("/sandbox", get(page::page))
        .route("/sandbox/inspector/events", get(async move |headers| events::events(events, &headers)))
        .route(
            "/sandbox/inspector/requests/{id}",
            get(async move |State(server): State<Arc<Server>>, Path(id): Path<String>| {
                found(&id, |id| requests.request(id, &format!("http://{}", server.address())))
            }),
        )
        .route(
            "/sandbox/inspector/callbacks/{id}",
            get(async move |Path(id): Path<String>| found(&id, |id| callbacks.callback(id))),
        )
        .route("/sandbox/inspector/rooms", get(rooms::list))
        .route("/sandbox/inspector/rooms/{room}", get(rooms::fetch))
        .route(
            "/sandbox/inspector/clear",
            post(async move || {
                recorder.clear();
                StatusCode::NO_CONTENT
            }),
        )
        .route("/sandbox/inspector/actions/{action}", post(actions::run))
        .route(
            "/sandbox/inspector/{*rest}",
            get(async || ApiError::refused(StatusCode::NOT_FOUND, "There is no such page")),
        )
        .method_not_allowed_fallback(async || ApiError::method_not_allowed())
        .layer(DefaultBodyLimit::max(MAX_ACTION))
        .layer(from_fn_with_state(Arc::clone(&server), guard::guard))
        .with_state(server)
}

/// Responds with the entry of the log that has this id.
fn found(id: &str, find: impl FnOnce(u64) -> Option<serde_json::Value>) -> ApiResult {
    let entry = id.parse().ok().and_then(find);
    let gone = "This is not in the log any more, which keeps the last 500 requests and the last 500 callbacks";
    let entry = entry.ok_or_else(|| ApiError::refused(StatusCode::NOT_FOUND, gone))?;
    Ok(Json(entry).into_response())
}
