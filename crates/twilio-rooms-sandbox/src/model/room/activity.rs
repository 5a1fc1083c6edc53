//! The participants, recordings and transcriptions of a room.

use crate::model::participant::Participant;
use crate::model::recording::Recording;
use crate::model::rules::RuleSet;
use crate::model::timestamp::Timestamp;
use crate::model::transcription::Transcription;

/// Everything that is happening or has happened in a room, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct RoomActivity {
    pub(crate) participants: Vec<Participant>,
    pub(crate) recordings: Vec<Recording>,
    pub(crate) transcriptions: Vec<Transcription>,
    /// The sequence number of the newest item.
    pub(crate) last_sequence: u64,
    /// `None` while they are those with which the room was created.
    pub(crate) recording_rules: Option<RuleSet>,
}

impl RoomActivity {
    /// Finds the participant with this SID or the connected one with this identity.
    pub(crate) fn participant(&self, sid_or_identity: &str) -> Option<&Participant> {
        self.participant_index(sid_or_identity).map(|index| &self.participants[index])
    }

    pub(crate) fn participant_mut(&mut self, sid_or_identity: &str) -> Option<&mut Participant> {
        self.participant_index(sid_or_identity).map(|index| &mut self.participants[index])
    }

    /// Prefers the participant with this SID to one that has it as its identity.
    fn participant_index(&self, sid_or_identity: &str) -> Option<usize> {
        let mut participants = self.participants.iter();
        let by_sid = participants.position(|participant| participant.sid == sid_or_identity);
        let mut participants = self.participants.iter();
        by_sid.or_else(|| participants.position(|participant| participant.is_connected_as(sid_or_identity)))
    }

    /// Reserves the sequence number of a new item.
    pub(crate) fn next_sequence(&mut self) -> u64 {
        self.last_sequence += 1;
        self.last_sequence
    }

    /// Disconnects all participants, and ends all recordings and transcriptions.
    pub(crate) fn end(&mut self, now: Timestamp) {
        for participant in &mut self.participants {
            participant.disconnect(now);
        }
        self.recordings.iter_mut().for_each(|recording| recording.end(now));
        self.transcriptions.iter_mut().for_each(|transcription| transcription.stop(now));
    }
}
