//! The columns of rooms.

use twilio_rooms::{Minutes, Room, Seconds};

use crate::output::{Column, Fit, Kind, Row, Value};

impl Row for Room {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("sid", "SID", |room| Value::text(Some(&room.sid))),
        Column::<Self>::new("unique_name", "NAME", name).fit(Fit::Cut),
        Column::<Self>::new("status", "STATUS", |room| Value::status(room.status.as_ref())),
        Column::<Self>::new("date_created", "CREATED", |room| Value::time(room.date_created)).kind(Kind::Time),
        Column::<Self>::new("duration", "DURATION", |room| seconds(room.duration)).number().rank(1),
        Column::<Self>::new("type", "TYPE", |room| Value::text(room.type_.as_ref())).rank(2),
        Column::<Self>::new("max_participants", "MAX", |room| Value::count(room.max_participants)).number().rank(3),
        Column::<Self>::new("media_region", "REGION", |room| Value::text(room.media_region.as_ref())).rank(3),
        Column::<Self>::new("end_time", "ENDED", |room| Value::time(room.end_time)).kind(Kind::Time).rank(4),
        Column::<Self>::new("date_updated", "UPDATED", |room| Value::time(room.date_updated)).kind(Kind::Time).wide(),
        Column::<Self>::new("audio_only", "AUDIO", |room| Value::flag(room.audio_only)).kind(Kind::Flag).wide(),
        Column::<Self>::new("large_room", "LARGE", |room| Value::flag(room.large_room)).kind(Kind::Flag).wide(),
        Column::<Self>::new("record_participants_on_connect", "RECORDED", |room| {
            Value::flag(room.record_participants_on_connect)
        })
        .kind(Kind::Flag)
        .wide(),
        Column::<Self>::new("max_participant_duration", "MAX DURATION", |room| seconds(room.max_participant_duration))
            .kind(Kind::Number)
            .wide(),
        Column::<Self>::new("empty_room_timeout", "EMPTY TIMEOUT", |room| minutes(room.empty_room_timeout))
            .kind(Kind::Number)
            .wide(),
        Column::<Self>::new("unused_room_timeout", "UNUSED TIMEOUT", |room| minutes(room.unused_room_timeout))
            .kind(Kind::Number)
            .wide(),
        Column::<Self>::new("video_codecs", "CODECS", |room| {
            let codecs = room.video_codecs.iter().flatten().map(ToString::to_string);
            Value::text(room.video_codecs.as_ref().map(|_| codecs.collect::<Vec<_>>().join(" ")))
        })
        .wide(),
        Column::<Self>::new("status_callback", "CALLBACK", |room| Value::url(room.status_callback.as_ref())).wide(),
        Column::<Self>::new("account_sid", "ACCOUNT", |room| Value::text(room.account_sid.as_ref())).wide(),
    ];
}

/// The unique name. The service gives a room without one its SID.
fn name(room: &Room) -> Value {
    match &room.unique_name {
        Some(name) if *name == *room.sid.as_ref() => Value::Redundant(name.clone()),
        name => Value::text(name.as_ref()),
    }
}

pub(super) fn seconds(seconds: Option<Seconds>) -> Value {
    seconds.map_or(Value::Missing, |seconds| Value::Seconds(seconds.get()))
}

fn minutes(minutes: Option<Minutes>) -> Value {
    minutes.map_or(Value::Missing, |minutes| Value::WholeMinutes(minutes.get()))
}
