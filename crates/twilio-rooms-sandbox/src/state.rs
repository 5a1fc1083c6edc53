//! The rooms of the account.

mod pages;

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};

use crate::error::Error;
use crate::participant::Participant;
use crate::room::{Room, Settings, Status};
use crate::seed::Random;
use crate::track::{Track, TrackKind};

/// The rooms of the account.
#[derive(Debug)]
pub(crate) struct State {
    /// Oldest first, so that a new one is added at the end.
    rooms: Vec<Room>,
    by_sid: HashMap<String, usize>,
    /// Those of each status.
    by_status: HashMap<Status, BTreeSet<usize>>,
    /// Whether each room was created when the one before it was or later: the time can be set back.
    in_order: bool,
    /// The rooms in progress that have a name.
    by_name: HashMap<String, usize>,
    /// The participants of each room that has had any, by its SID; those who joined first come first.
    participants: HashMap<String, Vec<Participant>>,
    /// What the SIDs of new rooms are made from.
    random: Random,
}

impl State {
    /// The state with these rooms, which are newest first.
    pub(crate) fn new(mut rooms: Vec<Room>, seed: u64) -> Self {
        rooms.reverse();
        let mut state = Self {
            by_sid: HashMap::with_capacity(rooms.len()),
            by_status: HashMap::new(),
            in_order: true,
            by_name: HashMap::new(),
            participants: HashMap::new(),
            // Another stream than that of the rooms that are there.
            random: Random(!seed),
            rooms,
        };
        for index in 0..state.rooms.len() {
            state.enter(index);
        }
        state
    }

    fn add(&mut self, room: Room) -> &Room {
        let index = self.rooms.len();
        self.rooms.push(room);
        self.enter(index);
        &self.rooms[index]
    }

    /// Notes a room where it can be found.
    fn enter(&mut self, index: usize) {
        let room = &self.rooms[index];
        self.by_sid.insert(room.sid.clone(), index);
        self.by_status.entry(room.status).or_default().insert(index);
        if room.status == Status::InProgress {
            self.by_name.insert(room.settings.unique_name.clone(), index);
        }
        self.in_order &= index == 0 || self.rooms[index - 1].created <= room.created;
    }

    /// Creates a room.
    pub(crate) fn create(&mut self, mut settings: Settings, now: DateTime<Utc>) -> Result<&Room, Error> {
        if self.by_name.contains_key(&settings.unique_name) {
            return Err(Error::invalid(53113, "Room exists"));
        }
        let sid = self.random.sid("RM");
        if settings.unique_name.is_empty() {
            settings.unique_name.clone_from(&sid);
        }
        Ok(self.add(Room { sid, status: Status::InProgress, created: now, duration: None, settings }))
    }

    /// The room of this SID, or the one in progress of this name.
    pub(crate) fn fetch(&self, name: &str) -> Option<&Room> {
        self.index(name).map(|index| &self.rooms[index])
    }

    /// Completes a room.
    pub(crate) fn complete(&mut self, name: &str, now: DateTime<Utc>) -> Option<Result<&Room, Error>> {
        let index = self.index(name)?;
        let room = &mut self.rooms[index];
        if room.status != Status::InProgress {
            return Some(Err(Error::not_in_progress()));
        }
        if let Some(open) = self.by_status.get_mut(&room.status) {
            open.remove(&index);
        }
        room.complete(now);
        self.by_status.entry(room.status).or_default().insert(index);
        self.by_name.remove(&room.settings.unique_name);
        let connected = self.participants.get_mut(&room.sid).into_iter().flatten();
        connected.filter(|participant| participant.is_connected()).for_each(|participant| participant.left = Some(now));
        Some(Ok(room))
    }

    /// The participants of the room with this SID, those who joined first first.
    pub(crate) fn participants(&self, sid: &str) -> &[Participant] {
        self.participants.get(sid).map(Vec::as_slice).unwrap_or_default()
    }

    /// Lets somebody join a room. Whoever is in it under the identity has to leave, as the service has it.
    pub(crate) fn join(
        &mut self,
        room: &str,
        identity: &str,
        now: DateTime<Utc>,
    ) -> Result<&Participant, &'static str> {
        let room = self.fetch(room).ok_or("there is no such room")?;
        if room.status != Status::InProgress {
            return Err("the room is not in progress");
        }
        let (room_sid, most) = (room.sid.clone(), room.settings.max_participants);
        let sid = self.random.sid("PA");
        let participants = self.participants.entry(room_sid.clone()).or_default();
        let others = participants.iter_mut().filter(|participant| participant.is_called(identity));
        others.for_each(|participant| participant.left = Some(now));
        let connected = participants.iter().filter(|participant| participant.is_connected()).count();
        if connected >= usize::try_from(most).unwrap_or(usize::MAX) {
            return Err("the room is full");
        }
        let identity = Some(identity.to_owned());
        participants.push(Participant { sid, room_sid, identity, joined: now, left: None, tracks: Vec::new() });
        participants.last().ok_or("there is nobody")
    }

    /// Lets a participant leave, if it is connected; it stays what it is when it has left before.
    pub(crate) fn leave(&mut self, room: &str, name: &str, now: DateTime<Utc>) -> Option<&Participant> {
        let participant = self.participant_mut(room, name)?;
        participant.left.get_or_insert(now);
        Some(participant)
    }

    /// Lets a participant publish a track.
    pub(crate) fn publish(
        &mut self,
        room: &str,
        participant: &str,
        kind: TrackKind,
        name: &str,
        now: DateTime<Utc>,
    ) -> Result<String, &'static str> {
        let sid = self.random.sid("MT");
        let publisher = self.participant_mut(room, participant).ok_or("there is nobody of the name")?;
        if !publisher.is_connected() {
            return Err("it has left");
        }
        if publisher.published().iter().any(|track| track.name == name) {
            return Err("it publishes a track of the name");
        }
        publisher.tracks.push(Track {
            sid: sid.clone(),
            room_sid: publisher.room_sid.clone(),
            participant_sid: publisher.sid.clone(),
            name: name.to_owned(),
            kind,
            published: now,
        });
        Ok(sid)
    }

    /// Takes a track back, by its SID or its name.
    pub(crate) fn unpublish(&mut self, room: &str, participant: &str, track: &str) -> Option<()> {
        let publisher = self.participant_mut(room, participant)?;
        let index = publisher.published().iter().position(|published| published.is_called(track))?;
        publisher.tracks.remove(index);
        Some(())
    }

    /// The participant of this SID or, while it is connected, of this identity.
    pub(crate) fn participant(&self, room: &str, name: &str) -> Option<&Participant> {
        let sid = &self.fetch(room)?.sid;
        self.participants(sid).iter().rev().find(|participant| participant.is_called(name))
    }

    pub(crate) fn participant_mut(&mut self, room: &str, name: &str) -> Option<&mut Participant> {
        let sid = self.fetch(room)?.sid.clone();
        self.participants.get_mut(&sid)?.iter_mut().rev().find(|participant| participant.is_called(name))
    }

    fn index(&self, name: &str) -> Option<usize> {
        self.by_sid.get(name).or_else(|| self.by_name.get(name)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_taken_while_its_room_is_in_progress() {
        let mut state = State::new(Vec::new(), 1);
        let named = || Settings { unique_name: "standup".to_owned(), ..Settings::default() };
        let now = DateTime::UNIX_EPOCH;
        let first = state.create(named(), now).map(|room| room.sid.clone());
        assert!(first.is_ok());
        assert_eq!(state.create(named(), now).err(), Some(Error::invalid(53113, "Room exists")));
        let ended = state.complete("standup", now + chrono::TimeDelta::seconds(90)).and_then(Result::ok);
        assert_eq!(ended.map(|room| (room.status, room.duration)), Some((Status::Completed, Some(90))));
        assert_eq!(state.fetch("standup"), None);
        let sid = first.unwrap_or_default();
        assert!(state.complete(&sid, now).is_some_and(|result| result.is_err()), "it is over");
        assert!(state.complete("standup", now).is_none(), "nobody has the name");
        assert!(state.create(named(), now).is_ok_and(|room| room.sid != sid));
        assert!(state.create(Settings::default(), now).is_ok_and(|room| room.settings.unique_name == room.sid));
    }
}
