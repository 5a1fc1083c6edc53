//! The recordings of a room: requests in, answers out.

use axum::Json;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use serde_json::{Value, json};

use crate::asked::{Answered, Asked};
use crate::error::{Error, unknown};
use crate::recording::{Filter, Recording};
use crate::session::Session;
use crate::state::State;

/// What goes on in the room of this SID. Its name does not stand for it here.
fn session_of<'a>(state: &'a State, sid: &str) -> Result<&'a Session, Error> {
    let (room, session) = state.room(sid)?;
    if room.sid == sid { Ok(session) } else { Err(unknown(sid)) }
}

fn path(room: &str, recording: &str) -> String {
    format!("/Rooms/{room}/Recordings/{recording}")
}

pub(crate) async fn list(Path(room): Path<String>, asked: Asked) -> Answered {
    let state = asked.state();
    let session = session_of(&state, &room)?;
    let (filter, paging) = Filter::parse(&format!("/v1/Rooms/{room}/Recordings"), &asked.pairs)?;
    let newest_first = session.recordings.iter().rev();
    let matching: Vec<&Recording> = newest_first.filter(|recording| filter.matches(recording)).collect();
    asked.page("recordings", &paging, &matching)
}

pub(crate) async fn fetch(Path((room, sid)): Path<(String, String)>, asked: Asked) -> Answered {
    let state = asked.state();
    let found = session_of(&state, &room)?.recordings.iter().find(|recording| recording.sid == sid);
    asked.found(found, || path(&room, &sid))
}

pub(crate) async fn delete(Path((room, sid)): Path<(String, String)>, asked: Asked) -> Answered {
    session_of(&asked.state(), &room)?;
    asked.change(StatusCode::NO_CONTENT, &room, |scene, _| {
        let there = scene.session.recordings.iter_mut().find(|recording| recording.sid == sid);
        let there = there.filter(|recording| !recording.is_deleted());
        there.ok_or_else(|| Error::not_found(&path(&room, &sid)))?.delete();
        Ok((Value::Null, true))
    })
}

/// Redirects to where the media would be stored, at a URL that looks as if it were signed.
pub(crate) async fn media(Path((room, sid)): Path<(String, String)>, asked: Asked) -> Answered {
    let state = asked.state();
    let found = session_of(&state, &room)?.recordings.iter().find(|recording| recording.sid == sid);
    found.filter(|recording| recording.status() == "completed").ok_or_else(|| Error::not_found(&path(&room, &sid)))?;
    let signature = sid.trim_start_matches("RT");
    let url = format!("https://media.example/{room}/{sid}?X-Amz-Expires=3600&X-Amz-Signature={signature}");
    Ok((StatusCode::FOUND, [(header::LOCATION, url.clone())], Json(json!({ "redirect_to": url }))).into_response())
}
