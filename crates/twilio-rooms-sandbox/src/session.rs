//! What goes on in a room: who is there, what they publish, and what is made of it.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::create::MAX_NAME;
use crate::error::Error;
use crate::participant::Participant;
use crate::recording::Recording;
use crate::room::{Room, Status};
use crate::rules::{Rule, Rules};
use crate::seed::Random;
use crate::track::{Track, TrackKind};
use crate::transcription::Transcription;

/// What goes on in a room, and what has. All of it is in the order in which it came.
#[derive(Debug, Default)]
pub(crate) struct Session {
    pub(crate) participants: Vec<Participant>,
    pub(crate) recordings: Vec<Recording>,
    pub(crate) transcriptions: Vec<Transcription>,
    /// The last place in listings that something was given.
    places: u64,
    /// `None` while they are those that the room was created with.
    recording_rules: Option<Rules>,
}

/// A room in which something is about to happen.
#[derive(Debug)]
pub(crate) struct Scene<'a> {
    pub(crate) room: &'a Room,
    pub(crate) session: &'a mut Session,
    pub(crate) random: &'a mut Random,
    pub(crate) now: DateTime<Utc>,
}

impl Session {
    /// The participant of this SID or, while it is connected, of this identity.
    pub(crate) fn participant(&self, name: &str) -> Option<&Participant> {
        self.index(name).map(|index| &self.participants[index])
    }

    pub(crate) fn participant_mut(&mut self, name: &str) -> Option<&mut Participant> {
        self.index(name).map(|index| &mut self.participants[index])
    }

    /// Where that participant is. A SID is that of one, whatever the identities of others.
    fn index(&self, name: &str) -> Option<usize> {
        let by_sid = self.participants.iter().position(|participant| participant.sid == name);
        by_sid.or_else(|| self.participants.iter().position(|participant| participant.goes_by(name)))
    }

    /// The place in listings of what comes to be now.
    fn place(&mut self) -> u64 {
        self.places += 1;
        self.places
    }

    /// The recording rules of the room that this is the session of.
    pub(crate) fn recording_rules(&self, room: &Room) -> Rules {
        let settings = &room.settings;
        let initial = || match &settings.recording_rules {
            Some(rules) => Rules::from(rules.clone()),
            None if settings.record_participants_on_connect => Rules::include_all(),
            None => Rules::exclude_all(),
        };
        self.recording_rules.clone().unwrap_or_else(|| initial().set(room.created))
    }

    /// Ends everything that goes on.
    pub(crate) fn end(&mut self, now: DateTime<Utc>) {
        for participant in &mut self.participants {
            participant.left.get_or_insert(now);
        }
        self.recordings.iter_mut().for_each(|recording| recording.end(now));
        self.transcriptions.iter_mut().for_each(|transcription| transcription.stop(now));
    }
}

impl Scene<'_> {
    /// Whether the room is in progress, as it has to be.
    pub(crate) fn in_progress(&self) -> Result<(), Error> {
        if self.room.status == Status::InProgress { Ok(()) } else { Err(Error::room_completed()) }
    }

    /// Lets somebody join the room. Whoever is in it under the identity has to leave, as the service has it.
    pub(crate) fn join(&mut self, identity: &str) -> Result<String, &'static str> {
        if self.room.status != Status::InProgress {
            return Err("the room is not in progress");
        }
        if !(1..=MAX_NAME).contains(&identity.chars().count()) {
            return Err("an identity has 1 to 128 characters");
        }
        let is_another = |participant: &&Participant| participant.is_connected() && participant.identity != identity;
        let others = self.session.participants.iter().filter(is_another).count();
        if others >= usize::try_from(self.room.settings.max_participants).unwrap_or(usize::MAX) {
            return Err("the room is full");
        }
        if let Some(index) = self.session.participants.iter().position(|participant| participant.goes_by(identity)) {
            self.leave_at(index);
        }
        let (sid, place) = (self.random.sid("PA"), self.session.place());
        let participant = Participant::new(sid.clone(), self.room.sid.clone(), place, identity, self.now);
        self.session.participants.push(participant);
        if self.room.settings.transcribe_participants_on_connect && self.session.transcriptions.is_empty() {
            self.transcribe(None);
        }
        Ok(sid)
    }

    /// Lets a participant leave, and says whether it was there. One that has left before stays what it is.
    pub(crate) fn leave(&mut self, name: &str) -> Option<(&Participant, bool)> {
        let index = self.session.index(name)?;
        let was_there = self.leave_at(index);
        Some((&self.session.participants[index], was_there))
    }

    fn leave_at(&mut self, index: usize) -> bool {
        let left = &mut self.session.participants[index].left;
        let was_there = left.is_none();
        left.get_or_insert(self.now);
        self.record();
        was_there
    }

    /// Lets a participant publish a track.
    pub(crate) fn publish(&mut self, name: &str, kind: TrackKind, track: &str) -> Result<String, &'static str> {
        let (sid, place) = (self.random.sid("MT"), self.session.place());
        let publisher = self.session.participant_mut(name).ok_or("there is nobody of the name")?;
        if !publisher.is_connected() {
            return Err("it has left");
        }
        if publisher.published().iter().any(|published| published.name == track) {
            return Err("it publishes a track of the name");
        }
        if self.room.settings.audio_only && kind == TrackKind::Video {
            return Err("the room is for audio only");
        }
        publisher.tracks.push(Track {
            sid: sid.clone(),
            place,
            room_sid: publisher.room_sid.clone(),
            participant_sid: publisher.sid.clone(),
            name: track.to_owned(),
            kind,
            published: self.now,
        });
        self.record();
        Ok(sid)
    }

    /// Takes a track back, by its SID or its name.
    pub(crate) fn unpublish(&mut self, name: &str, track: &str) -> Option<()> {
        let publisher = self.session.participant_mut(name)?;
        let index = publisher.published().iter().position(|published| published.is_called(track))?;
        publisher.tracks.remove(index);
        self.record();
        Some(())
    }

    /// Records by other rules from now on, and says whether they are others.
    pub(crate) fn record_by(&mut self, rules: Vec<Rule>) -> (Rules, bool) {
        let mut current = self.session.recording_rules(self.room);
        let changed = current.update(rules, self.now);
        self.session.recording_rules = Some(current.clone());
        self.record();
        (current, changed)
    }

    /// Starts a transcription: as it is asked for, or else as the room is set up for it.
    pub(crate) fn transcribe(&mut self, configuration: Option<Value>) -> &Transcription {
        let configuration = configuration.or_else(|| self.room.settings.transcriptions_configuration.clone());
        let (ttid, place) = (self.random.ttid(), self.session.place());
        let transcription = Transcription::start(ttid, self.room.sid.clone(), place, configuration, self.now);
        let transcriptions = &mut self.session.transcriptions;
        transcriptions.push(transcription);
        &transcriptions[transcriptions.len() - 1]
    }

    /// Begins and ends recordings, so that what the rules include of what is published is recorded, and nothing else.
    fn record(&mut self) {
        let rules = self.session.recording_rules(self.room);
        let Session { participants, recordings, places, .. } = &mut *self.session;
        let published = participants.iter().flat_map(|publisher| {
            let rules = &rules;
            publisher.published().iter().filter(|track| rules.include(track, publisher))
        });
        let published: Vec<&Track> = published.collect();
        for recording in recordings.iter_mut().filter(|recording| recording.is_being_made()) {
            if !published.iter().any(|track| track.sid == recording.track.sid) {
                recording.end(self.now);
            }
        }
        for track in published {
            let is_of_it = |recording: &Recording| recording.is_being_made() && recording.track.sid == track.sid;
            if !recordings.iter().any(is_of_it) {
                let codec = self.room.settings.video_codecs.first().copied();
                *places += 1;
                recordings.push(Recording::begin(self.random.sid("RT"), *places, track, codec, self.now));
            }
        }
    }
}
