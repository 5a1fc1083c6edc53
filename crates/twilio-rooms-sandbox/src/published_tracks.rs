//! The tracks that a participant publishes: requests in, answers out.

use axum::extract::Path;

use crate::asked::{Answered, Asked};
use crate::query::Paging;
use crate::track::Track;

pub(crate) async fn list(Path((room, name)): Path<(String, String)>, asked: Asked) -> Answered {
    let state = asked.state();
    let (participant, _) = state.participant(&room, &name)?;
    let paging = Paging::parse(&format!("{}/PublishedTracks", participant.path()), &asked.pairs, &[])?;
    let tracks: Vec<&Track> = participant.published().iter().rev().collect();
    asked.page("published_tracks", &paging, &tracks)
}

pub(crate) async fn fetch(Path((room, name, track)): Path<(String, String, String)>, asked: Asked) -> Answered {
    let state = asked.state();
    let (participant, _) = state.participant(&room, &name)?;
    let found = participant.published().iter().find(|published| published.is_called(&track));
    asked.found(found, || format!("/Rooms/{room}/Participants/{name}/PublishedTracks/{track}"))
}
