//! A participant of a room.

use super::page::Sequenced;
use super::rules::RuleSet;
use super::timestamp::{TimeRange, Timestamp, seconds_between};
use super::track::Track;

/// The state of a participant's connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ParticipantStatus {
    Connected,
    Disconnected,
    /// Never the state of a participant of the sandbox, but a listing can be filtered by it.
    Reconnecting,
}

impl ParticipantStatus {
    pub(crate) fn parse(name: &str) -> Option<Self> {
        [Self::Connected, Self::Disconnected, Self::Reconnecting].into_iter().find(|status| status.name() == name)
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Connected => "connected",
            Self::Disconnected => "disconnected",
            Self::Reconnecting => "reconnecting",
        }
    }
}

/// A participant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Participant {
    pub(crate) sid: String,
    pub(crate) room_sid: String,
    sequence: u64,
    /// The SID, once the participant is anonymized.
    pub(crate) identity: String,
    pub(crate) joined: Timestamp,
    /// `None` while the participant is connected.
    pub(crate) left: Option<Timestamp>,
    /// The tracks that it published and did not unpublish while it was connected, oldest first.
    pub(crate) tracks: Vec<Track>,
    pub(crate) subscribe_rules: RuleSet,
}

/// The filters of a listing of participants.
#[derive(Debug, Default)]
pub(crate) struct ParticipantFilter {
    pub(crate) status: Option<ParticipantStatus>,
    pub(crate) identity: Option<String>,
    pub(crate) joined: TimeRange,
}

impl Participant {
    /// A participant that joins now, and is subscribed to all tracks.
    pub(crate) fn new(sid: String, room_sid: String, sequence: u64, identity: &str, now: Timestamp) -> Self {
        let (identity, subscribe_rules) = (identity.to_owned(), RuleSet::include_all());
        Self { sid, room_sid, sequence, identity, joined: now, left: None, tracks: Vec::new(), subscribe_rules }
    }

    /// Disconnects the participant, and returns whether it was connected.
    pub(crate) fn disconnect(&mut self, now: Timestamp) -> bool {
        let was_connected = self.is_connected();
        self.left.get_or_insert(now);
        was_connected
    }

    /// Replaces the identity with the SID, and returns whether it was another one.
    pub(crate) fn anonymize(&mut self) -> bool {
        let was_identified = self.identity != self.sid;
        self.identity.clone_from(&self.sid);
        was_identified
    }

    pub(crate) fn is_connected(&self) -> bool {
        self.left.is_none()
    }

    /// Returns whether this is the participant's SID or, while it is connected, its identity.
    pub(crate) fn has_sid_or_identity(&self, sid_or_identity: &str) -> bool {
        self.sid == sid_or_identity || self.is_connected_as(sid_or_identity)
    }

    /// Returns whether the participant is connected under this identity.
    pub(crate) fn is_connected_as(&self, identity: &str) -> bool {
        self.is_connected() && self.identity == identity
    }

    pub(crate) fn status(&self) -> ParticipantStatus {
        if self.is_connected() { ParticipantStatus::Connected } else { ParticipantStatus::Disconnected }
    }

    /// The time that it spent in the room, in seconds; `None` while it is connected.
    pub(crate) fn duration(&self) -> Option<u64> {
        self.left.map(|left| seconds_between(self.joined, left))
    }

    /// The tracks that the participant publishes: none once it has left.
    pub(crate) fn published_tracks(&self) -> &[Track] {
        if self.is_connected() { &self.tracks } else { &[] }
    }

    /// Finds a published track by its SID or name.
    pub(crate) fn published_track(&self, sid_or_name: &str) -> Option<&Track> {
        self.published_tracks().iter().find(|track| track.has_sid_or_name(sid_or_name))
    }
}

impl Sequenced for Participant {
    fn sequence(&self) -> u64 {
        self.sequence
    }
}

impl ParticipantFilter {
    pub(crate) fn matches(&self, participant: &Participant) -> bool {
        self.status.is_none_or(|status| status == participant.status())
            && self.identity.as_ref().is_none_or(|identity| participant.identity == *identity)
            && self.joined.contains(participant.joined)
    }
}
