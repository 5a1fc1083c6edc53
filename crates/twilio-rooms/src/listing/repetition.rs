//! Guards against listings that repeat pages or items.

use std::collections::HashSet;
use std::fmt;
use std::hash::{BuildHasher, Hash, RandomState};
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::error::{Error, Kind};

/// Returns the error of a listing that would never end.
pub(super) fn repetition_error(reason: &str) -> Error {
    Error::new(Kind::Paging(format!("the listing repeats: {reason}")))
}

/// The number of consecutive pages that may repeat earlier ones. A page of one item repeats if an item was inserted before it.
const MAX_REPEATED_PAGES: u32 = 3;
/// The number of consecutive pages that may have no new item. A page can be empty although more pages follow.
const MAX_PAGES_WITHOUT_ITEMS: u32 = 64;

/// The pages of a listing that were read so far.
#[derive(Default)]
pub(super) struct SeenPages {
    urls: HashedSet,
    pages: HashedSet,
    repeated_in_a_row: u32,
    without_items_in_a_row: u32,
}

impl SeenPages {
    /// Notes the URL of a page. Returns `false` if it was already noted.
    pub(super) fn insert_url(&mut self, url: &str) -> bool {
        self.urls.insert(url)
    }

    pub(super) fn contains_url(&self, url: &str) -> bool {
        self.urls.contains(url)
    }

    /// Notes a page by its first and last items, or an empty page. Returns `true` if it has new items.
    ///
    /// A repeated page is not an error, but a listing without any more new items is.
    pub(super) fn insert_page(&mut self, page: Option<&impl Hash>) -> Result<bool, Error> {
        let is_new = page.map(|page| self.pages.insert(page));
        self.repeated_in_a_row = if is_new == Some(false) { self.repeated_in_a_row + 1 } else { 0 };
        if is_new == Some(true) {
            self.without_items_in_a_row = 0;
            return Ok(true);
        }
        self.without_items_in_a_row += 1;
        if self.repeated_in_a_row > MAX_REPEATED_PAGES {
            return Err(repetition_error("the service sent the same pages again"));
        }
        if self.without_items_in_a_row > MAX_PAGES_WITHOUT_ITEMS {
            let reason = format!("{} consecutive pages have no new item", self.without_items_in_a_row);
            return Err(Error::new(Kind::Paging(format!("the listing does not end: {reason}"))));
        }
        Ok(false)
    }

    /// Returns the number of pages since the last one with new items.
    pub(super) fn pages_without_items(&self) -> u32 {
        self.without_items_in_a_row
    }
}

/// The pages that were read so far, by the windows of a listing that continue each other.
#[derive(Clone, Default)]
pub(super) struct SharedSeenPages(Arc<Mutex<SeenPages>>);

impl fmt::Debug for SharedSeenPages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SharedSeenPages")
    }
}

impl SharedSeenPages {
    pub(super) fn lock(&self) -> MutexGuard<'_, SeenPages> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A set of values that stores 128 bits of hashes for each, since a listing can have very many pages and items.
#[derive(Default)]
pub(super) struct HashedSet {
    hashers: [RandomState; 2],
    hashes: HashSet<[u64; 2]>,
}

impl HashedSet {
    /// Inserts a value. Returns `false` if the set already contains it.
    pub(super) fn insert(&mut self, value: &(impl Hash + ?Sized)) -> bool {
        let hash = self.hash(value);
        self.hashes.insert(hash)
    }

    pub(super) fn contains(&self, value: &(impl Hash + ?Sized)) -> bool {
        self.hashes.contains(&self.hash(value))
    }

    fn hash(&self, value: &(impl Hash + ?Sized)) -> [u64; 2] {
        self.hashers.each_ref().map(|hasher| hasher.hash_one(value))
    }
}

/// Finds items that a later sublisting repeats, such as a room that ends while the rooms are listed.
///
/// Such items were in the first sublisting before, so only its items are stored.
pub(super) struct SublistingRepeats {
    first_sublisting: Option<(usize, HashedSet)>,
}

impl SublistingRepeats {
    /// Creates a filter for these sublistings.
    pub(super) fn new(sublistings: &Range<usize>) -> Self {
        Self { first_sublisting: (sublistings.len() > 1).then(|| (sublistings.start, HashedSet::default())) }
    }

    /// Returns `true` unless the item was in an earlier sublisting.
    pub(super) fn is_new(&mut self, sublisting: usize, identity: &str) -> bool {
        match &mut self.first_sublisting {
            None => true,
            Some((first, identities)) if *first == sublisting => {
                identities.insert(identity);
                true
            }
            Some((_, identities)) => !identities.contains(identity),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_comes_again_is_no_error_unless_nothing_new_comes() -> Result<(), Error> {
        let mut seen = SeenPages::default();
        for page in 0..5 {
            assert!(seen.insert_page(Some(&page))?);
            assert!(!seen.insert_page(Some(&page))?, "an item was inserted meanwhile");
        }
        for page in 1..=2 {
            assert!(!seen.insert_page(Some(&page))?);
        }
        assert!(seen.insert_page(Some(&3)).is_err_and(|error| error.is_paging()));
        Ok(())
    }

    #[test]
    fn the_number_of_empty_pages_in_a_row_is_limited() -> Result<(), Error> {
        let mut seen = SeenPages::default();
        for page in 0..2 {
            for empty in 0..MAX_PAGES_WITHOUT_ITEMS {
                assert_eq!(seen.pages_without_items(), empty);
                assert!(!seen.insert_page(None::<&u8>)?);
            }
            assert!(seen.insert_page(Some(&page))?);
        }
        for _ in 0..MAX_PAGES_WITHOUT_ITEMS {
            seen.insert_page(None::<&u8>)?;
        }
        assert!(seen.insert_page(None::<&u8>).is_err_and(|error| error.is_paging()));
        Ok(())
    }
}
