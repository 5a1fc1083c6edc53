//! A room as JSON.

use std::fmt;

use serde::{Serialize, Serializer};

use super::auth::ACCOUNT_SID;
use crate::model::{Room, format_timestamp};

/// The approximate length of a room as JSON, in bytes.
pub(crate) const ROOM_LENGTH: usize = 1280;

/// A room as the service returns it, with URLs at the origin to which the request was sent.
#[derive(Debug, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "these are the fields that the service has")]
pub(crate) struct RoomBody<'a> {
    account_sid: &'static str,
    audio_only: bool,
    date_created: String,
    date_updated: String,
    duration: Option<u32>,
    empty_room_timeout: u32,
    enable_turn: bool,
    end_time: Option<String>,
    large_room: bool,
    links: RoomLinks<'a>,
    max_concurrent_published_tracks: u32,
    max_participant_duration: u32,
    max_participants: u32,
    media_region: &'static str,
    record_participants_on_connect: bool,
    sid: &'a str,
    status: &'static str,
    status_callback: Option<&'a str>,
    status_callback_method: &'static str,
    r#type: &'static str,
    unique_name: &'a str,
    unused_room_timeout: u32,
    url: RoomUrl<'a>,
    video_codecs: &'a [&'static str],
}

#[derive(Debug, Serialize)]
struct RoomLinks<'a> {
    participants: RoomUrl<'a>,
    recording_rules: RoomUrl<'a>,
    recordings: RoomUrl<'a>,
    transcriptions: RoomUrl<'a>,
}

/// The URL of a room or of something below it. It is written directly into the body: URLs are most of a page of rooms.
#[derive(Debug)]
struct RoomUrl<'a> {
    origin: &'a str,
    sid: &'a str,
    suffix: &'static str,
}

impl fmt::Display for RoomUrl<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { origin, sid, suffix } = self;
        [origin, "/v1/Rooms/", sid, suffix].into_iter().try_for_each(|part| f.write_str(part))
    }
}

impl Serialize for RoomUrl<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'a> RoomBody<'a> {
    pub(crate) fn new(room: &'a Room, origin: &'a str) -> Self {
        let (settings, ended) = (&room.settings, room.ended().map(format_timestamp));
        let created = format_timestamp(room.created);
        let url = |suffix| RoomUrl { origin, sid: &room.sid, suffix };
        Self {
            account_sid: ACCOUNT_SID,
            audio_only: settings.audio_only,
            date_updated: ended.clone().unwrap_or_else(|| created.clone()),
            date_created: created,
            duration: room.duration,
            empty_room_timeout: settings.empty_room_timeout,
            enable_turn: settings.enable_turn,
            end_time: ended,
            large_room: settings.large_room,
            links: RoomLinks {
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
            status: room.status.name(),
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
