//! The server: requests in, answers out.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use axum::extract::{ConnectInfo, Path, Request, State as Shared};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use chrono::{DateTime, SubsecRound, Utc};
use tokio::time::Instant;

use crate::auth;
use crate::create;
use crate::error::{Error, unknown};
use crate::fault::{Fault, Faults};
use crate::line::Cut;
use crate::list::list;
use crate::room::Answer;
use crate::state::State;
use crate::token::Tokens;
use crate::{
    participants, published_tracks, recording_rules, recordings, script, subscribe_rules, subscribed_tracks,
    transcriptions,
};

/// By how much the timers of tokio are late, which count whole milliseconds and begin the next one.
const LATE: Duration = Duration::from_millis(1);
const REQUEST_ID: HeaderName = HeaderName::from_static("twilio-request-id");

/// What the requests of a sandbox share.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) state: RwLock<State>,
    pub(crate) tokens: Tokens,
    pub(crate) address: SocketAddr,
    pub(crate) faults: Faults,
    /// How long every answer takes, from its request on.
    pub(crate) latency: Duration,
    /// The time, when it stands still.
    pub(crate) now: Mutex<Option<DateTime<Utc>>>,
    pub(crate) requests: AtomicU64,
    /// How many requests have changed something.
    pub(crate) changes: AtomicU64,
}

impl Server {
    /// The time, to the second, as the service keeps it.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        let now = *self.now.lock().unwrap_or_else(PoisonError::into_inner);
        now.unwrap_or_else(Utc::now).trunc_subsecs(0)
    }

    /// The origin that the client has asked.
    pub(crate) fn origin(&self, headers: &HeaderMap) -> String {
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        host.map_or_else(|| format!("http://{}", self.address), |host| format!("http://{host}"))
    }

    /// Changes the state, and counts it when the change says that it is one.
    pub(crate) fn change<T>(
        &self,
        change: impl FnOnce(&mut State, DateTime<Utc>) -> Result<(T, bool), Error>,
    ) -> Result<T, Error> {
        let now = self.now();
        let (result, changed) = change(&mut self.state.write().unwrap_or_else(PoisonError::into_inner), now)?;
        self.changes.fetch_add(changed.into(), Ordering::Relaxed);
        Ok(result)
    }
}

pub(crate) fn router(server: Arc<Server>) -> Router {
    let router = Router::new()
        .route("/v1/Rooms", get(list).post(create))
        .route("/v1/Rooms/{name}", get(fetch).post(update))
        .nest("/v1/Rooms/{room}", of_room())
        .method_not_allowed_fallback(async || Error::method_not_allowed())
        .fallback(async |uri: Uri| Error::not_found(uri.path()))
        .layer(middleware::from_fn_with_state(Arc::clone(&server), serve))
        .merge(script::router())
        .with_state(server);
    #[cfg(feature = "compression")]
    let router = router.layer(tower_http::compression::CompressionLayer::new());
    router
}

/// What belongs to a room.
fn of_room() -> Router<Arc<Server>> {
    Router::new()
        .route("/Participants", get(participants::list))
        .route("/Participants/{name}", get(participants::fetch).post(participants::update))
        .route("/Participants/{name}/Anonymize", post(participants::anonymize))
        .route("/Participants/{name}/PublishedTracks", get(published_tracks::list))
        .route("/Participants/{name}/PublishedTracks/{track}", get(published_tracks::fetch))
        .route("/Participants/{name}/SubscribedTracks", get(subscribed_tracks::list))
        .route("/Participants/{name}/SubscribedTracks/{track}", get(subscribed_tracks::fetch))
        .route("/Participants/{name}/SubscribeRules", get(subscribe_rules::fetch).post(subscribe_rules::update))
        .route("/RecordingRules", get(recording_rules::fetch).post(recording_rules::update))
        .route("/Recordings", get(recordings::list))
        .route("/Recordings/{recording}", get(recordings::fetch).delete(recordings::delete))
        .route("/Recordings/{recording}/Media", get(recordings::media))
        .route("/Transcriptions", get(transcriptions::list).post(transcriptions::create))
        .route("/Transcriptions/{ttid}", get(transcriptions::fetch).post(transcriptions::update))
}

/// Counts and identifies every request, lets in those with credentials only, and lets go wrong what is to go wrong.
async fn serve(
    Shared(server): Shared<Arc<Server>>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    mut request: Request,
    next: Next,
) -> Response {
    let number = server.requests.fetch_add(1, Ordering::Relaxed) + 1;
    let began = Instant::now();
    let fault = server.faults.next();
    if fault == Some(Fault::RepeatedPage) {
        forget_page(&mut request);
    }
    let mut response = if let Some(refused) = fault.filter(|fault| !fault.comes_after()).and_then(Fault::status) {
        refused
    } else if auth::is_authorized(request.headers()) {
        next.run(request).await
    } else {
        Error::unauthorized().into_response()
    };
    if let Some(fault) = fault {
        response = server.faults.spoil(fault, response, &cut).await;
    }
    if let Ok(id) = HeaderValue::try_from(format!("RQ{number:032x}")) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    if !server.latency.is_zero() {
        tokio::time::sleep(server.latency.saturating_sub(LATE).saturating_sub(began.elapsed())).await;
    }
    response
}

/// Takes out of a request which page it is for.
fn forget_page(request: &mut Request) {
    let query = request.uri().query().unwrap_or_default();
    let kept: Vec<&str> =
        query.split('&').filter(|pair| !pair.starts_with("Page=") && !pair.starts_with("PageToken=")).collect();
    if let Ok(uri) = format!("{}?{}", request.uri().path(), kept.join("&")).parse() {
        *request.uri_mut() = uri;
    }
}

/// The form of a request, or why it cannot be read.
pub(crate) type FormPairs = Result<Form<Vec<(String, String)>>, axum::extract::rejection::FormRejection>;

pub(crate) fn form(pairs: FormPairs) -> Result<Vec<(String, String)>, Error> {
    pairs.map(|Form(pairs)| pairs).map_err(|error| Error::bad_parameter(format!("Invalid body: {error}")))
}

async fn create(Shared(server): Shared<Arc<Server>>, headers: HeaderMap, body: FormPairs) -> Result<Response, Error> {
    let settings = create::parse(&form(body)?)?;
    let origin = server.origin(&headers);
    server.change(|state, now| {
        let room = state.create(settings, now)?;
        Ok(((StatusCode::CREATED, Json(Answer::new(room, &origin))).into_response(), true))
    })
}

async fn fetch(
    Shared(server): Shared<Arc<Server>>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let state = server.state.read().unwrap_or_else(PoisonError::into_inner);
    let room = state.fetch(&name).ok_or_else(|| unknown(&name))?;
    Ok(Json(Answer::new(room, &server.origin(&headers))).into_response())
}

async fn update(
    Shared(server): Shared<Arc<Server>>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: FormPairs,
) -> Result<Response, Error> {
    let pairs = form(body)?;
    let status = pairs.iter().rev().find(|(name, value)| name == "Status" && !value.is_empty());
    let Some((_, status)) = status else {
        return Err(Error::bad_parameter("Missing required parameter Status in the post body"));
    };
    let origin = server.origin(&headers);
    server.change(|state, now| {
        if state.fetch(&name).is_none() {
            return Err(unknown(&name));
        }
        if status != "completed" {
            return Err(Error::not_in_progress());
        }
        let room = state.complete(&name, now).ok_or_else(|| unknown(&name))??;
        Ok(((StatusCode::ACCEPTED, Json(Answer::new(room, &origin))).into_response(), true))
    })
}
