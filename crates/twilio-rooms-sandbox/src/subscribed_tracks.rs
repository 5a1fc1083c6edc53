//! The tracks of others that a participant is subscribed to, by its rules: requests in, answers out.

use std::cmp::Reverse;

use axum::extract::Path;
use serde_json::{Value, json};

use crate::asked::{Answered, Asked};
use crate::instant::instant;
use crate::list::Listed;
use crate::participant::Participant;
use crate::query::Paging;
use crate::session::Session;
use crate::track::Track;

/// A track that somebody is subscribed to.
#[derive(Debug)]
struct Subscription<'a> {
    subscriber: &'a Participant,
    track: &'a Track,
}

impl Listed for Subscription<'_> {
    fn place(&self) -> u64 {
        self.track.place
    }

    fn answer(&self, origin: &str) -> Value {
        let Participant { sid: subscriber, joined, .. } = self.subscriber;
        let Track { sid, room_sid, participant_sid: publisher, name, kind, published, .. } = self.track;
        json!({
            "date_created": instant(*published.max(joined)),
            "date_updated": null,
            "enabled": true,
            "kind": kind.name(),
            "name": name,
            "participant_sid": subscriber,
            "publisher_sid": publisher,
            "room_sid": room_sid,
            "sid": sid,
            "url": format!("{origin}/v1/Rooms/{room_sid}/Participants/{subscriber}/SubscribedTracks/{sid}"),
        })
    }
}

/// What a participant is subscribed to, the newest first: nothing once it has left.
fn subscriptions<'a>(session: &'a Session, subscriber: &'a Participant) -> Vec<Subscription<'a>> {
    let others = session.participants.iter();
    let others = others.filter(|other| subscriber.is_connected() && other.sid != subscriber.sid);
    let tracks = others.flat_map(|other| other.published().iter().map(move |track| (other, track)));
    let chosen = tracks.filter(|(other, track)| subscriber.subscribe_rules.include(track, other));
    let mut found: Vec<_> = chosen.map(|(_, track)| Subscription { subscriber, track }).collect();
    found.sort_by_key(|subscription| Reverse(subscription.place()));
    found
}

pub(crate) async fn list(Path((room, name)): Path<(String, String)>, asked: Asked) -> Answered {
    let state = asked.state();
    let (participant, session) = state.participant(&room, &name)?;
    let paging = Paging::parse(&format!("{}/SubscribedTracks", participant.path()), &asked.pairs, &[])?;
    let found = subscriptions(session, participant);
    asked.page("subscribed_tracks", &paging, &found.iter().collect::<Vec<_>>())
}

pub(crate) async fn fetch(Path((room, name, track)): Path<(String, String, String)>, asked: Asked) -> Answered {
    let state = asked.state();
    let (participant, session) = state.participant(&room, &name)?;
    let found = subscriptions(session, participant).into_iter().find(|subscription| subscription.track.sid == track);
    asked.found(found.as_ref(), || format!("/Rooms/{room}/Participants/{name}/SubscribedTracks/{track}"))
}
