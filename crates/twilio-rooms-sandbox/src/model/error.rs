//! The reasons for which the model refuses an operation.

use std::fmt;

/// An operation that the state of the account does not allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Error {
    RoomNotFound,
    /// Another room in progress has the unique name.
    RoomNameTaken,
    RoomNotInProgress,
    /// The room has as many connected participants as its settings allow.
    RoomFull,
    /// The room is audio only, and the track is video.
    AudioOnlyRoom,
    /// The identity is empty or too long.
    InvalidIdentity,
    /// No participant has this SID or, while connected, this identity.
    ParticipantNotFound(String),
    /// A connected participant cannot be anonymized.
    ParticipantConnected,
    /// A participant that has left cannot publish.
    ParticipantDisconnected,
    /// The participant publishes no track with this SID or name.
    TrackNotFound,
    /// The participant already publishes a track with this name.
    TrackNameTaken,
    /// No recording has this SID, or it is deleted.
    RecordingNotFound(String),
    /// No transcription has this identifier.
    TranscriptionNotFound(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::RoomNotFound => "no such room",
            Self::RoomNameTaken => "another room in progress has this name",
            Self::RoomNotInProgress => "the room is not in progress",
            Self::RoomFull => "the room is full",
            Self::AudioOnlyRoom => "the room is audio only",
            Self::InvalidIdentity => "an identity has 1 to 128 characters",
            Self::ParticipantNotFound(_) => "no such participant",
            Self::ParticipantConnected => "the participant is connected",
            Self::ParticipantDisconnected => "the participant has left",
            Self::TrackNotFound => "the participant publishes no such track",
            Self::TrackNameTaken => "the participant already publishes a track with this name",
            Self::RecordingNotFound(_) => "no such recording",
            Self::TranscriptionNotFound(_) => "no such transcription",
        })
    }
}
