//! The tracks that a participant publishes: requests in, answers out.

use std::sync::{Arc, PoisonError};

use axum::Json;
use axum::extract::{Path, State as Shared};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};

use crate::error::Error;
use crate::list::{Listed as _, Pairs, pairs};
use crate::participants::nobody;
use crate::query::Paging;
use crate::server::Server;
use crate::track::Track;

pub(crate) async fn list(
    Shared(server): Shared<Arc<Server>>,
    Path((room, name)): Path<(String, String)>,
    headers: HeaderMap,
    query: Pairs,
) -> Result<Response, Error> {
    let state = server.state.read().unwrap_or_else(PoisonError::into_inner);
    let participant = state.participant(&room, &name).ok_or_else(|| nobody(&room, &name))?;
    let path = format!("/v1/Rooms/{}/Participants/{}/PublishedTracks", participant.room_sid, participant.sid);
    let paging = Paging::parse(&path, &pairs(query)?, &[])?;
    let tracks: Vec<&Track> = participant.published().iter().rev().collect();
    server.answer_page(&headers, "published_tracks", &paging, &tracks)
}

pub(crate) async fn fetch(
    Shared(server): Shared<Arc<Server>>,
    Path((room, name, track)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let state = server.state.read().unwrap_or_else(PoisonError::into_inner);
    let participant = state.participant(&room, &name).ok_or_else(|| nobody(&room, &name))?;
    let found = participant.published().iter().find(|published| published.is_called(&track));
    let found =
        found.ok_or_else(|| Error::not_found(&format!("/Rooms/{room}/Participants/{name}/PublishedTracks/{track}")))?;
    Ok(Json(found.answer(&server.origin(&headers))).into_response())
}
