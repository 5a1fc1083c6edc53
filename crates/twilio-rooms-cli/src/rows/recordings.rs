//! The columns of recordings.

use twilio_rooms::Recording;

use super::rooms::seconds;
use crate::output::{Column, Fit, Kind, Row, Value};

impl Row for Recording {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("sid", "SID", |recording| Value::text(Some(&recording.sid))),
        Column::<Self>::new("track_name", "TRACK", |recording| Value::text(recording.track_name.as_ref()))
            .fit(Fit::Cut),
        Column::<Self>::new("type", "TYPE", |recording| Value::text(recording.type_.as_ref())).rank(1),
        Column::<Self>::new("status", "STATUS", |recording| Value::status(recording.status.as_ref())),
        Column::<Self>::new("date_created", "CREATED", |recording| Value::time(recording.date_created))
            .kind(Kind::Time),
        Column::<Self>::new("duration", "DURATION", |recording| seconds(recording.duration)).number().rank(2),
        Column::<Self>::new("size", "SIZE", |recording| {
            recording.size.map_or(Value::Missing, |size| Value::Bytes(size.get()))
        })
        .number()
        .rank(1),
        Column::<Self>::new("codec", "CODEC", |recording| Value::text(recording.codec.as_ref())).rank(3),
        Column::<Self>::new("container_format", "FORMAT", |recording| Value::text(recording.container_format.as_ref()))
            .rank(3),
        Column::<Self>::new("source_sid", "SOURCE", |recording| Value::text(recording.source_sid.as_ref())).wide(),
        Column::<Self>::new("participant_sid", "PARTICIPANT", |recording| {
            Value::text(recording.grouping_sids.as_ref().and_then(|sids| sids.participant_sid.as_ref()))
        })
        .wide(),
        Column::<Self>::new("room_sid", "ROOM", |recording| Value::text(recording.room_sid.as_ref())).wide(),
        Column::<Self>::new("offset", "OFFSET", |recording| {
            recording.offset.map_or(Value::Missing, |offset| Value::Count(offset.get()))
        })
        .kind(Kind::Number)
        .wide(),
    ];
}
