//! A room.

mod activity;
mod participation;
mod recording_rules;
mod settings;
mod timeouts;

use chrono::TimeDelta;
use serde_json::Value;

use self::activity::RoomActivity;
pub(crate) use self::settings::RoomSettings;
use super::error::Error;
use super::participant::Participant;
use super::random::Random;
use super::recording::{Recording, RecordingStatus};
use super::rules::Rule;
use super::timestamp::{TimeRange, Timestamp};
use super::transcription::{Transcription, TranscriptionUpdate};

/// The maximum number of characters of a unique name or an identity.
pub(crate) const MAX_NAME_LENGTH: usize = 128;

/// The state of a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum RoomStatus {
    InProgress,
    Completed,
    Failed,
}

impl RoomStatus {
    pub(crate) const ALL: [Self; 3] = [Self::InProgress, Self::Completed, Self::Failed];

    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::InProgress => "in-progress",
            Self::Completed => "completed",
            Self::Failed => "failed",
        }
    }
}

/// A room.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Room {
    pub(crate) sid: String,
    pub(crate) status: RoomStatus,
    pub(crate) created: Timestamp,
    /// In seconds; `None` while the room is in progress.
    pub(crate) duration: Option<u32>,
    pub(crate) settings: RoomSettings,
    /// `None` until something happens in the room: of a million rooms, most never need it.
    activity: Option<Box<RoomActivity>>,
}

/// The subject of a timeout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Timeout {
    /// The participant with this SID was connected for as long as it can be.
    Participant(String),
    /// Nobody has joined, or everybody has left, for as long as the room stays open.
    Room,
}

/// The filters of a listing of rooms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RoomFilter {
    pub(crate) status: RoomStatus,
    pub(crate) unique_name: Option<String>,
    pub(crate) created: TimeRange,
}

impl Room {
    /// A room in which nothing has happened yet.
    pub(crate) fn new(
        sid: String,
        status: RoomStatus,
        created: Timestamp,
        duration: Option<u32>,
        settings: RoomSettings,
    ) -> Self {
        Self { sid, status, created, duration, settings, activity: None }
    }

    /// Completes the room, and ends everything in it.
    pub(crate) fn complete(&mut self, now: Timestamp) -> Result<(), Error> {
        self.require_in_progress()?;
        self.status = RoomStatus::Completed;
        self.duration = Some(u32::try_from((now - self.created).num_seconds()).unwrap_or_default());
        if let Some(activity) = &mut self.activity {
            activity.end(now);
        }
        Ok(())
    }

    /// Returns an error unless the room is in progress.
    fn require_in_progress(&self) -> Result<(), Error> {
        if self.status == RoomStatus::InProgress { Ok(()) } else { Err(Error::RoomNotInProgress) }
    }

    /// The time at which the room ended.
    pub(crate) fn ended(&self) -> Option<Timestamp> {
        Some(self.created + TimeDelta::seconds(self.duration?.into()))
    }

    /// The participants that are or were in the room, oldest first.
    pub(crate) fn participants(&self) -> &[Participant] {
        self.activity.as_ref().map_or(&[], |activity| &activity.participants)
    }

    /// The recordings of the room, oldest first.
    pub(crate) fn recordings(&self) -> &[Recording] {
        self.activity.as_ref().map_or(&[], |activity| &activity.recordings)
    }

    /// The transcriptions of the room, oldest first.
    pub(crate) fn transcriptions(&self) -> &[Transcription] {
        self.activity.as_ref().map_or(&[], |activity| &activity.transcriptions)
    }

    /// Finds the participant with this SID or the connected one with this identity.
    pub(crate) fn participant(&self, sid_or_identity: &str) -> Option<&Participant> {
        self.activity.as_ref()?.participant(sid_or_identity)
    }

    fn participant_mut(&mut self, sid_or_identity: &str) -> Result<&mut Participant, Error> {
        let participant = self.activity_mut().participant_mut(sid_or_identity);
        participant.ok_or_else(|| Error::ParticipantNotFound(sid_or_identity.to_owned()))
    }

    pub(crate) fn recording(&self, sid: &str) -> Option<&Recording> {
        self.recordings().iter().find(|recording| recording.sid == sid)
    }

    /// Deletes the media of a recording.
    pub(crate) fn delete_recording(&mut self, sid: &str) -> Result<(), Error> {
        let mut recordings = self.activity_mut().recordings.iter_mut();
        let recording = recordings.find(|recording| recording.sid == sid);
        let recording = recording.filter(|recording| recording.status() != RecordingStatus::Deleted);
        recording.ok_or_else(|| Error::RecordingNotFound(sid.to_owned()))?.delete();
        Ok(())
    }

    /// Sets the subscribe rules of a participant, and returns it with whether they differ from those before.
    pub(crate) fn set_subscribe_rules(
        &mut self,
        participant: &str,
        rules: Vec<Rule>,
        now: Timestamp,
    ) -> Result<(&Participant, bool), Error> {
        self.require_in_progress()?;
        let participant = self.participant_mut(participant)?;
        let changed = participant.subscribe_rules.replace(rules, now);
        Ok((participant, changed))
    }

    /// Anonymizes a participant that has left, and returns it with whether it had another identity before.
    pub(crate) fn anonymize(&mut self, participant: &str) -> Result<(&Participant, bool), Error> {
        let participant = self.participant_mut(participant)?;
        if participant.is_connected() {
            return Err(Error::ParticipantConnected);
        }
        let changed = participant.anonymize();
        Ok((participant, changed))
    }

    pub(crate) fn transcription(&self, ttid: &str) -> Option<&Transcription> {
        self.transcriptions().iter().find(|transcription| transcription.ttid == ttid)
    }

    /// Creates a transcription on request, which needs a room in progress.
    pub(crate) fn create_transcription(
        &mut self,
        configuration: Option<Value>,
        random: &mut Random,
        now: Timestamp,
    ) -> Result<&Transcription, Error> {
        self.require_in_progress()?;
        Ok(self.start_transcription(configuration, random, now))
    }

    /// Applies changes to a transcription, and returns it with whether there were any.
    pub(crate) fn update_transcription(
        &mut self,
        ttid: &str,
        update: TranscriptionUpdate,
        now: Timestamp,
    ) -> Result<(&Transcription, bool), Error> {
        self.require_in_progress()?;
        let mut transcriptions = self.activity_mut().transcriptions.iter_mut();
        let transcription = transcriptions.find(|transcription| transcription.ttid == ttid);
        let transcription = transcription.ok_or_else(|| Error::TranscriptionNotFound(ttid.to_owned()))?;
        let changed = transcription.update(update, now);
        Ok((transcription, changed))
    }

    /// Starts a transcription. The default configuration is that of the room's settings.
    fn start_transcription(
        &mut self,
        configuration: Option<Value>,
        random: &mut Random,
        now: Timestamp,
    ) -> &Transcription {
        let configuration = configuration.or_else(|| self.settings.transcriptions_configuration.clone());
        let room_sid = self.sid.clone();
        let activity = self.activity_mut();
        let (ttid, sequence) = (random.ttid(), activity.next_sequence());
        let transcription = Transcription::start(ttid, room_sid, sequence, configuration, now);
        let transcriptions = &mut activity.transcriptions;
        transcriptions.push(transcription);
        &transcriptions[transcriptions.len() - 1]
    }

    fn activity_mut(&mut self) -> &mut RoomActivity {
        self.activity.get_or_insert_default()
    }
}

impl RoomFilter {
    pub(crate) fn matches(&self, room: &Room) -> bool {
        room.status == self.status
            && self.unique_name.as_ref().is_none_or(|name| *name == room.settings.unique_name)
            && self.created.contains(room.created)
    }
}
