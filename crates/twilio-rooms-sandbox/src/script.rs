//! What people do, who connect to a room by other ways than its API: what a test says they do.

use std::sync::{Arc, PoisonError};

use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use serde_json::json;

use crate::error::Error;
use crate::query::get;
use crate::server::{FormPairs, Server, form};
use crate::session::Scene;
use crate::track::TrackKind;

/// How it can be told from another program: beside the API, without credentials, faults and counting.
pub(crate) fn router() -> Router<Arc<Server>> {
    Router::new()
        .route("/sandbox/join", post(join))
        .route("/sandbox/leave", post(leave))
        .route("/sandbox/publish", post(publish))
        .route("/sandbox/unpublish", post(unpublish))
        .method_not_allowed_fallback(async || Error::method_not_allowed())
}

impl Server {
    pub(crate) fn join(&self, room: &str, identity: &str) -> Result<String, String> {
        let joined = self.scene(room, |scene| scene.join(identity));
        joined.map_err(|why| format!("{identity} cannot join {room}: {why}"))
    }

    pub(crate) fn leave(&self, room: &str, participant: &str) -> Result<(), String> {
        let left = self.scene(room, |scene| scene.leave(participant).map(|_| ()).ok_or("there is nobody of the name"));
        left.map_err(|why| format!("{participant} cannot leave {room}: {why}"))
    }

    pub(crate) fn publish(&self, room: &str, who: &str, kind: TrackKind, name: &str) -> Result<String, String> {
        let published = self.scene(room, |scene| scene.publish(who, kind, name));
        published.map_err(|why| format!("{who} cannot publish {name} in {room}: {why}"))
    }

    pub(crate) fn unpublish(&self, room: &str, who: &str, track: &str) -> Result<(), String> {
        let gone = self.scene(room, |scene| scene.unpublish(who, track).ok_or("it does not publish that"));
        gone.map_err(|why| format!("{who} cannot take {track} back in {room}: {why}"))
    }

    fn scene<T>(
        &self,
        room: &str,
        act: impl FnOnce(&mut Scene<'_>) -> Result<T, &'static str>,
    ) -> Result<T, &'static str> {
        let now = self.now();
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        let mut scene = state.scene(room, now).map_err(|_| "there is no such room")?;
        act(&mut scene)
    }
}

/// What is told in a form.
struct Told(Vec<(String, String)>);

impl Told {
    fn new(body: FormPairs) -> Result<Self, Error> {
        form(body).map(Self)
    }

    fn get(&self, name: &str) -> Result<&str, Error> {
        get(&self.0, name).ok_or_else(|| Error::bad_parameter(format!("Missing {name}")))
    }
}

fn done(sid: Result<String, String>) -> Result<Response, Error> {
    let sid = sid.map_err(Error::bad_parameter)?;
    Ok((StatusCode::CREATED, Json(json!({ "sid": sid }))).into_response())
}

fn gone(left: Result<(), String>) -> Result<Response, Error> {
    left.map_err(Error::bad_parameter)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn join(Shared(server): Shared<Arc<Server>>, body: FormPairs) -> Result<Response, Error> {
    let told = Told::new(body)?;
    done(server.join(told.get("room")?, told.get("identity")?))
}

async fn leave(Shared(server): Shared<Arc<Server>>, body: FormPairs) -> Result<Response, Error> {
    let told = Told::new(body)?;
    gone(server.leave(told.get("room")?, told.get("participant")?))
}

async fn publish(Shared(server): Shared<Arc<Server>>, body: FormPairs) -> Result<Response, Error> {
    let told = Told::new(body)?;
    let kind = TrackKind::parse(told.get("kind")?);
    let kind = kind.ok_or_else(|| Error::bad_parameter("kind can be audio, video or data"))?;
    done(server.publish(told.get("room")?, told.get("participant")?, kind, told.get("name")?))
}

async fn unpublish(Shared(server): Shared<Arc<Server>>, body: FormPairs) -> Result<Response, Error> {
    let told = Told::new(body)?;
    gone(server.unpublish(told.get("room")?, told.get("participant")?, told.get("track")?))
}
