//! The rooms of the account.

mod pages;

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};

use crate::error::{Error, nobody, unknown};
use crate::participant::Participant;
use crate::room::{Room, Settings, Status};
use crate::seed::Random;
use crate::session::{Scene, Session};

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
    /// What goes on in each room in which anything has, by its SID.
    sessions: HashMap<String, Session>,
    /// What goes on in the others.
    nothing: Session,
    /// What SIDs are made from.
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
            sessions: HashMap::new(),
            nothing: Session::default(),
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
        if let Some(session) = self.sessions.get_mut(&room.sid) {
            session.end(now);
        }
        Some(Ok(room))
    }

    /// The room of this SID, or the one in progress of this name, and what goes on in it.
    pub(crate) fn room(&self, name: &str) -> Result<(&Room, &Session), Error> {
        let room = self.fetch(name).ok_or_else(|| unknown(name))?;
        Ok((room, self.sessions.get(&room.sid).unwrap_or(&self.nothing)))
    }

    /// The participant of this SID or, while it is connected, of this identity, and what goes on in its room.
    pub(crate) fn participant(&self, room: &str, name: &str) -> Result<(&Participant, &Session), Error> {
        let (_, session) = self.room(room)?;
        Ok((session.participant(name).ok_or_else(|| nobody(room, name))?, session))
    }

    /// The room in which something is about to happen.
    pub(crate) fn scene(&mut self, name: &str, now: DateTime<Utc>) -> Result<Scene<'_>, Error> {
        let index = self.index(name).ok_or_else(|| unknown(name))?;
        let room = &self.rooms[index];
        let session = self.sessions.entry(room.sid.clone()).or_default();
        Ok(Scene { room, session, random: &mut self.random, now })
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
