//! Pages of listings, newest item first.

/// The side of an item on which a page lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Direction {
    /// The page holds the items after it, which are older.
    After,
    /// The page holds the items before it, which are newer.
    Before,
}

/// A page of a listing.
#[derive(Debug)]
pub(crate) struct Page<'a, T> {
    /// Newest first.
    pub(crate) items: Vec<&'a T>,
    pub(crate) has_newer: bool,
    pub(crate) has_older: bool,
}

/// An item of a room that is listed in the order in which it was created.
pub(crate) trait Sequenced {
    /// The item's number among everything created in the room: a newer item has a greater one. Cursors refer to it, so
    /// they stay valid when the item is no longer listed.
    fn sequence(&self) -> u64;
}

impl<'a, T> Page<'a, T> {
    /// The item before which the previous page ends, unless this is the first page.
    pub(crate) fn previous_cursor(&self) -> Option<&'a T> {
        self.items.first().copied().filter(|_| self.has_newer)
    }

    /// The item after which the next page starts, unless this is the last page.
    pub(crate) fn next_cursor(&self) -> Option<&'a T> {
        self.items.last().copied().filter(|_| self.has_older)
    }
}

/// Returns the page on that side of a sequence number, or the first page. The items are newest first.
pub(crate) fn page_by_sequence<'a, T: Sequenced>(
    items: &[&'a T],
    size: usize,
    cursor: Option<(Direction, u64)>,
) -> Page<'a, T> {
    let (start, end) = match cursor {
        None => (0, size),
        Some((Direction::After, sequence)) => {
            let start = items.partition_point(|item| item.sequence() >= sequence);
            (start, start + size)
        }
        Some((Direction::Before, sequence)) => {
            let end = items.partition_point(|item| item.sequence() > sequence);
            (end.saturating_sub(size), end)
        }
    };
    let page = items.iter().take(end).skip(start).copied().collect();
    Page { items: page, has_newer: start > 0, has_older: end < items.len() }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Sequenced for u64 {
        fn sequence(&self) -> u64 {
            *self
        }
    }

    /// Returns the items of a page of two, and whether there are newer and older ones.
    fn page(items: &[u64], cursor: Option<(Direction, u64)>) -> (Vec<u64>, bool, bool) {
        let page = page_by_sequence(&items.iter().collect::<Vec<_>>(), 2, cursor);
        (page.items.into_iter().copied().collect(), page.has_newer, page.has_older)
    }

    #[test]
    fn pages_in_both_directions_list_every_item_once() {
        assert_eq!(page(&[5, 4, 3, 2, 1], None), (vec![5, 4], false, true));
        assert_eq!(page(&[5, 4, 3, 2, 1], Some((Direction::After, 4))), (vec![3, 2], true, true));
        assert_eq!(page(&[5, 4, 3, 2, 1], Some((Direction::After, 2))), (vec![1], true, false));
        assert_eq!(page(&[5, 4, 3, 2, 1], Some((Direction::Before, 3))), (vec![5, 4], false, true));
        assert_eq!(page(&[5, 4, 3, 2, 1], Some((Direction::After, 1))), (vec![], true, false));
    }

    #[test]
    fn a_cursor_stays_valid_when_its_item_is_no_longer_listed() {
        assert_eq!(page(&[6, 5, 3, 2, 1], Some((Direction::After, 4))), (vec![3, 2], true, true));
        assert_eq!(page(&[7, 6, 5, 2, 1], Some((Direction::Before, 3))), (vec![6, 5], true, true));
        assert_eq!(page(&[5], Some((Direction::After, 4))), (vec![], true, false));
        assert_eq!(page(&[], Some((Direction::Before, 4))), (vec![], false, false));
    }

    #[test]
    fn cursors_point_only_to_pages_with_items() {
        let items = [&3, &2, &1];
        let first = page_by_sequence(&items, 2, None);
        assert_eq!((first.previous_cursor(), first.next_cursor()), (None, Some(&2)));
        let last = page_by_sequence(&items, 2, Some((Direction::After, 2)));
        assert_eq!((last.previous_cursor(), last.next_cursor()), (Some(&1), None));
    }
}
