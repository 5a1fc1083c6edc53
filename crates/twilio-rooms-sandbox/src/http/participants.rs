//! The participants of a room.

use axum::extract::Path;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::auth::ACCOUNT_SID;
use super::error::ApiError;
use super::query::{CREATED_AFTER, CREATED_BEFORE, PageQuery, created_range, parameter};
use super::request::{ApiRequest, ApiResult, ToJson, find_participant, find_room};
use crate::model::{Participant, ParticipantFilter, ParticipantStatus, Room, RoomStatus, format_timestamp};

impl ToJson for Participant {
    fn to_json(&self, origin: &str) -> Value {
        let url = format!("{origin}{}", path(self));
        json!({
            "account_sid": ACCOUNT_SID,
            "date_created": format_timestamp(self.joined),
            "date_updated": self.left.map(format_timestamp),
            "duration": self.duration(),
            "end_time": self.left.map(format_timestamp),
            "identity": self.identity,
            "links": {
                "anonymize": format!("{url}/Anonymize"),
                "published_tracks": format!("{url}/PublishedTracks"),
                "subscribe_rules": format!("{url}/SubscribeRules"),
                "subscribed_tracks": format!("{url}/SubscribedTracks"),
            },
            "room_sid": self.room_sid,
            "sid": self.sid,
            "start_time": format_timestamp(self.joined),
            "status": self.status().name(),
            "url": url,
        })
    }
}

/// Returns the path of a participant.
pub(crate) fn path(participant: &Participant) -> String {
    format!("/v1/Rooms/{}/Participants/{}", participant.room_sid, participant.sid)
}

pub(crate) async fn list(Path(room_name): Path<String>, request: ApiRequest) -> ApiResult {
    let account = request.account();
    let room = find_room(&account, &room_name)?;
    let (filter, query) = parse_query(room, &request.parameters)?;
    let newest_first = room.participants().iter().rev();
    let matching: Vec<&Participant> = newest_first.filter(|participant| filter.matches(participant)).collect();
    request.page_response("participants", &query, &matching)
}

/// Parses the query of a listing. By default it lists all participants, of a room in progress the connected ones.
fn parse_query(room: &Room, pairs: &[(String, String)]) -> Result<(ParticipantFilter, PageQuery), ApiError> {
    let status = match parameter(pairs, "Status") {
        None => Some(ParticipantStatus::Connected).filter(|_| room.status == RoomStatus::InProgress),
        Some(value) => {
            let status = ParticipantStatus::parse(value);
            Some(status.ok_or_else(|| ApiError::bad_parameter(format!("Invalid Status: {value}")))?)
        }
    };
    let identity = parameter(pairs, "Identity").map(str::to_owned);
    let filter = ParticipantFilter { status, identity, joined: created_range(pairs)? };
    let path = format!("/v1/Rooms/{}/Participants", room.sid);
    Ok((filter, PageQuery::parse(&path, pairs, &["Status", "Identity", CREATED_AFTER, CREATED_BEFORE])?))
}

pub(crate) async fn fetch(Path((room, participant)): Path<(String, String)>, request: ApiRequest) -> ApiResult {
    let account = request.account();
    let (_, participant) = find_participant(&account, &room, &participant)?;
    Ok(request.item_response(participant))
}

/// Disconnects a participant, which is the only update there is.
pub(crate) async fn update(Path((room, participant)): Path<(String, String)>, request: ApiRequest) -> ApiResult {
    if parameter(&request.parameters, "Status") != Some(ParticipantStatus::Disconnected.name()) {
        return Err(ApiError::bad_parameter("Status can only be disconnected"));
    }
    request.update_room(StatusCode::ACCEPTED, &room, |update| {
        let (participant, was_connected) = update.room.leave(&participant, update.random, update.now)?;
        Ok((participant.to_json(update.origin), was_connected))
    })
}

pub(crate) async fn anonymize(Path((room, participant)): Path<(String, String)>, request: ApiRequest) -> ApiResult {
    request.update_room(StatusCode::OK, &room, |update| {
        let (participant, changed) = update.room.anonymize(&participant)?;
        let mut body = participant.to_json(update.origin);
        // The service omits the links from this response only.
        body.as_object_mut().map(|body| body.remove("links"));
        Ok((body, changed))
    })
}
