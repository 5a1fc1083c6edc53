//! The routes of the API and of the control endpoints.

use std::sync::Arc;

use axum::Router;
use axum::http::Uri;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

use super::error::ApiError;
use super::middleware::handle;
use super::origin::refuse_sites;
use super::recorder::record;
use super::server::Server;
use super::{control, inspector, media, participants, published_tracks, subscribe_rules, subscribed_tracks};
use super::{recording_rules, recordings, rooms, settings, token_endpoint, transcriptions};

pub(crate) fn router(server: Arc<Server>) -> Router {
    let router = Router::new()
        .route("/v1/Rooms", get(rooms::list).post(rooms::create))
        .route("/v1/Rooms/{room}", get(rooms::fetch).post(rooms::update))
        .nest("/v1/Rooms/{room}", room_router())
        .method_not_allowed_fallback(async || ApiError::method_not_allowed())
        .fallback(async |uri: Uri| ApiError::not_found(uri.path()))
        .layer(from_fn_with_state(Arc::clone(&server), handle))
        .route(token_endpoint::TOKEN_PATH, post(token_endpoint::token));
    let router = recorded(router, &server)
        .merge(control::router().merge(settings::router()).layer(from_fn_with_state(Arc::clone(&server), refuse_sites)))
        .with_state(Arc::clone(&server));
    #[cfg(feature = "compression")]
    let router = router.layer(tower_http::compression::CompressionLayer::new());
    // Ranges are those of the bytes that are sent, so media are not compressed.
    let router = router.merge(recorded(media::router(Arc::clone(&server)), &server));
    match server.recorder().cloned() {
        Some(recorder) => router.merge(inspector::router(server, recorder)),
        None => router,
    }
}

/// Records the traffic of a router if the inspector is on, and can be reached.
fn recorded<S: Clone + Send + Sync + 'static>(router: Router<S>, server: &Server) -> Router<S> {
    match server.recorder().filter(|_| server.address().ip().is_loopback()) {
        Some(recorder) => router.layer(from_fn_with_state(Arc::clone(recorder), record)),
        None => router,
    }
}

/// The routes below a room.
fn room_router() -> Router<Arc<Server>> {
    Router::new()
        .route("/Participants", get(participants::list))
        .route("/Participants/{participant}", get(participants::fetch).post(participants::update))
        .route("/Participants/{participant}/Anonymize", post(participants::anonymize))
        .route("/Participants/{participant}/PublishedTracks", get(published_tracks::list))
        .route("/Participants/{participant}/PublishedTracks/{track}", get(published_tracks::fetch))
        .route("/Participants/{participant}/SubscribedTracks", get(subscribed_tracks::list))
        .route("/Participants/{participant}/SubscribedTracks/{track}", get(subscribed_tracks::fetch))
        .route("/Participants/{participant}/SubscribeRules", get(subscribe_rules::fetch).post(subscribe_rules::update))
        .route("/RecordingRules", get(recording_rules::fetch).post(recording_rules::update))
        .route("/Recordings", get(recordings::list))
        .route("/Recordings/{recording}", get(recordings::fetch).delete(recordings::delete))
        .route("/Recordings/{recording}/Media", get(recordings::media))
        .route("/Transcriptions", get(transcriptions::list).post(transcriptions::create))
        .route("/Transcriptions/{transcription}", get(transcriptions::fetch).post(transcriptions::update))
}
