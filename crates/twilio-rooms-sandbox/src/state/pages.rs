//! The pages of the rooms.

use std::ops::Range;

use chrono::{DateTime, Utc};

use super::State;
use crate::query::Filter;
use crate::room::Room;
use crate::token::Direction;

/// One page of the rooms that match.
#[derive(Debug)]
pub(crate) struct Page<'a> {
    /// Newest first.
    pub(crate) rooms: Vec<&'a Room>,
    pub(crate) newer: bool,
    pub(crate) older: bool,
}

impl State {
    /// The page that lies on that side of the room with the SID, or the first; `None` if there is no such room.
    pub(crate) fn page(&self, filter: &Filter, size: usize, at: Option<(Direction, &str)>) -> Option<Page<'_>> {
        let position = |sid| self.by_sid.get(sid).copied();
        let span = self.span(filter);
        // The rooms before this one are on the page, and after it.
        let end = match at {
            None => span.end,
            Some((Direction::After, sid)) => position(sid)?,
            Some((Direction::Before, sid)) => {
                let start = position(sid)? + 1;
                self.matching(filter, start..span.end).take(size).last().map_or(start, |(index, _)| index + 1)
            }
        };
        let mut following = self.matching(filter, span.start..end.min(span.end)).rev().map(|(_, room)| room);
        let rooms = following.by_ref().take(size).collect();
        let newer = self.matching(filter, end.max(span.start)..span.end).next().is_some();
        Some(Page { rooms, newer, older: following.next().is_some() })
    }

    /// Where the rooms are that were created in time; all are looked at where they are not in that order.
    fn span(&self, filter: &Filter) -> Range<usize> {
        let before = |when: Option<DateTime<Utc>>| {
            when.filter(|_| self.in_order).map(|when| self.rooms.partition_point(|room| room.created < when))
        };
        before(filter.created_on_or_after).unwrap_or_default()
            ..before(filter.created_before).unwrap_or(self.rooms.len())
    }

    /// The rooms there that match, with their places.
    fn matching<'a>(
        &'a self,
        filter: &Filter,
        span: Range<usize>,
    ) -> impl DoubleEndedIterator<Item = (usize, &'a Room)> {
        let places = self.by_status.get(&filter.status).filter(|_| !span.is_empty());
        let places = places.into_iter().flat_map(move |places| places.range(span.clone()));
        places.map(|place| (*place, &self.rooms[*place])).filter(|(_, room)| filter.matches(room))
    }
}

impl Filter {
    fn matches(&self, room: &Room) -> bool {
        room.status == self.status
            && self.unique_name.as_ref().is_none_or(|name| *name == room.settings.unique_name)
            && self.created_on_or_after.is_none_or(|when| room.created >= when)
            && self.created_before.is_none_or(|when| room.created < when)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Query;
    use crate::room::Settings;
    use crate::seed::{self, Seed};

    fn filter(status: &str) -> Filter {
        let query = Query::parse(&[("Status".to_owned(), status.to_owned())]);
        query.map_or_else(|error| panic!("{error:?}"), |query| query.filter)
    }

    fn sids<'a>(page: &Page<'a>) -> Vec<&'a str> {
        page.rooms.iter().map(|room| room.sid.as_str()).collect()
    }

    #[test]
    fn walking_forward_meets_every_room_once_and_walking_back_ends_at_the_first_page() {
        let state = State::new(seed::rooms(&Seed::default()), 1);
        let filter = filter("completed");
        let all = state.page(&filter, 1000, None).map(|page| sids(&page)).unwrap_or_default();
        assert!(all.len() > 50);
        for size in [1, 7, 50, all.len(), 1000] {
            let (mut at, mut met) = (None, Vec::new());
            let mut page = state.page(&filter, size, None);
            while let Some(current) = page.take() {
                let page_sids = sids(&current);
                met.extend(page_sids.iter().copied());
                at = page_sids.first().copied();
                if current.older {
                    page = page_sids.last().and_then(|last| state.page(&filter, size, Some((Direction::After, last))));
                }
            }
            assert_eq!(met, all, "pages of {size}");
            let mut first = at;
            while let Some(page) = at.and_then(|sid| state.page(&filter, size, Some((Direction::Before, sid)))) {
                if page.rooms.first().map(|room| room.sid.as_str()) == at {
                    break;
                }
                first = page.rooms.first().map(|room| room.sid.as_str());
                at = if page.newer { first } else { None };
            }
            assert_eq!(first, all.first().copied(), "pages of {size}");
        }
    }

    #[test]
    fn rooms_are_newest_first_and_a_room_that_is_not_there_has_no_page() {
        let state = State::new(seed::rooms(&Seed::default()), 1);
        let rooms = state.page(&filter("completed"), 1000, None).map(|page| page.rooms).unwrap_or_default();
        assert!(rooms.is_sorted_by(|one, other| one.created > other.created));
        assert!(state.page(&filter("completed"), 1, Some((Direction::After, "RM"))).is_none());
    }

    #[test]
    fn a_listing_between_two_times_is_that_part_of_the_whole_in_whatever_order_rooms_were_created() {
        let mut state = State::new(seed::rooms(&Seed::default()), 1);
        for late in [false, true] {
            let all = filter("completed");
            let whole = state.page(&all, 1000, None).map(|page| page.rooms).unwrap_or_default();
            let times = [whole[20].created, whole[60].created + chrono::TimeDelta::seconds(1), whole[3].created];
            for (from, to) in [(1, 0), (0, 2), (2, 0), (0, 0)].map(|(from, to)| (times[from], times[to])) {
                let part = Filter { created_on_or_after: Some(from), created_before: Some(to), ..all.clone() };
                let expected: Vec<&str> =
                    whole.iter().filter(|room| part.matches(room)).map(|room| room.sid.as_str()).collect();
                let (mut met, mut page) = (Vec::new(), state.page(&part, 7, None));
                while let Some(current) = page.take() {
                    met.extend(sids(&current));
                    page = met.last().filter(|_| current.older).and_then(|last| {
                        let page = state.page(&part, 7, Some((Direction::After, last)));
                        page.filter(|page| page.newer)
                    });
                }
                assert_eq!(met, expected, "from {from} to {to}, and the time set back: {late}");
            }
            // A room that ends after it was created long before all others.
            let odd = Settings { unique_name: "odd".to_owned(), ..Settings::default() };
            assert!(state.create(odd, DateTime::UNIX_EPOCH).is_ok());
            assert!(state.complete("odd", DateTime::UNIX_EPOCH).is_some_and(|result| result.is_ok()));
            assert!(!state.in_order);
        }
    }
}
