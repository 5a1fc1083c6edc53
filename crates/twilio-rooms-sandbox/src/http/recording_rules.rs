//! The recording rules of a room.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;

use super::request::{ApiRequest, ApiResult, find_room};
use super::rules::{parse_rules_form, rules_to_json};
use crate::model::RulePurpose;

pub(crate) async fn fetch(Path(room_name): Path<String>, request: ApiRequest) -> ApiResult {
    let account = request.account();
    let room = find_room(&account, &room_name)?;
    Ok(Json(rules_to_json(&room.recording_rules(), &room.sid)).into_response())
}

pub(crate) async fn update(Path(room_name): Path<String>, request: ApiRequest) -> ApiResult {
    let rules = parse_rules_form(&request.parameters, RulePurpose::Recording)?;
    request.update_room(StatusCode::OK, &room_name, |update| {
        let (rules, changed) = update.room.set_recording_rules(rules, update.random, update.now)?;
        Ok((rules_to_json(&rules, &update.room.sid), changed))
    })
}
