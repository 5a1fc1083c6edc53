//! A transcription of the speech in a room.

use serde_json::{Value, json};

use super::page::Sequenced;
use super::timestamp::{Timestamp, seconds_between};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TranscriptionStatus {
    Started,
    Stopped,
}

impl TranscriptionStatus {
    pub(crate) fn parse(name: &str) -> Option<Self> {
        [Self::Started, Self::Stopped].into_iter().find(|status| status.name() == name)
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Stopped => "stopped",
        }
    }
}

/// A transcription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Transcription {
    pub(crate) ttid: String,
    pub(crate) room_sid: String,
    sequence: u64,
    /// A JSON object, stored as it was sent.
    pub(crate) configuration: Value,
    pub(crate) created: Timestamp,
    pub(crate) updated: Option<Timestamp>,
    /// The last time that it was started.
    pub(crate) started: Timestamp,
    /// `None` while it is in progress.
    pub(crate) stopped: Option<Timestamp>,
}

/// Changes to a transcription; `None` leaves a field unchanged.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct TranscriptionUpdate {
    pub(crate) status: Option<TranscriptionStatus>,
    pub(crate) configuration: Option<Value>,
}

impl Transcription {
    /// A transcription that starts now. The default configuration is an empty object.
    pub(crate) fn start(
        ttid: String,
        room_sid: String,
        sequence: u64,
        configuration: Option<Value>,
        now: Timestamp,
    ) -> Self {
        let configuration = configuration.unwrap_or_else(|| json!({}));
        Self { ttid, room_sid, sequence, configuration, created: now, updated: None, started: now, stopped: None }
    }

    /// Applies the changes, and returns whether there were any.
    pub(crate) fn update(&mut self, update: TranscriptionUpdate, now: Timestamp) -> bool {
        let before = self.clone();
        match update.status {
            Some(TranscriptionStatus::Started) if self.stopped.is_some() => {
                (self.started, self.stopped) = (now, None);
            }
            Some(TranscriptionStatus::Stopped) => {
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

    pub(crate) fn stop(&mut self, now: Timestamp) {
        self.update(TranscriptionUpdate { status: Some(TranscriptionStatus::Stopped), configuration: None }, now);
    }

    pub(crate) fn status(&self) -> TranscriptionStatus {
        if self.stopped.is_none() { TranscriptionStatus::Started } else { TranscriptionStatus::Stopped }
    }

    /// The length in seconds; `None` while it is in progress.
    pub(crate) fn duration(&self) -> Option<u64> {
        self.stopped.map(|stopped| seconds_between(self.started, stopped))
    }
}

impl Sequenced for Transcription {
    fn sequence(&self) -> u64 {
        self.sequence
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_update_to_the_current_state_changes_nothing() {
        let at = |seconds| Timestamp::UNIX_EPOCH + chrono::TimeDelta::seconds(seconds);
        let mut transcription = Transcription::start("ttid".to_owned(), "RM1".to_owned(), 1, None, at(0));
        let mut update = |status, seconds| {
            let changed = transcription.update(TranscriptionUpdate { status, configuration: None }, at(seconds));
            (changed, transcription.stopped, transcription.updated)
        };
        assert_eq!(update(Some(TranscriptionStatus::Started), 1), (false, None, None));
        assert_eq!(update(Some(TranscriptionStatus::Stopped), 2), (true, Some(at(2)), Some(at(2))));
        assert_eq!(update(Some(TranscriptionStatus::Stopped), 3), (false, Some(at(2)), Some(at(2))));
        assert_eq!(update(Some(TranscriptionStatus::Started), 4), (true, None, Some(at(4))));
        assert_eq!(update(None, 5), (false, None, Some(at(4))));
        assert_eq!((transcription.started, transcription.duration()), (at(4), None));
    }
}
