//! The subscribe rules of a participant.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde_json::Value;

use super::request::{ApiRequest, ApiResult, find_participant};
use super::rules::{parse_rules_form, rules_to_json};
use crate::model::{Participant, RulePurpose};

pub(crate) async fn fetch(Path((room, participant)): Path<(String, String)>, request: ApiRequest) -> ApiResult {
    let account = request.account();
    let (_, participant) = find_participant(&account, &room, &participant)?;
    Ok(Json(subscribe_rules_to_json(participant)).into_response())
}

pub(crate) async fn update(Path((room, participant)): Path<(String, String)>, request: ApiRequest) -> ApiResult {
    let rules = parse_rules_form(&request.parameters, RulePurpose::Subscription)?;
    request.update_room(StatusCode::OK, &room, |update| {
        let (participant, changed) = update.room.set_subscribe_rules(&participant, rules, update.now)?;
        Ok((subscribe_rules_to_json(participant), changed))
    })
}

fn subscribe_rules_to_json(participant: &Participant) -> Value {
    let mut body = rules_to_json(&participant.subscribe_rules, &participant.room_sid);
    body["participant_sid"] = participant.sid.clone().into();
    body
}
