//! The transcriptions of a room.

use axum::extract::Path;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::auth::ACCOUNT_SID;
use super::error::ApiError;
use super::form::parse_json_object;
use super::query::{PageQuery, parameter};
use super::request::{ApiRequest, ApiResult, ToJson, find_room};
use crate::model::{Error, Transcription, TranscriptionStatus, TranscriptionUpdate, format_timestamp};

impl ToJson for Transcription {
    fn to_json(&self, origin: &str) -> Value {
        let Self { ttid, room_sid, configuration, .. } = self;
        json!({
            "account_sid": ACCOUNT_SID,
            "configuration": configuration,
            "date_created": format_timestamp(self.created),
            "date_updated": self.updated.map(format_timestamp),
            "duration": self.duration(),
            "end_time": self.stopped.map(format_timestamp),
            "room_sid": room_sid,
            "start_time": format_timestamp(self.started),
            "status": self.status().name(),
            "ttid": ttid,
            "url": format!("{origin}/v1/Rooms/{room_sid}/Transcriptions/{ttid}"),
        })
    }
}

pub(crate) async fn list(Path(room_name): Path<String>, request: ApiRequest) -> ApiResult {
    let account = request.account();
    let room = find_room(&account, &room_name)?;
    let path = format!("/v1/Rooms/{}/Transcriptions", room.sid);
    let query = PageQuery::parse(&path, &request.parameters, &[])?;
    let newest_first: Vec<&Transcription> = room.transcriptions().iter().rev().collect();
    request.page_response("transcriptions", &query, &newest_first)
}

pub(crate) async fn create(Path(room_name): Path<String>, request: ApiRequest) -> ApiResult {
    let TranscriptionUpdate { configuration, .. } = parse_update(&request.parameters)?;
    request.update_room(StatusCode::ACCEPTED, &room_name, |update| {
        let transcription = update.room.create_transcription(configuration, update.random, update.now)?;
        Ok((transcription.to_json(update.origin), true))
    })
}

pub(crate) async fn fetch(Path((room_name, ttid)): Path<(String, String)>, request: ApiRequest) -> ApiResult {
    let account = request.account();
    let transcription = find_room(&account, &room_name)?.transcription(&ttid);
    let not_found = || ApiError::from_model(&Error::TranscriptionNotFound(ttid.clone()), &room_name);
    Ok(request.item_response(transcription.ok_or_else(not_found)?))
}

pub(crate) async fn update(Path((room_name, ttid)): Path<(String, String)>, request: ApiRequest) -> ApiResult {
    if request.parameters.is_empty() {
        return Err(ApiError::bad_parameter("Missing a parameter in the post body"));
    }
    let requested = parse_update(&request.parameters)?;
    request.update_room(StatusCode::ACCEPTED, &room_name, |update| {
        let (transcription, changed) = update.room.update_transcription(&ttid, requested, update.now)?;
        Ok((transcription.to_json(update.origin), changed))
    })
}

/// Parses the form of an update. The form of a new transcription has the same fields.
fn parse_update(pairs: &[(String, String)]) -> Result<TranscriptionUpdate, ApiError> {
    let status = parameter(pairs, "Status").map(|value| {
        let message = || format!("Invalid Status: {value} is neither started nor stopped");
        TranscriptionStatus::parse(value).ok_or_else(|| ApiError::bad_parameter(message()))
    });
    let (status, configuration) = (status.transpose()?, parameter(pairs, "Configuration"));
    let configuration = configuration.map(|value| parse_json_object("Configuration", value)).transpose()?;
    Ok(TranscriptionUpdate { status, configuration })
}
