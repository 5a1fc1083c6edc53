//! The path of a participant.

use super::names::validate_path_name;
use crate::error::Error;

/// The names of a room and of one of its participants.
#[derive(Debug, Clone)]
pub struct ParticipantPath {
    room: String,
    participant: String,
}

impl ParticipantPath {
    pub(super) fn new(room: &str, participant: &str) -> Self {
        Self { room: room.to_owned(), participant: participant.to_owned() }
    }

    /// Validates both names, and returns them.
    pub(super) fn validate(&self) -> Result<(&str, &str), Error> {
        Ok((validate_path_name("room", &self.room)?, validate_path_name("participant", &self.participant)?))
    }

    /// Returns both names.
    pub(super) fn into_names(self) -> (String, String) {
        (self.room, self.participant)
    }
}
