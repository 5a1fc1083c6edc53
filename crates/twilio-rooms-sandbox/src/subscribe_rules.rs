//! The subscribe rules of a participant: requests in, answers out.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde_json::Value;

use crate::asked::{Answered, Asked};
use crate::error::nobody;
use crate::participant::Participant;
use crate::rules::{Purpose, of_form};

pub(crate) async fn fetch(Path((room, name)): Path<(String, String)>, asked: Asked) -> Answered {
    let state = asked.state();
    let (participant, _) = state.participant(&room, &name)?;
    Ok(Json(answer(participant)).into_response())
}

pub(crate) async fn update(Path((room, name)): Path<(String, String)>, asked: Asked) -> Answered {
    let rules = of_form(Purpose::Subscription, &asked.pairs)?;
    asked.change(StatusCode::ACCEPTED, &room, |scene, _| {
        scene.in_progress()?;
        let participant = scene.session.participant_mut(&name).ok_or_else(|| nobody(&room, &name))?;
        let changed = participant.subscribe_rules.update(rules, scene.now);
        Ok((answer(participant), changed))
    })
}

fn answer(participant: &Participant) -> Value {
    let mut answer = participant.subscribe_rules.answer(&participant.room_sid);
    answer["participant_sid"] = participant.sid.clone().into();
    answer
}
