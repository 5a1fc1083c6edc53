//! Scripted participants: they join, leave and publish when a test says so, since no media client connects to the sandbox.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::{MethodRouter, post};
use axum::{Json, Router};
use serde_json::json;

use super::error::ApiError;
use super::form::{FormPairs, decode_form};
use super::query::{Pairs, parameter};
use super::request::ApiResult;
use super::server::Server;
use crate::model::{Error, Random, Room, Timestamp, TrackKind};

/// The control endpoints, which need no credentials, and are neither counted nor subject to faults.
pub(crate) fn router() -> Router<Arc<Server>> {
    Router::new()
        .route("/sandbox/join", post_form(join))
        .route("/sandbox/leave", post_form(leave))
        .route("/sandbox/publish", post_form(publish))
        .route("/sandbox/unpublish", post_form(unpublish))
        .method_not_allowed_fallback(async || ApiError::method_not_allowed())
}

/// An action that is asked for with the parameters of a form.
pub(crate) type Action = fn(&Server, &Pairs) -> ApiResult;

/// Runs an action with the form of a `POST` request.
pub(crate) fn post_form(action: Action) -> MethodRouter<Arc<Server>> {
    post(async move |State(server): State<Arc<Server>>, form: FormPairs| action(&server, &decode_form(form)?))
}

/// The actions of scripted participants. Errors are messages for the author of the test.
impl Server {
    pub(crate) fn join(&self, room: &str, identity: &str) -> Result<String, String> {
        let joined = self.script(room, |room, random, now| room.join(identity, random, now));
        joined.map_err(|error| format!("{identity} cannot join {room}: {error}"))
    }

    pub(crate) fn leave(&self, room: &str, participant: &str) -> Result<(), String> {
        let left = self.script(room, |room, random, now| room.leave(participant, random, now).map(|_| ()));
        left.map_err(|error| format!("{participant} cannot leave {room}: {error}"))
    }

    pub(crate) fn publish(&self, room: &str, participant: &str, kind: TrackKind, name: &str) -> Result<String, String> {
        let published = self.script(room, |room, random, now| room.publish(participant, kind, name, random, now));
        published.map_err(|error| format!("{participant} cannot publish {name} in {room}: {error}"))
    }

    pub(crate) fn unpublish(&self, room: &str, participant: &str, track: &str) -> Result<(), String> {
        let unpublished = self.script(room, |room, random, now| room.unpublish(participant, track, random, now));
        unpublished.map_err(|error| format!("{participant} cannot unpublish {track} in {room}: {error}"))
    }

    /// Runs an action in a room. It does not count as a change by a request.
    fn script<T>(
        &self,
        room: &str,
        action: impl FnOnce(&mut Room, &mut Random, Timestamp) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.update(|account, now| {
            let (room, random) = account.room_mut(room)?;
            Ok((action(room, random, now)?, false))
        })
    }
}

pub(crate) fn required<'a>(form: &'a Pairs, name: &str) -> Result<&'a str, ApiError> {
    parameter(form, name).ok_or_else(|| ApiError::bad_parameter(format!("Missing {name}")))
}

pub(crate) fn created(sid: Result<String, String>) -> ApiResult {
    let sid = sid.map_err(ApiError::bad_parameter)?;
    Ok((StatusCode::CREATED, Json(json!({ "sid": sid }))).into_response())
}

pub(crate) fn no_content(result: Result<(), String>) -> ApiResult {
    result.map_err(ApiError::bad_parameter)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

pub(crate) fn join(server: &Server, form: &Pairs) -> ApiResult {
    created(server.join(required(form, "room")?, required(form, "identity")?))
}

pub(crate) fn leave(server: &Server, form: &Pairs) -> ApiResult {
    no_content(server.leave(required(form, "room")?, required(form, "participant")?))
}

pub(crate) fn publish(server: &Server, form: &Pairs) -> ApiResult {
    let kind = TrackKind::parse(required(form, "kind")?);
    let kind = kind.ok_or_else(|| ApiError::bad_parameter("kind can be audio, video or data"))?;
    created(server.publish(required(form, "room")?, required(form, "participant")?, kind, required(form, "name")?))
}

pub(crate) fn unpublish(server: &Server, form: &Pairs) -> ApiResult {
    no_content(server.unpublish(required(form, "room")?, required(form, "participant")?, required(form, "track")?))
}
