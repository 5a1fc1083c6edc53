//! The account that the sandbox serves: its rooms, and how they are found.

mod room_pages;
mod timeouts;

use std::collections::{BTreeSet, HashMap};

use super::error::Error;
use super::random::Random;
use super::room::{Room, RoomSettings, RoomStatus};
use super::timestamp::Timestamp;

/// An account with its rooms.
#[derive(Debug)]
pub(crate) struct Account {
    /// Oldest first, so that a new room is appended.
    rooms: Vec<Room>,
    by_sid: HashMap<String, usize>,
    by_status: HashMap<RoomStatus, BTreeSet<usize>>,
    /// The rooms in progress, by their unique names.
    by_name: HashMap<String, usize>,
    /// The rooms in progress that were not seeded.
    created_by_request: BTreeSet<usize>,
    /// `false` once a room is created earlier than its predecessor, after the clock was set back.
    is_sorted: bool,
    /// Generates SIDs.
    random: Random,
}

impl Account {
    /// An account with these rooms, which are newest first.
    pub(crate) fn new(mut rooms: Vec<Room>, seed: u64) -> Self {
        rooms.reverse();
        let mut account = Self {
            by_sid: HashMap::with_capacity(rooms.len()),
            by_status: HashMap::new(),
            by_name: HashMap::new(),
            created_by_request: BTreeSet::new(),
            is_sorted: true,
            // Another sequence than that from which the seeded rooms are generated.
            random: Random::new(!seed),
            rooms,
        };
        for index in 0..account.rooms.len() {
            account.index_room(index);
        }
        account
    }

    fn index_room(&mut self, index: usize) {
        let room = &self.rooms[index];
        self.by_sid.insert(room.sid.clone(), index);
        self.by_status.entry(room.status).or_default().insert(index);
        if room.status == RoomStatus::InProgress {
            self.by_name.insert(room.settings.unique_name.clone(), index);
        }
        self.is_sorted &= index == 0 || self.rooms[index - 1].created <= room.created;
    }

    /// Creates a room. Its unique name must not be that of a room in progress; an empty one is replaced with the SID.
    pub(crate) fn create_room(&mut self, mut settings: RoomSettings, now: Timestamp) -> Result<&Room, Error> {
        if self.by_name.contains_key(&settings.unique_name) {
            return Err(Error::RoomNameTaken);
        }
        let sid = self.random.sid("RM");
        if settings.unique_name.is_empty() {
            settings.unique_name.clone_from(&sid);
        }
        let index = self.rooms.len();
        self.rooms.push(Room::new(sid, RoomStatus::InProgress, now, None, settings));
        self.index_room(index);
        self.created_by_request.insert(index);
        Ok(&self.rooms[index])
    }

    /// Completes a room in progress.
    pub(crate) fn complete_room(&mut self, sid_or_name: &str, now: Timestamp) -> Result<&Room, Error> {
        let index = self.room_index(sid_or_name).ok_or(Error::RoomNotFound)?;
        let room = &mut self.rooms[index];
        let status = room.status;
        room.complete(now)?;
        self.by_status.entry(status).or_default().remove(&index);
        self.by_status.entry(room.status).or_default().insert(index);
        self.by_name.remove(&room.settings.unique_name);
        self.created_by_request.remove(&index);
        Ok(room)
    }

    /// Finds the room with this SID or the one in progress with this unique name.
    pub(crate) fn room(&self, sid_or_name: &str) -> Option<&Room> {
        self.room_index(sid_or_name).map(|index| &self.rooms[index])
    }

    /// The rooms in this state, newest first.
    pub(crate) fn rooms_with_status(&self, status: RoomStatus) -> impl Iterator<Item = &Room> {
        self.by_status.get(&status).into_iter().flatten().rev().map(|index| &self.rooms[*index])
    }

    pub(crate) fn room_count(&self, status: RoomStatus) -> usize {
        self.by_status.get(&status).map_or(0, BTreeSet::len)
    }

    /// The room that was created last.
    pub(crate) fn newest_room(&self) -> Option<&Room> {
        self.rooms.last()
    }

    /// Finds a room to change something in it, with the generator of SIDs for new items. [`Account::complete_room`] alone
    /// changes its status.
    pub(crate) fn room_mut(&mut self, sid_or_name: &str) -> Result<(&mut Room, &mut Random), Error> {
        let index = self.room_index(sid_or_name).ok_or(Error::RoomNotFound)?;
        Ok((&mut self.rooms[index], &mut self.random))
    }

    fn room_index(&self, sid_or_name: &str) -> Option<usize> {
        // The service does not find a room by a name with a slash, not even if it is percent-encoded.
        let by_name = || self.by_name.get(sid_or_name).filter(|_| !sid_or_name.contains('/'));
        self.by_sid.get(sid_or_name).or_else(by_name).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn named() -> RoomSettings {
        RoomSettings { unique_name: "standup".to_owned(), ..RoomSettings::default() }
    }

    #[test]
    fn a_unique_name_is_taken_while_its_room_is_in_progress() -> Result<(), Error> {
        let mut account = Account::new(Vec::new(), 1);
        let sid = account.create_room(named(), NOW)?.sid.clone();
        assert_eq!(account.create_room(named(), NOW).err(), Some(Error::RoomNameTaken));
        let completed = account.complete_room("standup", NOW + chrono::TimeDelta::seconds(90))?;
        assert_eq!((completed.status, completed.duration), (RoomStatus::Completed, Some(90)));
        assert_eq!(account.room("standup"), None);
        assert!(account.create_room(named(), NOW).is_ok_and(|room| room.sid != sid));
        Ok(())
    }

    #[test]
    fn a_room_is_completed_once() -> Result<(), Error> {
        let mut account = Account::new(Vec::new(), 1);
        let sid = account.create_room(named(), NOW)?.sid.clone();
        account.complete_room(&sid, NOW)?;
        assert_eq!(account.complete_room(&sid, NOW).err(), Some(Error::RoomNotInProgress));
        assert_eq!(account.complete_room("standup", NOW).err(), Some(Error::RoomNotFound), "the name is free");
        Ok(())
    }

    #[test]
    fn a_room_without_a_name_is_named_by_its_sid() -> Result<(), Error> {
        let mut account = Account::new(Vec::new(), 1);
        let room = account.create_room(RoomSettings::default(), NOW)?;
        assert_eq!(room.settings.unique_name, room.sid);
        Ok(())
    }
}
