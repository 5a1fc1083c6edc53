//! The transcriptions of a room: requests in, answers out.

use axum::extract::Path;
use axum::http::StatusCode;

use crate::asked::{Answered, Asked};
use crate::error::Error;
use crate::list::Listed as _;
use crate::query::Paging;
use crate::transcription::{Transcription, Update};

fn path(room: &str, ttid: &str) -> String {
    format!("/Rooms/{room}/Transcriptions/{ttid}")
}

pub(crate) async fn list(Path(room): Path<String>, asked: Asked) -> Answered {
    let state = asked.state();
    let (room, session) = state.room(&room)?;
    let paging = Paging::parse(&format!("/v1/Rooms/{}/Transcriptions", room.sid), &asked.pairs, &[])?;
    let newest_first: Vec<&Transcription> = session.transcriptions.iter().rev().collect();
    asked.page("transcriptions", &paging, &newest_first)
}

pub(crate) async fn create(Path(room): Path<String>, asked: Asked) -> Answered {
    let Update { configuration, .. } = Update::parse(&asked.pairs)?;
    asked.change(StatusCode::CREATED, &room, |scene, origin| {
        scene.in_progress()?;
        Ok((scene.transcribe(configuration).answer(origin), true))
    })
}

pub(crate) async fn fetch(Path((room, ttid)): Path<(String, String)>, asked: Asked) -> Answered {
    let state = asked.state();
    let (_, session) = state.room(&room)?;
    let found = session.transcriptions.iter().find(|transcription| transcription.ttid == ttid);
    asked.found(found, || path(&room, &ttid))
}

pub(crate) async fn update(Path((room, ttid)): Path<(String, String)>, asked: Asked) -> Answered {
    let update = Update::parse(&asked.pairs)?;
    asked.change(StatusCode::ACCEPTED, &room, |scene, origin| {
        scene.in_progress()?;
        let mut transcriptions = scene.session.transcriptions.iter_mut();
        let found = transcriptions.find(|transcription| transcription.ttid == ttid);
        let found = found.ok_or_else(|| Error::not_found(&path(&room, &ttid)))?;
        let changed = found.update(update, scene.now);
        Ok((found.answer(origin), changed))
    })
}
