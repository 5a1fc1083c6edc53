//! A transcription of what is said in a room, and how it is answered.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::error::Error;
use crate::instant::{instant, seconds};
use crate::list::Listed;
use crate::query::get;

/// A transcription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Transcription {
    pub(crate) ttid: String,
    room_sid: String,
    /// Its place in listings.
    place: u64,
    /// What was asked for, as it was written.
    configuration: Value,
    created: DateTime<Utc>,
    updated: Option<DateTime<Utc>>,
    /// When it was last started.
    started: DateTime<Utc>,
    /// `None` while it is under way.
    stopped: Option<DateTime<Utc>>,
}

/// What is to change about a transcription. What is `None` stays as it is.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Update {
    /// Whether it is to be under way.
    started: Option<bool>,
    pub(crate) configuration: Option<Value>,
}

/// A configuration: any JSON object.
pub(crate) fn configuration(name: &str, text: &str) -> Result<Value, Error> {
    let object = serde_json::from_str(text).ok().filter(Value::is_object);
    object.ok_or_else(|| Error::bad_parameter(format!("Invalid {name}: not a JSON object")))
}

impl Update {
    /// Reads what a form asks for.
    pub(crate) fn parse(pairs: &[(String, String)]) -> Result<Self, Error> {
        let started = match get(pairs, "Status") {
            None => None,
            Some("started") => Some(true),
            Some("stopped") => Some(false),
            Some(other) => {
                return Err(Error::bad_parameter(format!("Invalid Status: {other} is neither started nor stopped")));
            }
        };
        let configuration = get(pairs, "Configuration").map(|text| configuration("Configuration", text)).transpose()?;
        Ok(Self { started, configuration })
    }
}

impl Transcription {
    /// Starts a transcription.
    pub(crate) fn start(
        ttid: String,
        room_sid: String,
        place: u64,
        configuration: Option<Value>,
        now: DateTime<Utc>,
    ) -> Self {
        let configuration = configuration.unwrap_or_else(|| json!({}));
        Self { ttid, room_sid, place, configuration, created: now, updated: None, started: now, stopped: None }
    }

    /// Changes what is to change, and says whether that is anything.
    pub(crate) fn update(&mut self, update: Update, now: DateTime<Utc>) -> bool {
        let before = self.clone();
        match update.started {
            Some(true) if self.stopped.is_some() => (self.started, self.stopped) = (now, None),
            Some(false) => {
                self.stopped.get_or_insert(now);
            }
            _ => {}
        }
        if let Some(configuration) = update.configuration {
            self.configuration = configuration;
        }
        let changed = *self != before;
        if changed {
            self.updated = Some(now);
        }
        changed
    }

    pub(crate) fn stop(&mut self, now: DateTime<Utc>) {
        self.update(Update { started: Some(false), configuration: None }, now);
    }
}

impl Listed for Transcription {
    fn place(&self) -> u64 {
        self.place
    }

    fn answer(&self, origin: &str) -> Value {
        let Self { ttid, room_sid, configuration, created, updated, started, stopped, .. } = self;
        json!({
            "account_sid": crate::auth::ACCOUNT_SID,
            "configuration": configuration,
            "date_created": instant(*created),
            "date_updated": updated.map(instant),
            "duration": stopped.map(|stopped| seconds(*started, stopped)),
            "end_time": stopped.map(instant),
            "room_sid": room_sid,
            "start_time": instant(*started),
            "status": if stopped.is_none() { "started" } else { "stopped" },
            "ttid": ttid,
            "url": format!("{origin}/v1/Rooms/{room_sid}/Transcriptions/{ttid}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_already_is_no_change() {
        let at = |seconds| DateTime::UNIX_EPOCH + chrono::TimeDelta::seconds(seconds);
        let mut transcription = Transcription::start("ttid".to_owned(), "RM1".to_owned(), 1, None, at(0));
        let mut update = |status: &str, seconds| {
            let update = Update::parse(&[("Status".to_owned(), status.to_owned())]);
            let changed = update.map(|update| transcription.update(update, at(seconds)));
            (changed.unwrap_or_default(), transcription.stopped, transcription.updated)
        };
        assert_eq!(update("started", 1), (false, None, None));
        assert_eq!(update("stopped", 2), (true, Some(at(2)), Some(at(2))));
        assert_eq!(update("stopped", 3), (false, Some(at(2)), Some(at(2))));
        assert_eq!(update("started", 4), (true, None, Some(at(4))));
        assert_eq!(update("", 5), (false, None, Some(at(4))));
        assert_eq!(transcription.answer("")["start_time"], "1970-01-01T00:00:04Z");
    }
}
