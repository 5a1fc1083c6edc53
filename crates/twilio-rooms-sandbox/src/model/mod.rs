//! The state of the service: an account, its rooms, and the participants, tracks, recordings and transcriptions in them.
//!
//! Nothing here knows HTTP. `http` reads and changes the model, renders it as JSON, and maps [`Error`] to the vendor's error
//! bodies.

mod account;
mod error;
mod media;
mod page;
mod participant;
mod random;
mod recording;
mod room;
mod rules;
mod seed;
mod subscription;
mod timestamp;
mod track;
mod transcription;

pub(crate) use self::account::Account;
pub(crate) use self::error::Error;
pub(crate) use self::media::Media;
pub(crate) use self::page::{Direction, Sequenced, page_by_sequence};
pub(crate) use self::participant::{Participant, ParticipantFilter, ParticipantStatus};
pub(crate) use self::random::Random;
pub(crate) use self::recording::{Recording, RecordingFilter, RecordingStatus};
pub(crate) use self::room::{MAX_NAME_LENGTH, Room, RoomFilter, RoomSettings, RoomStatus};
pub(crate) use self::rules::{Rule, RulePurpose, RuleSet, are_valid_rules};
pub(crate) use self::seed::Seed;
pub(crate) use self::subscription::{Subscription, subscriptions};
pub(crate) use self::timestamp::{Clock, TimeRange, Timestamp, format_timestamp};
pub(crate) use self::track::Track;
pub use self::track::TrackKind;
pub(crate) use self::transcription::{Transcription, TranscriptionStatus, TranscriptionUpdate};
