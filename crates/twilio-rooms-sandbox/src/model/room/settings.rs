//! The settings with which a room is created.

use std::borrow::Cow;

use serde_json::Value;

use crate::model::rules::Rule;

/// The settings of a room, with the service's defaults.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "these are the fields that the service has")]
pub(crate) struct RoomSettings {
    /// The SID of the room if it was created without a name.
    pub(crate) unique_name: String,
    pub(crate) kind: &'static str,
    pub(crate) audio_only: bool,
    /// In minutes.
    pub(crate) empty_room_timeout: u32,
    pub(crate) enable_turn: bool,
    pub(crate) large_room: bool,
    /// In seconds.
    pub(crate) max_participant_duration: u32,
    pub(crate) max_participants: u32,
    pub(crate) media_region: &'static str,
    pub(crate) record_participants_on_connect: bool,
    /// Takes precedence over `record_participants_on_connect`.
    pub(crate) recording_rules: Option<Vec<Rule>>,
    pub(crate) status_callback: Option<String>,
    pub(crate) status_callback_method: &'static str,
    pub(crate) transcribe_participants_on_connect: bool,
    pub(crate) transcriptions_configuration: Option<Value>,
    /// In minutes.
    pub(crate) unused_room_timeout: u32,
    pub(crate) video_codecs: Cow<'static, [&'static str]>,
}

impl Default for RoomSettings {
    fn default() -> Self {
        Self {
            unique_name: String::new(),
            kind: "group",
            audio_only: false,
            empty_room_timeout: 5,
            enable_turn: true,
            large_room: false,
            max_participant_duration: 14_400,
            max_participants: 50,
            media_region: "us1",
            record_participants_on_connect: false,
            recording_rules: None,
            status_callback: None,
            status_callback_method: "POST",
            transcribe_participants_on_connect: false,
            transcriptions_configuration: None,
            unused_room_timeout: 5,
            video_codecs: Cow::Borrowed(&["VP8", "H264"]),
        }
    }
}
