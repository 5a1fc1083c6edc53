//! The tracks of others that a participant is subscribed to.

use axum::extract::Path;
use serde_json::{Value, json};

use super::error::ApiError;
use super::participants;
use super::query::PageQuery;
use super::request::{ApiRequest, ApiResult, ToJson, find_participant};
use crate::model::{Subscription, Track, format_timestamp, subscriptions};

impl ToJson for Subscription<'_> {
    fn to_json(&self, origin: &str) -> Value {
        let subscriber_sid = &self.subscriber.sid;
        let Track { sid, room_sid, participant_sid: publisher_sid, name, kind, .. } = self.track;
        json!({
            "date_created": format_timestamp(self.since()),
            "date_updated": null,
            "enabled": true,
            "kind": kind.name(),
            "name": name,
            "participant_sid": subscriber_sid,
            "publisher_sid": publisher_sid,
            "room_sid": room_sid,
            "sid": sid,
            "url": format!("{origin}/v1/Rooms/{room_sid}/Participants/{subscriber_sid}/SubscribedTracks/{sid}"),
        })
    }
}

pub(crate) async fn list(Path((room, participant)): Path<(String, String)>, request: ApiRequest) -> ApiResult {
    let account = request.account();
    let (room, subscriber) = find_participant(&account, &room, &participant)?;
    let path = format!("{}/SubscribedTracks", participants::path(subscriber));
    let query = PageQuery::parse(&path, &request.parameters, &[])?;
    let subscriptions = subscriptions(room.participants(), subscriber);
    request.page_response("subscribed_tracks", &query, &subscriptions.iter().collect::<Vec<_>>())
}

pub(crate) async fn fetch(
    Path((room_name, participant, track)): Path<(String, String, String)>,
    request: ApiRequest,
) -> ApiResult {
    let account = request.account();
    let (room, subscriber) = find_participant(&account, &room_name, &participant)?;
    let mut subscriptions = subscriptions(room.participants(), subscriber).into_iter();
    let subscription = subscriptions.find(|subscription| subscription.track.sid == track);
    let path = || format!("/Rooms/{room_name}/Participants/{participant}/SubscribedTracks/{track}");
    Ok(request.item_response(&subscription.ok_or_else(|| ApiError::not_found(&path()))?))
}
