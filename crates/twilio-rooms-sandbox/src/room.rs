//! A room, and how it is answered.

use std::borrow::Cow;
use std::fmt;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::rules::Rule;

/// Where a room stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Status {
    InProgress,
    Completed,
    Failed,
}

impl Status {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text {
            "in-progress" => Some(Self::InProgress),
            "completed" => Some(Self::Completed),
            "failed" => Some(Self::Failed),
            _ => None,
        }
    }
}

/// A room.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Room {
    pub(crate) sid: String,
    pub(crate) status: Status,
    pub(crate) created: DateTime<Utc>,
    /// How long it lasted, in seconds; of a room that is over.
    pub(crate) duration: Option<u32>,
    pub(crate) settings: Settings,
}

/// What is chosen when a room is created.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "these are the fields that the service has")]
pub(crate) struct Settings {
    /// The SID, when the room was given no name.
    pub(crate) unique_name: String,
    pub(crate) kind: &'static str,
    pub(crate) audio_only: bool,
    pub(crate) empty_room_timeout: u32,
    pub(crate) enable_turn: bool,
    pub(crate) large_room: bool,
    pub(crate) max_participant_duration: u32,
    pub(crate) max_participants: u32,
    pub(crate) media_region: &'static str,
    pub(crate) record_participants_on_connect: bool,
    pub(crate) recording_rules: Option<Vec<Rule>>,
    pub(crate) status_callback: Option<String>,
    pub(crate) status_callback_method: &'static str,
    pub(crate) transcribe_participants_on_connect: bool,
    pub(crate) transcriptions_configuration: Option<Value>,
    pub(crate) unused_room_timeout: u32,
    pub(crate) video_codecs: Cow<'static, [&'static str]>,
}

impl Default for Settings {
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

impl Room {
    /// Ends the room at this instant.
    pub(crate) fn complete(&mut self, now: DateTime<Utc>) {
        self.status = Status::Completed;
        self.duration = Some(u32::try_from((now - self.created).num_seconds()).unwrap_or_default());
    }

    fn ended(&self) -> Option<DateTime<Utc>> {
        Some(self.created + TimeDelta::seconds(self.duration?.into()))
    }
}

/// A room as it is answered, with URLs of the server that was asked.
#[derive(Debug, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "these are the fields that the service has")]
pub(crate) struct Answer<'a> {
    account_sid: &'static str,
    audio_only: bool,
    date_created: String,
    date_updated: String,
    duration: Option<u32>,
    empty_room_timeout: u32,
    enable_turn: bool,
    end_time: Option<String>,
    large_room: bool,
    links: Links<'a>,
    max_concurrent_published_tracks: u32,
    max_participant_duration: u32,
    max_participants: u32,
    media_region: &'static str,
    record_participants_on_connect: bool,
    sid: &'a str,
    status: Status,
    status_callback: Option<&'a str>,
    status_callback_method: &'static str,
    r#type: &'static str,
    unique_name: &'a str,
    unused_room_timeout: u32,
    url: Url<'a>,
    video_codecs: &'a [&'static str],
}

#[derive(Debug, Serialize)]
struct Links<'a> {
    participants: Url<'a>,
    recording_rules: Url<'a>,
    recordings: Url<'a>,
    transcriptions: Url<'a>,
}

/// The URL of a room, or of what belongs to it. It is written where it goes: most of an answer is made of URLs.
#[derive(Debug)]
struct Url<'a> {
    origin: &'a str,
    sid: &'a str,
    rest: &'static str,
}

impl fmt::Display for Url<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { origin, sid, rest } = self;
        [origin, "/v1/Rooms/", sid, rest].into_iter().try_for_each(|part| f.write_str(part))
    }
}

impl Serialize for Url<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'a> Answer<'a> {
    pub(crate) fn new(room: &'a Room, origin: &'a str) -> Self {
        let instant = |instant: DateTime<Utc>| instant.to_rfc3339_opts(SecondsFormat::Secs, true);
        let (settings, ended) = (&room.settings, room.ended().map(instant));
        let created = instant(room.created);
        let url = |rest| Url { origin, sid: &room.sid, rest };
        Self {
            account_sid: crate::auth::ACCOUNT_SID,
            audio_only: settings.audio_only,
            date_updated: ended.clone().unwrap_or_else(|| created.clone()),
            date_created: created,
            duration: room.duration,
            empty_room_timeout: settings.empty_room_timeout,
            enable_turn: settings.enable_turn,
            end_time: ended,
            large_room: settings.large_room,
            links: Links {
                participants: url("/Participants"),
                recording_rules: url("/RecordingRules"),
                recordings: url("/Recordings"),
                transcriptions: url("/Transcriptions"),
            },
            max_concurrent_published_tracks: 170,
            max_participant_duration: settings.max_participant_duration,
            max_participants: settings.max_participants,
            media_region: settings.media_region,
            record_participants_on_connect: settings.record_participants_on_connect,
            sid: &room.sid,
            status: room.status,
            status_callback: settings.status_callback.as_deref(),
            status_callback_method: settings.status_callback_method,
            r#type: settings.kind,
            unique_name: &settings.unique_name,
            unused_room_timeout: settings.unused_room_timeout,
            url: url(""),
            video_codecs: &settings.video_codecs,
        }
    }
}
