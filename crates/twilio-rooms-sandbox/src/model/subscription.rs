//! Subscriptions of a participant to the tracks of others, which follow from its subscribe rules.

use std::cmp::Reverse;

use super::page::Sequenced;
use super::participant::Participant;
use super::timestamp::Timestamp;
use super::track::Track;

/// A track that a participant is subscribed to.
#[derive(Debug)]
pub(crate) struct Subscription<'a> {
    pub(crate) subscriber: &'a Participant,
    pub(crate) track: &'a Track,
}

impl Subscription<'_> {
    /// The time since which both the subscriber and the track have been in the room.
    pub(crate) fn since(&self) -> Timestamp {
        self.track.published.max(self.subscriber.joined)
    }
}

impl Sequenced for Subscription<'_> {
    fn sequence(&self) -> u64 {
        self.track.sequence
    }
}

/// Returns the subscriptions of one of the participants of a room, newest track first: none once it has left.
pub(crate) fn subscriptions<'a>(participants: &'a [Participant], subscriber: &'a Participant) -> Vec<Subscription<'a>> {
    let publishers = participants.iter();
    let publishers = publishers.filter(|publisher| subscriber.is_connected() && publisher.sid != subscriber.sid);
    let tracks =
        publishers.flat_map(|publisher| publisher.published_tracks().iter().map(move |track| (publisher, track)));
    let included = tracks.filter(|(publisher, track)| {
        subscriber.subscribe_rules.includes(track, |name| publisher.has_sid_or_identity(name))
    });
    let mut subscriptions: Vec<_> = included.map(|(_, track)| Subscription { subscriber, track }).collect();
    subscriptions.sort_by_key(|subscription| Reverse(subscription.sequence()));
    subscriptions
}
