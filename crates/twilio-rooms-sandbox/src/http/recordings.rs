//! The recordings of a room.

use axum::Json;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use serde_json::{Value, json};

use super::auth::ACCOUNT_SID;
use super::error::ApiError;
use super::query::{CREATED_AFTER, CREATED_BEFORE, PageQuery, created_range, parameter};
use super::request::{ApiRequest, ApiResult, ToJson, find_room};
use crate::model::{Account, Error, Recording, RecordingFilter, RecordingStatus, Room, Track, format_timestamp};

impl ToJson for Recording {
    fn to_json(&self, origin: &str) -> Value {
        let Track { sid: source_sid, room_sid, participant_sid, name, kind, .. } = &self.track;
        let url = format!("{origin}/v1/Rooms/{room_sid}/Recordings/{}", self.sid);
        json!({
            "account_sid": ACCOUNT_SID,
            "codec": self.codec(),
            "container_format": self.container_format(),
            "date_created": format_timestamp(self.started),
            "duration": self.duration(),
            "grouping_sids": { "participant_sid": participant_sid, "room_sid": room_sid },
            "links": { "media": format!("{url}/Media") },
            "media_external_location": null,
            "offset": self.started.timestamp_millis(),
            "room_sid": room_sid,
            "sid": self.sid,
            "size": self.size(),
            "source_sid": source_sid,
            "status": self.status().name(),
            "track_name": name,
            "type": kind.name(),
            "url": url,
        })
    }
}

/// Finds a room by its SID. Unlike elsewhere, its unique name is not accepted.
fn find_room_by_sid<'a>(account: &'a Account, sid: &str) -> Result<&'a Room, ApiError> {
    let room = find_room(account, sid)?;
    if room.sid == sid { Ok(room) } else { Err(ApiError::from_model(&Error::RoomNotFound, sid)) }
}

fn find_recording<'a>(account: &'a Account, room_sid: &str, sid: &str) -> Result<&'a Recording, ApiError> {
    let recording = find_room_by_sid(account, room_sid)?.recording(sid);
    recording.ok_or_else(|| not_found(room_sid, sid))
}

fn not_found(room_sid: &str, sid: &str) -> ApiError {
    ApiError::from_model(&Error::RecordingNotFound(sid.to_owned()), room_sid)
}

pub(crate) async fn list(Path(room_sid): Path<String>, request: ApiRequest) -> ApiResult {
    let account = request.account();
    let room = find_room_by_sid(&account, &room_sid)?;
    let (filter, query) = parse_query(room, &request.parameters)?;
    let newest_first = room.recordings().iter().rev();
    let matching: Vec<&Recording> = newest_first.filter(|recording| filter.matches(recording)).collect();
    request.page_response("recordings", &query, &matching)
}

fn parse_query(room: &Room, pairs: &[(String, String)]) -> Result<(RecordingFilter, PageQuery), ApiError> {
    let status = parameter(pairs, "Status").map(|value| {
        RecordingStatus::parse(value).ok_or_else(|| ApiError::bad_parameter(format!("Invalid Status: {value}")))
    });
    let track_sid = parameter(pairs, "SourceSid").map(str::to_owned);
    let filter = RecordingFilter { status: status.transpose()?, track_sid, started: created_range(pairs)? };
    let path = format!("/v1/Rooms/{}/Recordings", room.sid);
    Ok((filter, PageQuery::parse(&path, pairs, &["Status", "SourceSid", CREATED_AFTER, CREATED_BEFORE])?))
}

pub(crate) async fn fetch(Path((room_sid, sid)): Path<(String, String)>, request: ApiRequest) -> ApiResult {
    let account = request.account();
    Ok(request.item_response(find_recording(&account, &room_sid, &sid)?))
}

pub(crate) async fn delete(Path((room_sid, sid)): Path<(String, String)>, request: ApiRequest) -> ApiResult {
    find_room_by_sid(&request.account(), &room_sid)?;
    request.update_room(StatusCode::NO_CONTENT, &room_sid, |update| {
        update.room.delete_recording(&sid)?;
        Ok((Value::Null, true))
    })
}

/// Redirects to the media, at a URL like that of a signed request to S3.
pub(crate) async fn media(Path((room_sid, sid)): Path<(String, String)>, request: ApiRequest) -> ApiResult {
    let account = request.account();
    if find_recording(&account, &room_sid, &sid)?.media().is_none() {
        return Err(not_found(&room_sid, &sid));
    }
    let url = request.media_url(&room_sid, &sid);
    Ok((StatusCode::FOUND, [(header::LOCATION, url.clone())], Json(json!({ "redirect_to": url }))).into_response())
}
