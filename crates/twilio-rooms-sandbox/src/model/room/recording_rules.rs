//! Recording rules of a room, and the recordings that follow from them.

use super::Room;
use super::activity::RoomActivity;
use crate::model::error::Error;
use crate::model::random::Random;
use crate::model::recording::Recording;
use crate::model::rules::{Rule, RuleSet};
use crate::model::timestamp::Timestamp;
use crate::model::track::Track;

impl Room {
    /// The recording rules in force: until they are set, those of the room's settings.
    pub(crate) fn recording_rules(&self) -> RuleSet {
        let initial = || match &self.settings.recording_rules {
            Some(rules) => RuleSet::from(rules.clone()),
            None if self.settings.record_participants_on_connect => RuleSet::include_all(),
            None => RuleSet::exclude_all(),
        };
        let current = self.activity.as_ref().and_then(|activity| activity.recording_rules.clone());
        current.unwrap_or_else(|| initial().set_at(self.created))
    }

    /// Sets the recording rules, and returns them with whether they differ from those before.
    pub(crate) fn set_recording_rules(
        &mut self,
        rules: Vec<Rule>,
        random: &mut Random,
        now: Timestamp,
    ) -> Result<(RuleSet, bool), Error> {
        self.require_in_progress()?;
        let mut current = self.recording_rules();
        let changed = current.replace(rules, now);
        self.activity_mut().recording_rules = Some(current.clone());
        self.update_recordings(random, now);
        Ok((current, changed))
    }

    /// Starts and ends recordings so that exactly the published tracks that the rules include are being recorded.
    pub(super) fn update_recordings(&mut self, random: &mut Random, now: Timestamp) {
        let rules = self.recording_rules();
        let video_codec = self.settings.video_codecs.first().copied();
        let RoomActivity { participants, recordings, last_sequence, .. } = self.activity_mut();
        let included = participants.iter().flat_map(|publisher| {
            let is_publisher = |name: &str| publisher.has_sid_or_identity(name);
            let rules = &rules;
            publisher.published_tracks().iter().filter(move |track| rules.includes(track, is_publisher))
        });
        let included: Vec<&Track> = included.collect();
        for recording in recordings.iter_mut().filter(|recording| recording.is_in_progress()) {
            if !included.iter().any(|track| track.sid == recording.track.sid) {
                recording.end(now);
            }
        }
        for track in included {
            let is_recorded = |recording: &Recording| recording.is_in_progress() && recording.track.sid == track.sid;
            if !recordings.iter().any(is_recorded) {
                *last_sequence += 1;
                recordings.push(Recording::start(random.sid("RT"), *last_sequence, track, video_codec, now));
            }
        }
    }
}
