//! The rooms for the page: a bounded list, and a room with its participants, tracks and recordings.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use serde_json::{Value, json};

use crate::http::error::ApiError;
use crate::http::query::{QueryPairs, decode_query, parameter};
use crate::http::request::{ApiResult, find_room};
use crate::http::server::Server;
use crate::model::{Participant, Recording, Room, RoomStatus, Track, format_timestamp};

/// The maximum number of rooms in a list.
const MAX_ROOMS: usize = 100;
/// The maximum numbers of participants and of recordings of a room, of which the newest are shown.
const MAX_ITEMS: usize = 100;

/// Lists the newest rooms in a state whose name, SID or connected participant has a text in it, in any case.
pub(super) async fn list(State(server): State<Arc<Server>>, query: QueryPairs) -> ApiResult {
    let query = decode_query(query)?;
    let status = parameter(&query, "status").unwrap_or("in-progress");
    let status =
        RoomStatus::parse(status).ok_or_else(|| ApiError::bad_parameter(format!("Invalid status: {status}")))?;
    let text = parameter(&query, "text").unwrap_or_default().to_lowercase();
    let account = server.account();
    let mut rooms = account.rooms_with_status(status).filter(|room| text.is_empty() || has_text(room, &text));
    let shown: Vec<Value> = rooms.by_ref().take(MAX_ROOMS).map(summary).collect();
    let left_out = if text.is_empty() { account.room_count(status) - shown.len() } else { rooms.count() };
    Ok(Json(json!({ "rooms": shown, "left_out": left_out })).into_response())
}

pub(super) async fn fetch(State(server): State<Arc<Server>>, Path(room): Path<String>) -> ApiResult {
    let account = server.account();
    let room = find_room(&account, &room)?;
    let mut body = summary(room);
    let settings = &room.settings;
    body["ended"] = room.ended().map(format_timestamp).into();
    body["max_participants"] = settings.max_participants.into();
    body["media_region"] = settings.media_region.into();
    body["status_callback"] = settings.status_callback.as_deref().map(crate::http::recorder::hide).into();
    let (participants, left_out) = newest(room.participants());
    body["participants"] = participants.map(participant).collect();
    body["participants_left_out"] = left_out.into();
    let (recordings, left_out) = newest(room.recordings());
    body["recordings"] = recordings.map(|it| recording(room, it)).collect();
    body["recordings_left_out"] = left_out.into();
    body["transcription_count"] = room.transcriptions().len().into();
    Ok(Json(body).into_response())
}

fn has_text(room: &Room, text: &str) -> bool {
    let connected = room.participants().iter().filter(|participant| participant.is_connected());
    let mut identities = connected.map(|participant| participant.identity.as_str());
    [room.settings.unique_name.as_str(), &room.sid]
        .into_iter()
        .chain(identities.by_ref())
        .any(|name| name.to_lowercase().contains(text))
}

/// The newest items of a list that is oldest first, and the number of the others.
fn newest<T>(items: &[T]) -> (impl Iterator<Item = &T>, usize) {
    (items.iter().rev().take(MAX_ITEMS), items.len().saturating_sub(MAX_ITEMS))
}

fn summary(room: &Room) -> Value {
    let connected = room.participants().iter().filter(|participant| participant.is_connected());
    let tracks: usize = connected.clone().map(|participant| participant.published_tracks().len()).sum();
    json!({
        "sid": room.sid,
        "name": room.settings.unique_name,
        "type": room.settings.kind,
        "status": room.status.name(),
        "created": format_timestamp(room.created),
        "duration": room.duration,
        "audio_only": room.settings.audio_only,
        "records": room.settings.record_participants_on_connect,
        "connected": connected.count(),
        "tracks": tracks,
        "recording_count": room.recordings().len(),
    })
}

fn participant(participant: &Participant) -> Value {
    let tracks: Vec<Value> = participant.published_tracks().iter().map(track).collect();
    json!({
        "sid": participant.sid,
        "identity": participant.identity,
        "status": participant.status().name(),
        "joined": format_timestamp(participant.joined),
        "duration": participant.duration(),
        "tracks": tracks,
    })
}

fn track(track: &Track) -> Value {
    json!({ "sid": track.sid, "name": track.name, "kind": track.kind.name() })
}

fn recording(room: &Room, recording: &Recording) -> Value {
    let publisher = room.participants().iter().find(|participant| participant.sid == recording.track.participant_sid);
    json!({
        "sid": recording.sid,
        "status": recording.status().name(),
        "track_name": recording.track.name,
        "kind": recording.track.kind.name(),
        "identity": publisher.map(|participant| participant.identity.as_str()),
        "started": format_timestamp(recording.started),
        "duration": recording.duration(),
        "size": recording.size(),
    })
}
