//! Guards against listings that repeat pages or items.

use std::collections::HashSet;
use std::hash::{BuildHasher, Hash, RandomState};
use std::ops::Range;

use crate::error::{Error, Kind};

/// Returns the error of a listing that would never end.
pub(super) fn repetition_error(reason: &str) -> Error {
    Error::new(Kind::Paging(format!("the listing repeats: {reason}")))
}

/// A set of values that stores 128 bits of hashes for each, since a listing can have very many pages.
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

/// Finds items that come again in a later sublisting, such as a room that ends while the rooms are listed.
///
/// Such items were in the first sublisting before, so only its items are stored.
pub(super) struct SublistingRepeats {
    first_sublisting: Option<(usize, HashSet<Box<str>>)>,
}

impl SublistingRepeats {
    /// Creates a filter for these sublistings.
    pub(super) fn new(sublistings: &Range<usize>) -> Self {
        Self { first_sublisting: (sublistings.len() > 1).then(|| (sublistings.start, HashSet::new())) }
    }

    /// Returns `true` unless the item was in an earlier sublisting.
    pub(super) fn is_new(&mut self, sublisting: usize, identity: &str) -> bool {
        match &mut self.first_sublisting {
            None => true,
            Some((first, identities)) if *first == sublisting => {
                identities.insert(identity.into());
                true
            }
            Some((_, identities)) => !identities.contains(identity),
        }
    }
}
