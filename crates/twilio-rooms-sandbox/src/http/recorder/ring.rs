//! The last entries of a kind, bounded in number and in bytes.

use std::collections::VecDeque;

/// The maximum number of entries.
pub(super) const MAX_ENTRIES: usize = 500;
/// The maximum number of bytes of all entries. The newest entry stays, however large it is.
const MAX_BYTES: usize = 16 << 20;

/// An entry that knows about how many bytes it takes.
pub(super) trait Weighted {
    /// The approximate number of bytes.
    fn weight(&self) -> usize;
}

/// The last entries, oldest first.
#[derive(Debug)]
pub(super) struct Ring<T> {
    entries: VecDeque<Entry<T>>,
    bytes: usize,
    /// The number of entries that had to go for newer ones since the ring was last cleared.
    dropped: u64,
}

/// An entry with the revision of the log at which it was last changed.
#[derive(Debug)]
struct Entry<T> {
    id: u64,
    revision: u64,
    bytes: usize,
    value: T,
}

impl<T> Default for Ring<T> {
    fn default() -> Self {
        Self { entries: VecDeque::new(), bytes: 0, dropped: 0 }
    }
}

impl<T: Weighted> Ring<T> {
    /// Adds an entry, whose id is greater than that of every entry before.
    pub(super) fn push(&mut self, id: u64, revision: u64, value: T) {
        let bytes = value.weight();
        self.bytes += bytes;
        self.entries.push_back(Entry { id, revision, bytes, value });
        self.evict();
    }

    /// Changes an entry, unless it is gone, and returns whether it is there.
    pub(super) fn update(&mut self, id: u64, revision: u64, change: impl FnOnce(&mut T)) -> bool {
        let Ok(index) = self.entries.binary_search_by_key(&id, |entry| entry.id) else { return false };
        let entry = &mut self.entries[index];
        change(&mut entry.value);
        let bytes = entry.value.weight();
        self.bytes = self.bytes - entry.bytes + bytes;
        (entry.revision, entry.bytes) = (revision, bytes);
        self.evict();
        true
    }

    pub(super) fn get(&self, id: u64) -> Option<&T> {
        let index = self.entries.binary_search_by_key(&id, |entry| entry.id).ok()?;
        Some(&self.entries[index].value)
    }

    /// The entries that were added or changed after a revision, with their ids.
    pub(super) fn since(&self, revision: u64) -> impl Iterator<Item = (u64, &T)> {
        self.entries.iter().filter(move |entry| entry.revision > revision).map(|entry| (entry.id, &entry.value))
    }

    /// The id of the oldest entry, and the number of entries that had to go.
    pub(super) fn oldest(&self) -> (Option<u64>, u64) {
        (self.entries.front().map(|entry| entry.id), self.dropped)
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    fn evict(&mut self) {
        while self.entries.len() > MAX_ENTRIES || (self.bytes > MAX_BYTES && self.entries.len() > 1) {
            let Some(entry) = self.entries.pop_front() else { return };
            self.bytes -= entry.bytes;
            self.dropped += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Weighted for usize {
        fn weight(&self) -> usize {
            *self
        }
    }

    fn ids(ring: &Ring<usize>) -> Vec<u64> {
        ring.since(0).map(|(id, _)| id).collect()
    }

    #[test]
    fn the_oldest_entries_go_once_there_are_too_many() {
        let mut ring = Ring::default();
        for id in 1..=502 {
            ring.push(id, id, 1);
        }
        assert_eq!((ids(&ring).len(), ring.oldest()), (MAX_ENTRIES, (Some(3), 2)));
        assert_eq!((ring.get(2), ring.get(3)), (None, Some(&1)));
        assert!(!ring.update(2, 503, |_| {}) && ring.update(3, 503, |value| *value = 2));
        assert_eq!(ring.since(501).collect::<Vec<_>>(), [(3, &2), (502, &1)]);
        ring.clear();
        assert_eq!((ids(&ring), ring.oldest()), (vec![], (None, 0)));
    }

    #[test]
    fn the_oldest_entries_go_once_they_are_too_large_together() {
        let mut ring = Ring::default();
        for id in 1..=3 {
            ring.push(id, id, 0);
        }
        ring.update(2, 4, |value| *value = MAX_BYTES);
        assert_eq!(ids(&ring), [1, 2, 3]);
        ring.update(3, 5, |value| *value = 1);
        assert_eq!(ids(&ring), [3]);
        ring.push(4, 6, 2 * MAX_BYTES);
        assert_eq!(ids(&ring), [4], "the newest entry stays");
    }
}
