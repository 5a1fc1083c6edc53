//! Joining and leaving a room, and publishing tracks in it.

use super::Room;
use crate::model::error::Error;
use crate::model::participant::Participant;
use crate::model::random::Random;
use crate::model::room::MAX_NAME_LENGTH;
use crate::model::timestamp::Timestamp;
use crate::model::track::{Track, TrackKind};

impl Room {
    /// Adds a participant, and returns its SID. A connected participant with the same identity is disconnected, as the
    /// service does.
    pub(crate) fn join(&mut self, identity: &str, random: &mut Random, now: Timestamp) -> Result<String, Error> {
        self.require_in_progress()?;
        if !(1..=MAX_NAME_LENGTH).contains(&identity.chars().count()) {
            return Err(Error::InvalidIdentity);
        }
        let is_other = |participant: &&Participant| participant.is_connected() && participant.identity != identity;
        let others = self.participants().iter().filter(is_other).count();
        if others >= usize::try_from(self.settings.max_participants).unwrap_or(usize::MAX) {
            return Err(Error::RoomFull);
        }
        let replaced = self.activity_mut().participants.iter_mut().find(|other| other.is_connected_as(identity));
        if let Some(replaced) = replaced {
            replaced.disconnect(now);
            self.update_recordings(random, now);
        }
        let (sid, room_sid) = (random.sid("PA"), self.sid.clone());
        let activity = self.activity_mut();
        let sequence = activity.next_sequence();
        activity.participants.push(Participant::new(sid.clone(), room_sid, sequence, identity, now));
        if self.settings.transcribe_participants_on_connect && self.transcriptions().is_empty() {
            self.start_transcription(None, random, now);
        }
        Ok(sid)
    }

    /// Disconnects a participant, and returns it with whether it was connected.
    pub(crate) fn leave(
        &mut self,
        participant: &str,
        random: &mut Random,
        now: Timestamp,
    ) -> Result<(&Participant, bool), Error> {
        let leaving = self.participant_mut(participant)?;
        let (sid, was_connected) = (leaving.sid.clone(), leaving.disconnect(now));
        self.update_recordings(random, now);
        Ok((self.participant_mut(&sid)?, was_connected))
    }

    /// Publishes a track, and returns its SID.
    pub(crate) fn publish(
        &mut self,
        participant: &str,
        kind: TrackKind,
        name: &str,
        random: &mut Random,
        now: Timestamp,
    ) -> Result<String, Error> {
        let (sid, sequence) = (random.sid("MT"), self.activity_mut().next_sequence());
        let audio_only = self.settings.audio_only;
        let publisher = self.participant_mut(participant)?;
        if !publisher.is_connected() {
            return Err(Error::ParticipantDisconnected);
        }
        if publisher.published_tracks().iter().any(|track| track.name == name) {
            return Err(Error::TrackNameTaken);
        }
        if audio_only && kind == TrackKind::Video {
            return Err(Error::AudioOnlyRoom);
        }
        publisher.tracks.push(Track {
            sid: sid.clone(),
            sequence,
            room_sid: publisher.room_sid.clone(),
            participant_sid: publisher.sid.clone(),
            name: name.to_owned(),
            kind,
            published: now,
        });
        self.update_recordings(random, now);
        Ok(sid)
    }

    /// Unpublishes a track by its SID or name.
    pub(crate) fn unpublish(
        &mut self,
        participant: &str,
        track: &str,
        random: &mut Random,
        now: Timestamp,
    ) -> Result<(), Error> {
        let publisher = self.participant_mut(participant)?;
        let index = publisher.published_tracks().iter().position(|published| published.has_sid_or_name(track));
        publisher.tracks.remove(index.ok_or(Error::TrackNotFound)?);
        self.update_recordings(random, now);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::recording::RecordingStatus;
    use crate::model::room::{RoomSettings, RoomStatus};

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn room(settings: RoomSettings) -> (Room, Random) {
        (Room::new("RM1".to_owned(), RoomStatus::InProgress, NOW, None, settings), Random::new(1))
    }

    #[test]
    fn a_full_room_admits_a_participant_only_in_place_of_its_own_connection() -> Result<(), Error> {
        let (mut room, mut random) = room(RoomSettings { max_participants: 2, ..RoomSettings::default() });
        let first = room.join("alice", &mut random, NOW)?;
        room.join("bob", &mut random, NOW)?;
        assert_eq!(room.join("carol", &mut random, NOW), Err(Error::RoomFull));
        let second = room.join("alice", &mut random, NOW)?;
        assert_ne!(first, second);
        assert!(room.participant(&first).is_some_and(|participant| !participant.is_connected()));
        room.leave("bob", &mut random, NOW)?;
        room.join("carol", &mut random, NOW)?;
        assert_eq!(room.participants().len(), 4);
        Ok(())
    }

    #[test]
    fn an_identity_has_1_to_128_characters_and_the_room_is_in_progress() -> Result<(), Error> {
        let (mut room, mut random) = room(RoomSettings::default());
        for identity in [String::new(), "i".repeat(129)] {
            assert_eq!(room.join(&identity, &mut random, NOW), Err(Error::InvalidIdentity));
        }
        room.join(&"ü".repeat(128), &mut random, NOW)?;
        room.complete(NOW)?;
        assert!(room.participants().iter().all(|participant| !participant.is_connected()));
        assert_eq!(room.join("alice", &mut random, NOW), Err(Error::RoomNotInProgress));
        assert_eq!(room.complete(NOW), Err(Error::RoomNotInProgress));
        Ok(())
    }

    #[test]
    fn a_participant_publishes_tracks_with_distinct_names_while_it_is_connected() -> Result<(), Error> {
        let (mut room, mut random) = room(RoomSettings { audio_only: true, ..RoomSettings::default() });
        let mut publish = |room: &mut Room, who: &str, kind| room.publish(who, kind, "track", &mut random, NOW);
        let nobody = Error::ParticipantNotFound("alice".to_owned());
        assert_eq!(publish(&mut room, "alice", TrackKind::Audio), Err(nobody));
        let alice = room.join("alice", &mut Random::new(2), NOW)?;
        assert_eq!(publish(&mut room, "alice", TrackKind::Video), Err(Error::AudioOnlyRoom));
        publish(&mut room, "alice", TrackKind::Audio)?;
        assert_eq!(publish(&mut room, "alice", TrackKind::Data), Err(Error::TrackNameTaken));
        assert_eq!(room.unpublish("alice", "other", &mut Random::new(3), NOW), Err(Error::TrackNotFound));
        room.unpublish("alice", "track", &mut Random::new(3), NOW)?;
        publish(&mut room, "alice", TrackKind::Data)?;
        room.leave("alice", &mut Random::new(3), NOW)?;
        assert_eq!(publish(&mut room, &alice, TrackKind::Audio), Err(Error::ParticipantDisconnected));
        Ok(())
    }

    #[test]
    fn a_participant_is_anonymized_once_and_only_after_it_has_left() -> Result<(), Error> {
        let (mut room, mut random) = room(RoomSettings::default());
        let alice = room.join("alice", &mut random, NOW)?;
        assert_eq!(room.anonymize("alice"), Err(Error::ParticipantConnected));
        room.leave("alice", &mut random, NOW)?;
        assert!(room.anonymize(&alice).is_ok_and(|(participant, changed)| participant.identity == alice && changed));
        assert!(room.anonymize(&alice).is_ok_and(|(_, changed)| !changed));
        Ok(())
    }

    #[test]
    fn a_recording_lasts_from_publishing_to_leaving() -> Result<(), Error> {
        let settings = RoomSettings { record_participants_on_connect: true, ..RoomSettings::default() };
        let (mut room, mut random) = room(settings);
        room.join("alice", &mut random, NOW)?;
        room.publish("alice", TrackKind::Video, "camera", &mut random, NOW)?;
        assert_eq!(room.recordings()[0].status(), RecordingStatus::Processing);
        room.leave("alice", &mut random, NOW + chrono::TimeDelta::seconds(3))?;
        let recording = &room.recordings()[0];
        assert_eq!((recording.status(), recording.duration()), (RecordingStatus::Completed, 3));
        assert_eq!((recording.codec(), recording.size()), (Some("VP8"), 300_000));
        Ok(())
    }
}
