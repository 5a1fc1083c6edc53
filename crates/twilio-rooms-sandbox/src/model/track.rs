//! A track that a participant publishes.

use super::page::Sequenced;
use super::timestamp::Timestamp;

/// The kind of media that a track carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TrackKind {
    /// An audio track.
    Audio,
    /// A video track.
    Video,
    /// A data track, which carries messages.
    Data,
}

impl TrackKind {
    pub(crate) fn parse(name: &str) -> Option<Self> {
        [Self::Audio, Self::Video, Self::Data].into_iter().find(|kind| kind.name() == name)
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Audio => "audio",
            Self::Video => "video",
            Self::Data => "data",
        }
    }
}

/// A published track.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Track {
    pub(crate) sid: String,
    pub(crate) sequence: u64,
    pub(crate) room_sid: String,
    pub(crate) participant_sid: String,
    pub(crate) name: String,
    pub(crate) kind: TrackKind,
    pub(crate) published: Timestamp,
}

impl Track {
    /// Returns whether this is the track's SID or name.
    pub(crate) fn has_sid_or_name(&self, sid_or_name: &str) -> bool {
        self.sid == sid_or_name || self.name == sid_or_name
    }
}

impl Sequenced for Track {
    fn sequence(&self) -> u64 {
        self.sequence
    }
}
