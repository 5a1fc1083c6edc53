//! The resources of the service and their operations.

mod complete_room;
mod create_room;
mod create_transcription;
mod fetch_room;
mod get_or_create_room;
mod names;
mod participant_path;
mod participants;
mod published_tracks;
mod recording_rules;
mod recordings;
mod room;
mod room_list;
mod rooms;
mod rule_lists;
mod subscribe_rules;
mod subscribed_tracks;
mod transcriptions;
mod transcriptions_configuration;
mod wait_until;

pub use self::create_room::CreateRoom;
pub use self::create_transcription::CreateTranscription;
#[cfg(feature = "access-tokens")]
pub(crate) use self::names::{validate_identity, validate_name_length};
pub use self::participants::{ParticipantRef, Participants};
pub use self::published_tracks::PublishedTracks;
pub use self::recording_rules::RecordingRulesRef;
pub use self::recordings::{RecordingRef, Recordings};
pub use self::room::RoomRef;
pub use self::rooms::Rooms;
pub use self::rule_lists::{PrioritizedTracks, RecordingRuleList, SubscribeRuleList, Tracks};
pub use self::subscribe_rules::SubscribeRulesRef;
pub use self::subscribed_tracks::SubscribedTracks;
pub use self::transcriptions::{TranscriptionRef, Transcriptions};
pub use self::transcriptions_configuration::TranscriptionsConfiguration;
pub use self::wait_until::WaitUntil;
