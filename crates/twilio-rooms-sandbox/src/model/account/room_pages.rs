//! Pages of the rooms of an account.

use std::ops::Range;

use super::Account;
use crate::model::page::{Direction, Page};
use crate::model::room::{Room, RoomFilter};
use crate::model::timestamp::{TimeRange, Timestamp};

impl Account {
    /// Returns the page of rooms on that side of the room with the SID, or the first page; `None` if there is no such room.
    pub(crate) fn room_page(
        &self,
        filter: &RoomFilter,
        size: usize,
        cursor: Option<(Direction, &str)>,
    ) -> Option<Page<'_, Room>> {
        let position = |sid| self.by_sid.get(sid).copied();
        let range = self.created_within(filter.created);
        // The page holds the newest rooms before this index.
        let end = match cursor {
            None => range.end,
            Some((Direction::After, sid)) => position(sid)?,
            Some((Direction::Before, sid)) => {
                let start = position(sid)? + 1;
                self.matching_rooms(filter, start..range.end).take(size).last().map_or(start, |(index, _)| index + 1)
            }
        };
        let older = self.matching_rooms(filter, range.start..end.min(range.end));
        let mut older = older.rev().map(|(_, room)| room);
        let items = older.by_ref().take(size).collect();
        let has_newer = self.matching_rooms(filter, end.max(range.start)..range.end).next().is_some();
        Some(Page { items, has_newer, has_older: older.next().is_some() })
    }

    /// The indices of the rooms created within this range, or of all rooms if they are not sorted.
    fn created_within(&self, range: TimeRange) -> Range<usize> {
        let first_since = |time: Option<Timestamp>| {
            time.filter(|_| self.is_sorted).map(|time| self.rooms.partition_point(|room| room.created < time))
        };
        first_since(range.start).unwrap_or_default()..first_since(range.end).unwrap_or(self.rooms.len())
    }

    /// The rooms within these indices that match the filter, with their indices.
    fn matching_rooms<'a>(
        &'a self,
        filter: &RoomFilter,
        range: Range<usize>,
    ) -> impl DoubleEndedIterator<Item = (usize, &'a Room)> {
        let indices = self.by_status.get(&filter.status).filter(|_| !range.is_empty());
        let indices = indices.into_iter().flat_map(move |indices| indices.range(range.clone()));
        indices.map(|index| (*index, &self.rooms[*index])).filter(|(_, room)| filter.matches(room))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::room::{RoomSettings, RoomStatus};
    use crate::model::seed::Seed;

    fn account() -> Account {
        Account::new(Seed::default().rooms(), 1)
    }

    fn completed() -> RoomFilter {
        RoomFilter { status: RoomStatus::Completed, unique_name: None, created: TimeRange::default() }
    }

    fn rooms<'a>(account: &'a Account, filter: &RoomFilter) -> Vec<&'a Room> {
        account.room_page(filter, 1000, None).map(|page| page.items).unwrap_or_default()
    }

    fn sids<'a>(page: &Page<'a, Room>) -> Vec<&'a str> {
        page.items.iter().map(|room| room.sid.as_str()).collect()
    }

    /// Returns the SIDs of every page in one direction, starting at this page.
    fn walk<'a>(
        account: &'a Account,
        filter: &RoomFilter,
        size: usize,
        direction: Direction,
        first: Page<'a, Room>,
    ) -> Vec<Vec<&'a str>> {
        let (mut pages, mut page) = (Vec::new(), Some(first));
        while let Some(current) = page.take() {
            let cursor = match direction {
                Direction::After => current.next_cursor(),
                Direction::Before => current.previous_cursor(),
            };
            pages.push(sids(&current));
            page = cursor.and_then(|room| account.room_page(filter, size, Some((direction, &room.sid))));
        }
        pages
    }

    #[test]
    fn pages_in_both_directions_list_every_room_once() {
        let (account, filter) = (account(), completed());
        let all: Vec<&str> = rooms(&account, &filter).iter().map(|room| room.sid.as_str()).collect();
        assert!(all.len() > 50);
        for size in [1, 7, 50, all.len(), 1000] {
            let page = |cursor| account.room_page(&filter, size, cursor).unwrap_or_else(|| panic!("pages of {size}"));
            let forward = walk(&account, &filter, size, Direction::After, page(None));
            assert_eq!(forward.concat(), all, "pages of {size}");
            let last = forward.len().checked_sub(2).map(|index| (Direction::After, forward[index][size - 1]));
            let mut backward = walk(&account, &filter, size, Direction::Before, page(last));
            backward.reverse();
            assert_eq!(backward, forward, "pages of {size}");
        }
    }

    #[test]
    fn rooms_are_newest_first_and_an_unknown_room_has_no_page() {
        let account = account();
        assert!(rooms(&account, &completed()).is_sorted_by(|one, other| one.created > other.created));
        assert!(account.room_page(&completed(), 1, Some((Direction::After, "RM"))).is_none());
    }

    #[test]
    fn a_time_range_selects_the_same_rooms_when_the_clock_was_set_back() {
        let mut account = account();
        for set_back in [false, true] {
            let all = rooms(&account, &completed());
            let times = [all[20].created, all[60].created + chrono::TimeDelta::seconds(1), all[3].created];
            for (start, end) in [(1, 0), (0, 2), (2, 0), (0, 0)].map(|(start, end)| (times[start], times[end])) {
                let filter = RoomFilter { created: TimeRange { start: Some(start), end: Some(end) }, ..completed() };
                let matching = all.iter().filter(|room| filter.matches(room));
                let expected: Vec<&str> = matching.map(|room| room.sid.as_str()).collect();
                let first = account.room_page(&filter, 7, None).map(|page| {
                    let pages = walk(&account, &filter, 7, Direction::After, page);
                    pages.concat()
                });
                assert_eq!(first, Some(expected), "from {start} to {end}, with the clock set back: {set_back}");
            }
            // A room that is created long before the others, but listed after them.
            let settings = RoomSettings { unique_name: "odd".to_owned(), ..RoomSettings::default() };
            assert!(account.create_room(settings, Timestamp::UNIX_EPOCH).is_ok());
            assert!(account.complete_room("odd", Timestamp::UNIX_EPOCH).is_ok());
            assert!(!account.is_sorted);
        }
    }
}
