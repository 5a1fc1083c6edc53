//! A window: a time range of a listing, whose pages are read one after another.

use std::sync::Arc;

use super::time_range::TimeRange;
use crate::error::Error;
use crate::listing::pager::Pager;
use crate::listing::repetition::SharedSeenPages;

/// The maximum number of pages of a window that are read before its items are yielded.
const MAX_PAGES: usize = 4;

/// A part of a listing that is still to be read.
#[derive(Debug, Clone)]
pub(super) struct UnreadRange {
    pub(super) range: TimeRange,
    /// The URL of the page to start with, unless that is the first page of the range.
    pub(super) page_url: Option<Arc<str>>,
    /// Set if an item before that page was out of order, so that the following times cannot be predicted.
    pub(super) is_unordered: bool,
    /// The pages before that page.
    pub(super) seen: SharedSeenPages,
}

impl UnreadRange {
    /// A range of which no page was read.
    pub(super) fn new(range: TimeRange) -> Self {
        Self { range, page_url: None, is_unordered: false, seen: SharedSeenPages::default() }
    }
}

/// The result of reading a window.
#[derive(Debug)]
pub(crate) struct WindowItems<T> {
    /// Newest first.
    pub(super) items: Vec<T>,
    /// The rest of the window, if it contained too many items.
    pub(super) unread: Option<UnreadRange>,
    pub(super) density: Option<Density>,
}

/// The number of items in a number of seconds. Neither is 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct Density {
    items: u64,
    seconds: u64,
}

impl Density {
    /// Returns the density of items between two times, or `None` if there are no items.
    fn between(items: usize, newest: i64, oldest: i64) -> Option<Self> {
        let items = u64::try_from(items).ok().filter(|items| *items > 0)?;
        Some(Self { items, seconds: newest.abs_diff(oldest).max(1) })
    }

    /// Returns the expected number of seconds that contain this many items.
    pub(super) fn seconds_for(self, items: u64) -> u64 {
        items.saturating_mul(self.seconds).div_ceil(self.items)
    }
}

/// The plan for reading a window.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WindowPlan {
    pub(crate) range: TimeRange,
    /// The time range of the whole listing.
    pub(crate) listing_range: TimeRange,
    /// The number of items that a window should contain.
    pub(crate) target_items: u64,
    /// Set if an earlier item was out of order.
    pub(crate) is_unordered: bool,
}

/// Reads the pages of a window. The pager may also return items from just outside of the window, which are dropped.
///
/// Reading stops as soon as more than another window's worth of items is to come; the rest of the range is then
/// returned as unread. That takes ordered items and more than one second. Otherwise reading stops after a few pages,
/// and the unread range starts at the next page.
pub(crate) async fn read_window<T>(
    pager: Pager<T>,
    seen: SharedSeenPages,
    plan: WindowPlan,
    created: impl Fn(&T) -> Option<i64>,
) -> Result<WindowItems<T>, Error> {
    let WindowPlan { mut range, listing_range, is_unordered, .. } = plan;
    let mut pager = pager.continue_after(seen.clone());
    let mut progress = WindowProgress { is_unordered, ..WindowProgress::default() };
    let (mut items, mut unread, mut page_count) = (Vec::new(), None, 0);
    while let Some(page) = pager.next_page().await {
        let page = page?;
        for item in &page.items {
            progress.add(created(item));
        }
        items.extend(page.items);
        page_count += 1;
        let Some(next_page_url) = pager.next_page_url() else { continue };
        if let Some(time) = progress.split_time(plan) {
            let (newer, older) = range.split_at(time);
            (range, unread) = (newer, Some(UnreadRange::new(older)));
            break;
        }
        if page_count == MAX_PAGES {
            let page_url = Some(Arc::clone(next_page_url));
            unread = Some(UnreadRange { range, page_url, is_unordered: progress.is_unordered, seen });
            break;
        }
    }
    // An item without a time may belong to any window.
    items.retain(|item| created(item).is_none_or(|time| range.contains(time, listing_range)));
    let density = if unread.as_ref().is_some_and(|unread| unread.page_url.is_some()) {
        progress.density()
    } else {
        let newest = range.until.or(progress.newest);
        let oldest = range.from.or(progress.oldest);
        newest.zip(oldest).and_then(|(newest, oldest)| Density::between(items.len(), newest, oldest))
    };
    Ok(WindowItems { items, unread, density })
}

/// The times of the items of a window that were read so far.
#[derive(Debug, Default)]
struct WindowProgress {
    items: usize,
    newest: Option<i64>,
    oldest: Option<i64>,
    /// Set if an item has no time or is newer than the one before it.
    is_unordered: bool,
}

impl WindowProgress {
    fn add(&mut self, time: Option<i64>) {
        self.items += 1;
        self.is_unordered |= time.is_none() || self.oldest.is_some_and(|oldest| time > Some(oldest));
        self.newest = self.newest.or(time);
        self.oldest = time.or(self.oldest);
    }

    fn density(&self) -> Option<Density> {
        Density::between(self.items, self.newest?, self.oldest?)
    }

    /// Returns the time at which to split the window if more than another window's worth of items is to come.
    ///
    /// The second of the last item is left to the rest, since the next page may contain more items of that second.
    fn split_time(&self, plan: WindowPlan) -> Option<i64> {
        let (newest, oldest) = (self.newest?, self.oldest?);
        let time = oldest.checked_add(1)?;
        let has_progressed = time <= newest && plan.range.until.is_none_or(|until| time < until);
        if !has_progressed || self.is_unordered {
            return None;
        }
        let window = self.density()?.seconds_for(plan.target_items);
        let is_long = plan.range.from.is_none_or(|from| oldest > from && oldest.abs_diff(from) > window);
        is_long.then_some(time)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(range: TimeRange) -> WindowPlan {
        WindowPlan { range, listing_range: TimeRange::default(), target_items: 4, is_unordered: false }
    }

    fn split_time(times: &[i64], from: Option<i64>, until: Option<i64>) -> Option<i64> {
        let mut progress = WindowProgress::default();
        for time in times {
            progress.add(Some(*time));
        }
        progress.split_time(plan(TimeRange { from, until }))
    }

    #[test]
    fn a_window_is_split_if_more_than_another_one_is_to_come() {
        let tens = [100, 95, 90];
        assert_eq!(split_time(&tens, None, None), Some(91));
        assert_eq!(split_time(&tens, Some(0), Some(200)), Some(91));
        assert_eq!(split_time(&tens, Some(85), None), None, "only a few items are to come");
    }

    #[test]
    fn a_window_is_not_split_without_progress_or_order() {
        assert_eq!(split_time(&[100, 100, 100], None, None), None, "more items of the same second may come");
        assert_eq!(split_time(&[100, 99], None, Some(100)), None, "nothing would be read");
        assert_eq!(split_time(&[90, 100, 80], None, None), None, "the items are unordered");
        assert_eq!(split_time(&[i64::MIN, i64::MIN], None, None), None);
        assert_eq!(split_time(&[i64::MAX, i64::MAX], None, None), None);
        assert_eq!(split_time(&[], None, None), None);
        let mut progress = WindowProgress::default();
        for time in [Some(100), None, Some(90)] {
            progress.add(time);
        }
        assert_eq!(progress.split_time(WindowPlan { target_items: 1, ..plan(TimeRange::default()) }), None);
    }
}
