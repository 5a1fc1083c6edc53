//! The events of a room, found by comparing it with what was reported before.

use std::collections::HashSet;

use chrono::SecondsFormat;

use crate::http::auth::ACCOUNT_SID;
use crate::model::{Participant, Recording, RecordingStatus, Room, Timestamp, Track};

/// The parameters of a callback.
pub(crate) type Form = Vec<(&'static str, String)>;

/// The events of a room that were reported so far.
#[derive(Debug, Default)]
pub(super) struct RoomEvents {
    /// The event and the SID of its subject.
    reported: HashSet<(&'static str, String)>,
    /// The tracks that are published, with the SIDs of their participants.
    tracks: Vec<(Track, Form)>,
    sequence: u64,
}

impl RoomEvents {
    /// Returns the events since the last time, in an order in which they can have happened.
    pub(super) fn new_events(&mut self, room: &Room, now: Timestamp) -> Vec<Form> {
        let mut events = Vec::new();
        self.report(&mut events, room, now, "room-created", &room.sid, Vec::new);
        let published: Vec<(&Participant, &Track)> = room
            .participants()
            .iter()
            .flat_map(|participant| participant.published_tracks().iter().map(move |track| (participant, track)))
            .collect();
        let is_published = |sid: &str| published.iter().any(|(_, track)| track.sid == sid);
        let removed: Vec<(Track, Form)> = self.tracks.extract_if(.., |(track, _)| !is_published(&track.sid)).collect();
        for (track, form) in removed {
            self.report(&mut events, room, now, "track-removed", &track.sid, || form);
        }
        for participant in room.participants().iter().filter(|participant| participant.left.is_some()) {
            // One that joined and left between two looks has both events.
            self.report(&mut events, room, now, "participant-connected", &participant.sid, || {
                of_participant(participant)
            });
            let event = "participant-disconnected";
            self.report(&mut events, room, now, event, &participant.sid, || of_participant(participant));
        }
        for recording in room.recordings().iter().filter(|recording| !recording.is_in_progress()) {
            self.report(&mut events, room, now, "recording-started", &recording.sid, || of_recording(room, recording));
            self.report(&mut events, room, now, "recording-completed", &recording.sid, || {
                of_recording(room, recording)
            });
        }
        for participant in room.participants() {
            self.report(&mut events, room, now, "participant-connected", &participant.sid, || {
                of_participant(participant)
            });
        }
        for (participant, track) in published {
            let form = of_track(participant, track);
            if self.report(&mut events, room, now, "track-added", &track.sid, || form.clone()) {
                self.tracks.push((track.clone(), form));
            }
        }
        for recording in room.recordings() {
            self.report(&mut events, room, now, "recording-started", &recording.sid, || of_recording(room, recording));
        }
        if room.duration.is_some() {
            self.report(&mut events, room, now, "room-ended", &room.sid, Vec::new);
        }
        events
    }

    /// Adds an event unless it was reported before, and returns whether it was not.
    fn report(
        &mut self,
        events: &mut Vec<Form>,
        room: &Room,
        now: Timestamp,
        event: &'static str,
        sid: &str,
        form: impl FnOnce() -> Form,
    ) -> bool {
        if !self.reported.insert((event, sid.to_owned())) {
            return false;
        }
        let mut pairs = vec![
            ("StatusCallbackEvent", event.to_owned()),
            ("Timestamp", now.to_rfc3339_opts(SecondsFormat::Millis, true)),
            ("SequenceNumber", self.sequence.to_string()),
            ("AccountSid", ACCOUNT_SID.to_owned()),
            ("RoomSid", room.sid.clone()),
            ("RoomName", room.settings.unique_name.clone()),
            ("RoomType", room.settings.kind.to_owned()),
            ("RoomStatus", room.status.name().to_owned()),
        ];
        pairs.extend(room.duration.filter(|_| event == "room-ended").map(|it| ("RoomDuration", it.to_string())));
        pairs.extend(form());
        self.sequence += 1;
        events.push(pairs);
        true
    }
}

fn of_participant(participant: &Participant) -> Form {
    let mut form = vec![
        ("ParticipantSid", participant.sid.clone()),
        ("ParticipantIdentity", participant.identity.clone()),
        ("ParticipantStatus", participant.status().name().to_owned()),
    ];
    form.extend(participant.duration().map(|duration| ("ParticipantDuration", duration.to_string())));
    form
}

fn of_track(participant: &Participant, track: &Track) -> Form {
    let mut form = of_participant(participant);
    form.extend([
        ("TrackSid", track.sid.clone()),
        ("TrackKind", track.kind.name().to_owned()),
        ("TrackName", track.name.clone()),
    ]);
    form
}

fn of_recording(room: &Room, recording: &Recording) -> Form {
    let uri = format!("/v1/Recordings/{}", recording.sid);
    let track = &recording.track;
    let mut form = vec![
        ("RecordingSid", recording.sid.clone()),
        ("SourceSid", track.sid.clone()),
        ("ParticipantSid", track.participant_sid.clone()),
        ("TrackName", track.name.clone()),
        ("Type", track.kind.name().to_owned()),
        ("OffsetFromTwilioVideoEpoch", recording.started.timestamp_millis().to_string()),
    ];
    let publisher = room.participants().iter().find(|participant| participant.sid == track.participant_sid);
    form.extend(publisher.map(|participant| ("ParticipantIdentity", participant.identity.clone())));
    form.extend(recording.codec().map(|codec| ("Codec", codec.to_owned())));
    form.extend(recording.container_format().map(|container| ("Container", container.to_owned())));
    if recording.status() != RecordingStatus::Processing {
        form.push(("Duration", recording.duration().to_string()));
        form.push(("Size", recording.size().to_string()));
        form.push(("MediaUri", format!("{uri}/Media")));
    }
    form.push(("RecordingUri", uri));
    form
}
