//! The columns of participants.

use twilio_rooms::Participant;

use super::rooms::seconds;
use crate::output::{Column, Fit, Kind, Row, Value};

impl Row for Participant {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("sid", "SID", |participant| Value::text(Some(&participant.sid))),
        Column::<Self>::new("identity", "IDENTITY", |participant| Value::text(participant.identity.as_ref()))
            .fit(Fit::Cut),
        Column::<Self>::new("status", "STATUS", |participant| Value::status(participant.status.as_ref())),
        Column::<Self>::new("start_time", "JOINED", |participant| Value::time(participant.start_time)).kind(Kind::Time),
        Column::<Self>::new("duration", "DURATION", |participant| seconds(participant.duration)).number().rank(1),
        Column::<Self>::new("end_time", "LEFT", |participant| Value::time(participant.end_time))
            .kind(Kind::Time)
            .rank(2),
        Column::<Self>::new("room_sid", "ROOM", |participant| Value::text(participant.room_sid.as_ref())).wide(),
        Column::<Self>::new("date_created", "CREATED", |participant| Value::time(participant.date_created))
            .kind(Kind::Time)
            .wide(),
        Column::<Self>::new("date_updated", "UPDATED", |participant| Value::time(participant.date_updated))
            .kind(Kind::Time)
            .wide(),
        Column::<Self>::new("account_sid", "ACCOUNT", |participant| Value::text(participant.account_sid.as_ref()))
            .wide(),
    ];
}
