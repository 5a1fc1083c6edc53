//! The columns of transcriptions.

use twilio_rooms::Transcription;

use super::rooms::seconds;
use crate::output::{Column, Kind, Row, Value};

impl Row for Transcription {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("ttid", "ID", |transcription| Value::text(Some(&transcription.ttid))),
        Column::<Self>::new("status", "STATUS", |transcription| Value::status(transcription.status.as_ref())),
        Column::<Self>::new("start_time", "STARTED", |transcription| Value::time(transcription.start_time))
            .kind(Kind::Time)
            .rank(1),
        Column::<Self>::new("end_time", "ENDED", |transcription| Value::time(transcription.end_time))
            .kind(Kind::Time)
            .rank(3),
        Column::<Self>::new("duration", "DURATION", |transcription| seconds(transcription.duration)).number().rank(2),
        Column::<Self>::new("room_sid", "ROOM", |transcription| Value::text(transcription.room_sid.as_ref())).rank(4),
        Column::<Self>::new("date_created", "CREATED", |transcription| Value::time(transcription.date_created))
            .kind(Kind::Time)
            .wide(),
        Column::<Self>::new("account_sid", "ACCOUNT", |transcription| Value::text(transcription.account_sid.as_ref()))
            .wide(),
    ];
}
