//! The participants of a room: requests in, answers out.

use std::sync::{Arc, PoisonError};

use axum::Json;
use axum::extract::{Path, State as Shared};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::error::Error;
use crate::list::{Listed as _, Pairs, pairs};
use crate::participant::{Filter, Participant};
use crate::server::{FormPairs, Server, form, unknown};

pub(crate) async fn list(
    Shared(server): Shared<Arc<Server>>,
    Path(room): Path<String>,
    headers: HeaderMap,
    query: Pairs,
) -> Result<Response, Error> {
    let state = server.state.read().unwrap_or_else(PoisonError::into_inner);
    let sid = &state.fetch(&room).ok_or_else(|| unknown(&room))?.sid;
    let (filter, paging) = Filter::parse(&format!("/v1/Rooms/{sid}/Participants"), &pairs(query)?)?;
    let matching: Vec<&Participant> =
        state.participants(sid).iter().rev().filter(|participant| filter.matches(participant)).collect();
    server.answer_page(&headers, "participants", &paging, &matching)
}

pub(crate) async fn fetch(
    Shared(server): Shared<Arc<Server>>,
    Path((room, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let state = server.state.read().unwrap_or_else(PoisonError::into_inner);
    let found = state.participant(&room, &name).ok_or_else(|| nobody(&room, &name))?;
    Ok(Json(found.answer(&server.origin(&headers))).into_response())
}

pub(crate) async fn update(
    Shared(server): Shared<Arc<Server>>,
    Path((room, name)): Path<(String, String)>,
    headers: HeaderMap,
    body: FormPairs,
) -> Result<Response, Error> {
    let status = form(body)?.into_iter().rev().find(|(name, _)| name == "Status").map(|(_, value)| value);
    if status.as_deref() != Some("disconnected") {
        return Err(Error::bad_parameter("Status can only be disconnected"));
    }
    let origin = server.origin(&headers);
    server.change(|state, now| {
        let participant = state.leave(&room, &name, now).ok_or_else(|| nobody(&room, &name))?;
        Ok((StatusCode::ACCEPTED, Json(participant.answer(&origin))).into_response())
    })
}

pub(crate) async fn anonymize(
    Shared(server): Shared<Arc<Server>>,
    Path((room, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let origin = server.origin(&headers);
    server.change(|state, _| {
        let participant = state.participant_mut(&room, &name).ok_or_else(|| nobody(&room, &name))?;
        if participant.is_connected() {
            return Err(Error::bad_parameter("A participant that is connected cannot be anonymized"));
        }
        participant.identity = None;
        Ok((StatusCode::ACCEPTED, Json(participant.answer(&origin))).into_response())
    })
}

pub(crate) fn nobody(room: &str, name: &str) -> Error {
    Error::not_found(&format!("/Rooms/{room}/Participants/{name}"))
}
