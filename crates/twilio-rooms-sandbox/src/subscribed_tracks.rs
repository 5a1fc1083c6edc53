//! The tracks that a participant is subscribed to, which are all that others publish: requests in, answers out.

use std::cmp::Reverse;
use std::sync::{Arc, PoisonError};

use axum::Json;
use axum::extract::{Path, State as Shared};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use chrono::SecondsFormat;
use serde_json::{Value, json};

use crate::error::Error;
use crate::list::{Listed, Pairs, pairs};
use crate::participant::Participant;
use crate::participants::nobody;
use crate::query::Paging;
use crate::server::Server;
use crate::state::State;
use crate::track::Track;

/// A track that somebody is subscribed to.
#[derive(Debug)]
struct Subscription<'a> {
    subscriber: &'a Participant,
    track: &'a Track,
}

impl Listed for Subscription<'_> {
    fn sid(&self) -> &str {
        &self.track.sid
    }

    fn answer(&self, origin: &str) -> Value {
        let Participant { sid: subscriber, joined, .. } = self.subscriber;
        let Track { sid, room_sid, participant_sid: publisher, name, kind, published } = self.track;
        json!({
            "date_created": published.max(joined).to_rfc3339_opts(SecondsFormat::Secs, true),
            "date_updated": null,
            "enabled": true,
            "kind": kind.name(),
            "name": name,
            "participant_sid": subscriber,
            "publisher_sid": publisher,
            "room_sid": room_sid,
            "sid": sid,
            "url": format!("{origin}/v1/Rooms/{room_sid}/Participants/{subscriber}/SubscribedTracks/{sid}"),
        })
    }
}

/// What a participant is subscribed to, the newest first: nothing once it has left.
fn subscriptions<'a>(state: &'a State, subscriber: &'a Participant) -> Vec<Subscription<'a>> {
    let others = state.participants(&subscriber.room_sid).iter();
    let others = others.filter(|other| subscriber.is_connected() && other.sid != subscriber.sid);
    let tracks = others.flat_map(Participant::published);
    let mut found: Vec<_> = tracks.map(|track| Subscription { subscriber, track }).collect();
    found.sort_by_key(|subscription| Reverse(subscription.track.published));
    found
}

pub(crate) async fn list(
    Shared(server): Shared<Arc<Server>>,
    Path((room, name)): Path<(String, String)>,
    headers: HeaderMap,
    query: Pairs,
) -> Result<Response, Error> {
    let state = server.state.read().unwrap_or_else(PoisonError::into_inner);
    let participant = state.participant(&room, &name).ok_or_else(|| nobody(&room, &name))?;
    let path = format!("/v1/Rooms/{}/Participants/{}/SubscribedTracks", participant.room_sid, participant.sid);
    let paging = Paging::parse(&path, &pairs(query)?, &[])?;
    let found = subscriptions(&state, participant);
    server.answer_page(&headers, "subscribed_tracks", &paging, &found.iter().collect::<Vec<_>>())
}

pub(crate) async fn fetch(
    Shared(server): Shared<Arc<Server>>,
    Path((room, name, track)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let state = server.state.read().unwrap_or_else(PoisonError::into_inner);
    let participant = state.participant(&room, &name).ok_or_else(|| nobody(&room, &name))?;
    let found = subscriptions(&state, participant).into_iter().find(|subscription| subscription.sid() == track);
    let found = found
        .ok_or_else(|| Error::not_found(&format!("/Rooms/{room}/Participants/{name}/SubscribedTracks/{track}")))?;
    Ok(Json(found.answer(&server.origin(&headers))).into_response())
}
