//! The recording rules of a room: requests in, answers out.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;

use crate::asked::{Answered, Asked};
use crate::rules::{Purpose, of_form};

pub(crate) async fn fetch(Path(room): Path<String>, asked: Asked) -> Answered {
    let state = asked.state();
    let (room, session) = state.room(&room)?;
    Ok(Json(session.recording_rules(room).answer(&room.sid)).into_response())
}

pub(crate) async fn update(Path(room): Path<String>, asked: Asked) -> Answered {
    let rules = of_form(Purpose::Recording, &asked.pairs)?;
    asked.change(StatusCode::ACCEPTED, &room, |scene, _| {
        scene.in_progress()?;
        let (rules, changed) = scene.record_by(rules);
        Ok((rules.answer(&scene.room.sid), changed))
    })
}
