//! The columns of tracks.

use twilio_rooms::{PublishedTrack, SubscribedTrack};

use crate::output::{Column, Fit, Kind, Row, Value};

impl Row for PublishedTrack {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("sid", "SID", |track| Value::text(Some(&track.sid))),
        Column::<Self>::new("name", "NAME", |track| Value::text(track.name.as_ref())).fit(Fit::Cut),
        Column::<Self>::new("kind", "KIND", |track| Value::text(track.kind.as_ref())),
        Column::<Self>::new("enabled", "ENABLED", |track| Value::flag(track.enabled)).kind(Kind::Flag),
        Column::<Self>::new("date_created", "CREATED", |track| Value::time(track.date_created))
            .kind(Kind::Time)
            .rank(1),
        Column::<Self>::new("participant_sid", "PARTICIPANT", |track| Value::text(track.participant_sid.as_ref()))
            .rank(2),
        Column::<Self>::new("room_sid", "ROOM", |track| Value::text(track.room_sid.as_ref())).wide(),
    ];
}

impl Row for SubscribedTrack {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("sid", "SID", |track| Value::text(Some(&track.sid))),
        Column::<Self>::new("name", "NAME", |track| Value::text(track.name.as_ref())).fit(Fit::Cut),
        Column::<Self>::new("kind", "KIND", |track| Value::text(track.kind.as_ref())),
        Column::<Self>::new("enabled", "ENABLED", |track| Value::flag(track.enabled)).kind(Kind::Flag),
        Column::<Self>::new("date_created", "CREATED", |track| Value::time(track.date_created))
            .kind(Kind::Time)
            .rank(1),
        Column::<Self>::new("publisher_sid", "PUBLISHER", |track| Value::text(track.publisher_sid.as_ref())).rank(2),
        Column::<Self>::new("participant_sid", "PARTICIPANT", |track| Value::text(track.participant_sid.as_ref()))
            .wide(),
        Column::<Self>::new("room_sid", "ROOM", |track| Value::text(track.room_sid.as_ref())).wide(),
    ];
}
