//! Listings that can be filtered by the time of creation, and so be read in parallel.

use super::date_filter::DateFiltered;
use super::date_or_instant::DateOrInstant;
use super::list::{List, Parallel};
use super::parallel::ParallelPager;

/// Listings that can be filtered by the time of creation: rooms, participants (by the time they joined) and recordings.
impl<T: DateFiltered> List<T> {
    /// Lists only the items that were created on or after this date or instant.
    pub fn created_on_or_after(mut self, when: impl Into<DateOrInstant>) -> Self {
        T::date_filters(&mut self.query).on_or_after = Some(when.into());
        self
    }

    /// Lists only the items that were created before this date or instant, which is excluded.
    pub fn created_before(mut self, when: impl Into<DateOrInstant>) -> Self {
        T::date_filters(&mut self.query).before = Some(when.into());
        self
    }

    /// Reads up to this many time windows of the listing concurrently, from 1 to 64. By default pages are read one
    /// after another.
    ///
    /// [`stream`](Self::stream) and [`collect`](Self::collect) then yield the same items in the same order, for a few
    /// more requests, and several times as fast if latency dominates. Each window is sized to hold about two pages. Up
    /// to twice as many windows as are read concurrently are in memory. The client's limit of concurrent requests, its
    /// retries and its pause after 429 apply to these requests as well.
    ///
    /// The service must list the newest items first and filter by time to the second; otherwise items could be missed.
    /// A window that turns out to be unordered is read page by page, and so is a [resumed](Self::resume) listing.
    /// [`send`](Self::send) ignores this setting, and [`pages`](Self::pages) rejects it.
    ///
    /// After an error there is no URL to resume from. To continue an ordered listing of one status, list the items
    /// created up to the time of the last one that it yielded. Any other listing has to start over.
    pub fn parallel(mut self, max_concurrent: u32) -> Self {
        self.parallel = Some(Parallel {
            max_concurrent,
            start: |fetcher, sublistings, settings| ParallelPager::new(fetcher, sublistings, settings),
        });
        self
    }

    /// Yields the items of a [parallel](Self::parallel) listing in the order of their arrival, instead of the newest
    /// first, so that no item waits for a newer one.
    pub fn unordered(mut self) -> Self {
        self.is_ordered = false;
        self
    }
}
