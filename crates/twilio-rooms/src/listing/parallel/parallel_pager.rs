//! The parallel pager: reads a listing in time windows, several of them concurrently.

use std::collections::{HashSet, VecDeque};
use std::ops::Range;
use std::sync::Arc;
use std::task::{Context, Poll};

use tokio::time::Instant;

use super::time_range::TimeRange;
use super::window::{Density, UnreadRange, WindowItems, WindowPlan};
use crate::error::{Error, Kind};
use crate::listing::pager::PageSource;
use crate::listing::repetition::{SharedSeenPages, SublistingRepeats};
use crate::transport::BoxFuture;

/// The target length of a window in tenths of a page. A window slightly shorter than two pages rarely needs a third.
const TARGET_TENTHS_OF_PAGES: u64 = 19;
/// The maximum number of windows in memory for each one that is read concurrently: that one, and those that wait for an
/// earlier window.
const WINDOWS_PER_READER: usize = 2;

pub(crate) type WindowFuture<T> = BoxFuture<Result<WindowItems<T>, Error>>;

/// A source of time windows.
pub(crate) trait WindowSource: PageSource {
    /// Returns the time range of the whole listing.
    fn time_range(&self) -> TimeRange;

    /// Starts to read a window of a sublisting in the background, from its first page or the page at a URL.
    ///
    /// `seen` are the pages that were read before that page.
    fn read_window(
        &self,
        sublisting: usize,
        page_url: Option<Arc<str>>,
        seen: SharedSeenPages,
        plan: WindowPlan,
    ) -> WindowFuture<Self::Item>;

    /// Returns the time of creation of an item, in seconds since 1970.
    fn created(&self, item: &Self::Item) -> Option<i64>;
}

/// Reads a listing in windows, and yields them newest first or in the order of their arrival.
///
/// The first window is the whole listing, and is cut off after a page. That page's density of items then determines the
/// length of the following windows. A window that turns out to be too long is cut off as well.
pub(crate) struct ParallelPager<T> {
    source: Arc<dyn WindowSource<Item = T>>,
    settings: ParallelSettings,
    /// The current sublisting and those after it.
    sublistings: Range<usize>,
    /// Newest first.
    windows: VecDeque<Window<T>>,
    /// The density of the last window that was read. It is `None` after an empty window, so that the next window
    /// extends until there are items.
    density: Option<Density>,
    /// The time since when the caller waits for an item, and the number of windows without one.
    waiting_since: Option<Instant>,
    empty_windows: u32,
    /// The items without a time of creation, which can be in several windows.
    undated_items: HashSet<Box<str>>,
    repeats: SublistingRepeats,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct ParallelSettings {
    /// The maximum number of windows that are read concurrently.
    pub(crate) max_concurrent: usize,
    /// Set if newer items come before older ones.
    pub(crate) is_ordered: bool,
    pub(crate) page_size: u32,
}

enum Window<T> {
    Queued(UnreadRange),
    Reading(WindowFuture<T>),
    Read(Result<Vec<T>, Error>),
}

impl ParallelSettings {
    /// Returns the number of items that a window should contain.
    fn target_items(self) -> u64 {
        (u64::from(self.page_size) * TARGET_TENTHS_OF_PAGES / 10).max(1)
    }
}

impl<T> ParallelPager<T> {
    pub(crate) fn new(
        source: Arc<dyn WindowSource<Item = T>>,
        sublistings: Range<usize>,
        settings: ParallelSettings,
    ) -> Self {
        Self {
            windows: VecDeque::from([Window::Queued(UnreadRange::new(source.time_range()))]),
            source,
            settings,
            density: None,
            waiting_since: None,
            empty_windows: 0,
            undated_items: HashSet::new(),
            repeats: SublistingRepeats::new(&sublistings),
            sublistings,
        }
    }

    /// Polls for the items of the next window, of which the caller will use at most `wanted`.
    ///
    /// Returns `None` at the end of the listing and after an error.
    pub(crate) fn poll_items(
        &mut self,
        context: &mut Context<'_>,
        wanted: Option<u64>,
    ) -> Poll<Option<Result<Vec<T>, Error>>> {
        let waiting_since = *self.waiting_since.get_or_insert_with(Instant::now);
        loop {
            self.start_reading(wanted);
            let has_read = self.poll_windows(context);
            match self.take_next_window() {
                Some(Ok(items)) => {
                    let items = self.without_repeats(items);
                    if !items.is_empty() {
                        (self.waiting_since, self.empty_windows) = (None, 0);
                        return Poll::Ready(Some(Ok(items)));
                    }
                    self.empty_windows += 1;
                    let deadline = self.source.deadline();
                    if waiting_since.elapsed() >= deadline {
                        self.windows.clear();
                        self.sublistings.start = self.sublistings.end;
                        let pages = self.empty_windows;
                        return Poll::Ready(Some(Err(Error::new(Kind::ListingTimeout { pages, deadline }))));
                    }
                }
                Some(Err(error)) => {
                    self.windows.clear();
                    self.sublistings = 0..0;
                    return Poll::Ready(Some(Err(error)));
                }
                None if self.windows.is_empty() => {
                    self.sublistings.next();
                    if self.sublistings.is_empty() {
                        return Poll::Ready(None);
                    }
                    self.density = None;
                    self.windows.push_back(Window::Queued(UnreadRange::new(self.source.time_range())));
                }
                None if has_read => {}
                None => return Poll::Pending,
            }
        }
    }

    /// Starts to read queued windows while there is capacity and demand.
    fn start_reading(&mut self, wanted: Option<u64>) {
        while self.has_capacity(wanted)
            && let Some(index) = self.first_queued()
            && let Some(Window::Queued(unread)) = self.windows.get(index)
        {
            let (UnreadRange { range, page_url, is_unordered, seen }, rest) = self.split_to_target(unread);
            let (listing_range, target_items) = (self.source.time_range(), self.settings.target_items());
            let plan = WindowPlan { range, listing_range, target_items, is_unordered };
            self.windows[index] =
                Window::Reading(self.source.read_window(self.sublistings.start, page_url, seen, plan));
            if let Some(rest) = rest {
                self.windows.insert(index + 1, Window::Queued(rest));
            }
        }
    }

    /// Returns the index of the first queued window, unless the listing ends with an error before it.
    fn first_queued(&self) -> Option<usize> {
        let before_error = self.windows.iter().take_while(|window| !matches!(window, Window::Read(Err(_))));
        before_error.enumerate().find_map(|(index, window)| matches!(window, Window::Queued(_)).then_some(index))
    }

    /// Returns `true` if there are neither too many windows nor as many items as the caller wants.
    fn has_capacity(&self, wanted: Option<u64>) -> bool {
        let (mut reading, mut read, mut items) = (0, 0, 0);
        for window in &self.windows {
            match window {
                Window::Queued(_) => {}
                Window::Reading(_) => (reading, items) = (reading + 1, items + self.settings.target_items()),
                Window::Read(result) => {
                    (read, items) = (read + 1, items + result.as_ref().map_or(0, Vec::len) as u64);
                }
            }
        }
        let max_concurrent = self.settings.max_concurrent;
        // All other windows wait for the first one.
        let is_first_queued = matches!(self.windows.front(), Some(Window::Queued(_)));
        let has_demand =
            reading + read < WINDOWS_PER_READER * max_concurrent && wanted.is_none_or(|wanted| items < wanted);
        reading < max_concurrent && (is_first_queued || has_demand)
    }

    /// Splits off the newest part of an unread range that should contain the target number of items.
    ///
    /// Returns the whole range if the density is unknown, or if the rest would be small.
    fn split_to_target(&self, unread: &UnreadRange) -> (UnreadRange, Option<UnreadRange>) {
        let range = unread.range;
        let (Some(density), Some(until), None) = (self.density, range.until, &unread.page_url) else {
            return (unread.clone(), None);
        };
        let seconds = density.seconds_for(self.settings.target_items());
        let time = until.saturating_sub_unsigned(seconds);
        let is_rest_small = range.from.is_some_and(|from| from >= time.saturating_sub_unsigned(seconds / 4));
        // No item is older than 1970: the last window extends to the end of the listing.
        if is_rest_small || time <= 0 {
            return (unread.clone(), None);
        }
        let (newer, older) = range.split_at(time);
        (UnreadRange::new(newer), Some(UnreadRange::new(older)))
    }

    /// Polls the windows that are being read. Returns `true` if one of them is done.
    fn poll_windows(&mut self, context: &mut Context<'_>) -> bool {
        let (mut index, mut has_read) = (0, false);
        while let Some(window) = self.windows.get_mut(index) {
            index += 1;
            let Window::Reading(future) = window else { continue };
            let Poll::Ready(result) = future.as_mut().poll(context) else { continue };
            has_read = true;
            let (items, unread) = match result {
                Ok(WindowItems { items, unread, density }) => {
                    self.density = density;
                    (Ok(items), unread)
                }
                // A single page is not enough to resume from, since other windows are being read.
                Err(error) => (Err(error.with_resume_url(None)), None),
            };
            *window = Window::Read(items);
            if let Some(unread) = unread {
                self.windows.insert(index, Window::Queued(unread));
            }
        }
        has_read
    }

    /// Removes the window that is to be yielded next, if it was read.
    fn take_next_window(&mut self) -> Option<Result<Vec<T>, Error>> {
        let is_read = |window: &Window<T>| matches!(window, Window::Read(_));
        let index = if self.settings.is_ordered {
            self.windows.front().is_some_and(is_read).then_some(0)
        } else {
            self.windows.iter().position(is_read)
        };
        match self.windows.remove(index?) {
            Some(Window::Read(result)) => Some(result),
            _ => None,
        }
    }

    /// Removes the items that were in an earlier window or sublisting.
    fn without_repeats(&mut self, mut items: Vec<T>) -> Vec<T> {
        items.retain(|item| {
            let identity = self.source.identity(item);
            let is_dated = self.source.created(item).is_some();
            (is_dated || self.undated_items.insert(identity.into()))
                && self.repeats.is_new(self.sublistings.start, identity)
        });
        items
    }
}

#[cfg(test)]
#[path = "parallel_pager_tests.rs"]
mod tests;
