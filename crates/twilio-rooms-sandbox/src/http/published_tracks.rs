//! The tracks that a participant publishes.

use axum::extract::Path;
use serde_json::{Value, json};

use super::error::ApiError;
use super::participants;
use super::query::PageQuery;
use super::request::{ApiRequest, ApiResult, ToJson, find_participant};
use crate::model::{Track, format_timestamp};

impl ToJson for Track {
    fn to_json(&self, origin: &str) -> Value {
        let Self { sid, room_sid, participant_sid, .. } = self;
        json!({
            "date_created": format_timestamp(self.published),
            "date_updated": null,
            "enabled": true,
            "kind": self.kind.name(),
            "name": self.name,
            "participant_sid": participant_sid,
            "room_sid": room_sid,
            "sid": sid,
            "url": format!("{origin}/v1/Rooms/{room_sid}/Participants/{participant_sid}/PublishedTracks/{sid}"),
        })
    }
}

pub(crate) async fn list(Path((room, participant)): Path<(String, String)>, request: ApiRequest) -> ApiResult {
    let account = request.account();
    let (_, participant) = find_participant(&account, &room, &participant)?;
    let path = format!("{}/PublishedTracks", participants::path(participant));
    let query = PageQuery::parse(&path, &request.parameters, &[])?;
    let newest_first: Vec<&Track> = participant.published_tracks().iter().rev().collect();
    request.page_response("published_tracks", &query, &newest_first)
}

pub(crate) async fn fetch(
    Path((room, participant, track)): Path<(String, String, String)>,
    request: ApiRequest,
) -> ApiResult {
    let account = request.account();
    let (_, publisher) = find_participant(&account, &room, &participant)?;
    let path = || format!("/Rooms/{room}/Participants/{participant}/PublishedTracks/{track}");
    let track = publisher.published_track(&track).ok_or_else(|| ApiError::not_found(&path()))?;
    Ok(request.item_response(track))
}
