//! The participants of a room: requests in, answers out.

use axum::extract::Path;
use axum::http::StatusCode;

use crate::asked::{Answered, Asked};
use crate::error::{Error, nobody};
use crate::list::Listed as _;
use crate::participant::{Filter, Participant};
use crate::query::get;
use crate::room::Status;

pub(crate) async fn list(Path(room): Path<String>, asked: Asked) -> Answered {
    let state = asked.state();
    let (room, session) = state.room(&room)?;
    let path = format!("/v1/Rooms/{}/Participants", room.sid);
    let (filter, paging) = Filter::parse(&path, room.status == Status::InProgress, &asked.pairs)?;
    let newest_first = session.participants.iter().rev();
    let matching: Vec<&Participant> = newest_first.filter(|participant| filter.matches(participant)).collect();
    asked.page("participants", &paging, &matching)
}

pub(crate) async fn fetch(Path((room, name)): Path<(String, String)>, asked: Asked) -> Answered {
    let state = asked.state();
    let (participant, _) = state.participant(&room, &name)?;
    Ok(asked.answer(participant))
}

pub(crate) async fn update(Path((room, name)): Path<(String, String)>, asked: Asked) -> Answered {
    if get(&asked.pairs, "Status") != Some("disconnected") {
        return Err(Error::bad_parameter("Status can only be disconnected"));
    }
    asked.change(StatusCode::ACCEPTED, &room, |scene, origin| {
        let (participant, was_there) = scene.leave(&name).ok_or_else(|| nobody(&room, &name))?;
        Ok((participant.answer(origin), was_there))
    })
}

pub(crate) async fn anonymize(Path((room, name)): Path<(String, String)>, asked: Asked) -> Answered {
    asked.change(StatusCode::ACCEPTED, &room, |scene, origin| {
        let participant = scene.session.participant_mut(&name).ok_or_else(|| nobody(&room, &name))?;
        if participant.is_connected() {
            return Err(Error::bad_parameter("A participant that is connected cannot be anonymized"));
        }
        let changed = participant.anonymize();
        let mut answer = participant.answer(origin);
        // Of this answer alone the service leaves them out.
        answer.as_object_mut().map(|answer| answer.remove("links"));
        Ok((answer, changed))
    })
}
