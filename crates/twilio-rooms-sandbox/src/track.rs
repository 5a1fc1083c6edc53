//! A track that a participant publishes, and how it is answered.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::instant::instant;
use crate::list::Listed;

/// What a track carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TrackKind {
    /// Sound.
    Audio,
    /// Pictures.
    Video,
    /// Messages.
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

/// A track that is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Track {
    pub(crate) sid: String,
    /// Its place in listings.
    pub(crate) place: u64,
    pub(crate) room_sid: String,
    pub(crate) participant_sid: String,
    pub(crate) name: String,
    pub(crate) kind: TrackKind,
    pub(crate) published: DateTime<Utc>,
}

impl Track {
    /// Whether this is what it is called: by its SID or its name.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        self.sid == name || self.name == name
    }
}

impl Listed for Track {
    fn place(&self) -> u64 {
        self.place
    }

    fn answer(&self, origin: &str) -> Value {
        let Self { sid, room_sid, participant_sid, .. } = self;
        json!({
            "date_created": instant(self.published),
            "date_updated": null,
            "enabled": true,
            "kind": self.kind.name(),
            "name": self.name,
            "participant_sid": participant_sid,
            "room_sid": room_sid,
            "sid": sid,
            "url": format!("{origin}/v1/Rooms/{room_sid}/Participants/{participant_sid}/PublishedTracks/{sid}"),
        })
    }
}
