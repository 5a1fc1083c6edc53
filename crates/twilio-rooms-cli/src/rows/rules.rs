//! The columns of recording rules and of subscribe rules, one rule a row.

use twilio_rooms::{RecordingRule, SubscribeRule};

use crate::output::{Column, Fit, Kind, Row, Value};

impl Row for RecordingRule {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("type", "RULE", |rule| Value::text(Some(&rule.type_))),
        Column::<Self>::new("all", "ALL", |rule| Value::flag(rule.all)).kind(Kind::Flag),
        Column::<Self>::new("kind", "KIND", |rule| Value::text(rule.kind.as_ref())),
        Column::<Self>::new("publisher", "PUBLISHER", |rule| Value::text(rule.publisher.as_ref())).fit(Fit::Cut),
        Column::<Self>::new("track", "TRACK", |rule| Value::text(rule.track.as_ref())).fit(Fit::Cut),
    ];
}

impl Row for SubscribeRule {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("type", "RULE", |rule| Value::text(Some(&rule.type_))),
        Column::<Self>::new("all", "ALL", |rule| Value::flag(rule.all)).kind(Kind::Flag),
        Column::<Self>::new("kind", "KIND", |rule| Value::text(rule.kind.as_ref())),
        Column::<Self>::new("publisher", "PUBLISHER", |rule| Value::text(rule.publisher.as_ref())).fit(Fit::Cut),
        Column::<Self>::new("track", "TRACK", |rule| Value::text(rule.track.as_ref())).fit(Fit::Cut),
        Column::<Self>::new("priority", "PRIORITY", |rule| Value::text(rule.priority.as_ref())),
    ];
}
