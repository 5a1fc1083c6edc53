//! The timeouts of the rooms that were created by a request. Seeded rooms have none, since they are as old as their seed says.

use super::Account;
use crate::model::room::Timeout;
use crate::model::timestamp::Timestamp;

impl Account {
    /// Returns whether anything has timed out by now.
    pub(crate) fn has_timeout(&self, now: Timestamp) -> bool {
        self.next_timeout().is_some_and(|(at, ..)| at <= now)
    }

    /// Applies the earliest timeout until now, and returns its time.
    pub(crate) fn apply_timeout(&mut self, now: Timestamp) -> Option<Timestamp> {
        let (at, index, timeout) = self.next_timeout().filter(|(at, ..)| *at <= now)?;
        let applied = match timeout {
            Timeout::Participant(sid) => self.rooms[index].leave(&sid, &mut self.random, at).map(|_| ()),
            Timeout::Room => {
                let sid = self.rooms[index].sid.clone();
                self.complete_room(&sid, at).map(|_| ())
            }
        };
        // Both were found in the room.
        applied.ok().map(|()| at)
    }

    fn next_timeout(&self) -> Option<(Timestamp, usize, Timeout)> {
        let timeouts = self.created_by_request.iter().filter_map(|&index| {
            let (at, timeout) = self.rooms[index].next_timeout()?;
            Some((at, index, timeout))
        });
        timeouts.min_by_key(|(at, index, _)| (*at, *index))
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::model::error::Error;
    use crate::model::room::{RoomSettings, RoomStatus};

    fn at(seconds: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    fn account() -> Result<(Account, String), Error> {
        let mut account = Account::new(Vec::new(), 1);
        let settings = RoomSettings {
            unused_room_timeout: 2,
            empty_room_timeout: 3,
            max_participant_duration: 600,
            ..RoomSettings::default()
        };
        let sid = account.create_room(settings, at(0))?.sid.clone();
        Ok((account, sid))
    }

    fn times(account: &mut Account, now: Timestamp) -> Vec<i64> {
        std::iter::from_fn(|| account.apply_timeout(now)).map(|at| at.timestamp()).collect()
    }

    #[test]
    fn a_room_that_nobody_joins_ends_after_the_timeout_of_unused_rooms() -> Result<(), Error> {
        let (mut account, sid) = account()?;
        assert!(!account.has_timeout(at(119)) && times(&mut account, at(119)).is_empty());
        assert!(account.has_timeout(at(120)));
        assert_eq!(times(&mut account, at(9999)), [120]);
        let room = account.room(&sid).ok_or(Error::RoomNotFound)?;
        assert_eq!((room.status, room.duration), (RoomStatus::Completed, Some(120)));
        assert!(!account.has_timeout(at(9999)));
        Ok(())
    }

    #[test]
    fn participants_leave_when_their_time_is_over_and_the_empty_room_ends() -> Result<(), Error> {
        let (mut account, sid) = account()?;
        for (identity, seconds) in [("alice", 100), ("bob", 110)] {
            let (room, random) = account.room_mut(&sid)?;
            room.join(identity, random, at(seconds))?;
        }
        assert!(times(&mut account, at(699)).is_empty());
        assert_eq!(times(&mut account, at(705)), [700]);
        let (room, random) = account.room_mut(&sid)?;
        room.join("alice", random, at(705))?;
        assert_eq!(times(&mut account, at(9999)), [710, 1305, 1485]);
        assert_eq!(account.room(&sid).and_then(|room| room.duration), Some(1485));
        Ok(())
    }

    #[test]
    fn the_timeouts_of_several_rooms_come_in_their_order() -> Result<(), Error> {
        let (mut account, first) = account()?;
        account.create_room(RoomSettings { unused_room_timeout: 1, ..RoomSettings::default() }, at(30))?;
        let (room, random) = account.room_mut(&first)?;
        room.join("alice", random, at(10))?;
        room.leave("alice", random, at(20))?;
        assert_eq!(times(&mut account, at(9999)), [90, 200]);
        Ok(())
    }

    #[test]
    fn seeded_rooms_and_the_end_of_time_have_no_timeouts() -> Result<(), Error> {
        let mut account = Account::new(crate::model::Seed::default().rooms(), 1);
        assert!(!account.has_timeout(Timestamp::MAX_UTC));
        account.create_room(RoomSettings::default(), Timestamp::MAX_UTC)?;
        assert!(!account.has_timeout(Timestamp::MAX_UTC));
        Ok(())
    }
}
