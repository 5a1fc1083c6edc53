//! The pager: reads the pages of a listing one after another, through all its sublistings.

use std::ops::Range;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::Instant;

use super::next_page_peek::NextPagePeek;
use super::page::Page;
use super::repetition::{SharedSeenPages, SublistingRepeats, repetition_error};
use crate::error::{Error, Kind};
use crate::transport::BoxFuture;

pub(super) type PageFuture<T> = BoxFuture<Result<Page<T>, Error>>;

/// A source of pages.
pub(super) trait PageSource: Send + Sync {
    type Item;

    /// Fetches a page once the future is polled, until then if the deadline is later.
    fn fetch(&self, location: PageLocation, until: Option<Instant>) -> PageFuture<Self::Item>;

    /// Starts to fetch a page in the background. The page is decoded when the future is polled, so that the items of
    /// only one page are in memory.
    fn prefetch(
        &self,
        location: PageLocation,
        until: Option<Instant>,
        peek: Arc<NextPagePeek>,
    ) -> PageFuture<Self::Item>;

    /// Returns the time in which a page must arrive, and in which the next item must.
    fn deadline(&self) -> Duration;

    /// Returns the maximum number of items on a page.
    fn page_size(&self) -> u32;

    /// Returns the identifier of an item, which no other item has.
    fn identity<'a>(&self, item: &'a Self::Item) -> &'a str;
}

/// The location of a page.
#[derive(Debug, Clone)]
pub(super) enum PageLocation {
    /// The first page of a sublisting.
    First(usize),
    /// The page at this URL.
    Url(Arc<str>),
}

/// Reads the pages of a listing in order.
pub(super) struct Pager<T> {
    source: Arc<dyn PageSource<Item = T>>,
    state: State<T>,
    /// The page after the pending one and its URL, if the pending page has arrived but is not decoded yet.
    prefetched: Option<(Arc<str>, PendingPage<T>)>,
    /// The current sublisting and those after it.
    sublistings: Range<usize>,
    reads_ahead: bool,
    /// The URL of the page after the last one that was returned.
    next_page_url: Option<Arc<str>>,
    seen: SharedSeenPages,
    repeats: SublistingRepeats,
    /// The time since when the caller waits for a page with items.
    waiting_since: Option<Instant>,
}

enum State<T> {
    /// The next page is not requested yet.
    Idle(PageLocation),
    Fetching(PendingPage<T>),
    Failed(Error),
    Done,
}

/// A requested page, and the peek at its next page.
struct PendingPage<T> {
    page: PageFuture<T>,
    peek: Arc<NextPagePeek>,
}

impl<T> Pager<T> {
    /// Creates a pager that starts at a page of the first of these sublistings.
    pub(super) fn new(source: Arc<dyn PageSource<Item = T>>, start: PageLocation, sublistings: Range<usize>) -> Self {
        Self {
            source,
            state: State::Idle(start),
            prefetched: None,
            reads_ahead: false,
            next_page_url: None,
            seen: SharedSeenPages::default(),
            repeats: SublistingRepeats::new(&sublistings),
            sublistings,
            waiting_since: None,
        }
    }

    /// Enables or disables fetching the next page while the current one is in use.
    pub(super) fn read_ahead(mut self, reads_ahead: bool) -> Self {
        self.reads_ahead = reads_ahead;
        self
    }

    /// Continues with what another pager of the listing has seen.
    pub(super) fn continue_after(mut self, seen: SharedSeenPages) -> Self {
        self.seen = seen;
        self
    }

    /// Lets the next page have the whole time of the deadline, although the last one had no items.
    pub(super) fn stop_waiting(&mut self) {
        self.waiting_since = None;
    }

    /// Returns the URL of the page after the last one that was returned, in the same sublisting.
    pub(super) fn next_page_url(&self) -> Option<&Arc<str>> {
        self.next_page_url.as_ref()
    }

    /// Returns the next page, or `None` at the end of the listing and after an error.
    pub(super) async fn next_page(&mut self) -> Option<Result<Page<T>, Error>> {
        std::future::poll_fn(|context| self.poll_page(context, None)).await
    }

    /// Polls for the next page, of which the caller will use at most `wanted` items.
    pub(super) fn poll_page(
        &mut self,
        context: &mut Context<'_>,
        wanted: Option<u64>,
    ) -> Poll<Option<Result<Page<T>, Error>>> {
        self.waiting_since.get_or_insert_with(Instant::now);
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Poll::Ready(None),
                State::Failed(error) => return Poll::Ready(Some(Err(error))),
                State::Idle(location) => self.state = self.start_fetching(location),
                State::Fetching(mut pending) => {
                    self.prefetch_after(&pending.peek, wanted);
                    let Poll::Ready(page) = pending.page.as_mut().poll(context) else {
                        self.state = State::Fetching(pending);
                        return Poll::Pending;
                    };
                    let page = page.and_then(|page| self.accept(page));
                    match &page {
                        Err(_) => self.prefetched = None,
                        Ok(page) => {
                            if !page.items.is_empty() {
                                self.waiting_since = None;
                            }
                            let is_enough = wanted.is_some_and(|wanted| page.items.len() as u64 >= wanted);
                            self.state = match self.next_location() {
                                None => State::Done,
                                Some(location) if self.reads_ahead && !is_enough => self.start_fetching(location),
                                Some(location) => State::Idle(location),
                            };
                        }
                    }
                    return Poll::Ready(Some(page));
                }
            }
        }
    }

    /// Returns the location of the next page, which may be the first one of the next sublisting.
    fn next_location(&mut self) -> Option<PageLocation> {
        if let Some(url) = &self.next_page_url {
            return Some(PageLocation::Url(Arc::clone(url)));
        }
        self.sublistings.next();
        (!self.sublistings.is_empty()).then_some(PageLocation::First(self.sublistings.start))
    }

    /// Starts to fetch a page, unless it was already read.
    fn start_fetching(&mut self, location: PageLocation) -> State<T> {
        let prefetched = self.prefetched.take();
        if let PageLocation::Url(url) = &location {
            if !self.seen.lock().insert_url(url) {
                return State::Failed(repetition_error("a page points back to one that was already read"));
            }
            if let Some((_, pending)) = prefetched.filter(|(prefetched_url, _)| prefetched_url == url) {
                return State::Fetching(pending);
            }
        }
        State::Fetching(self.request_page(location))
    }

    /// Prefetches the page after one that has arrived. Decoding that one first would only delay it.
    fn prefetch_after(&mut self, peek: &NextPagePeek, wanted: Option<u64>) {
        let is_wanted = wanted.is_none_or(|wanted| wanted > self.source.page_size().into());
        let is_new = |url: &Arc<str>| !self.seen.lock().contains_url(url);
        if self.prefetched.is_none()
            && is_wanted
            && let Some(url) = peek.next_page_url().filter(|url| is_new(url))
        {
            let pending = self.request_page(PageLocation::Url(Arc::clone(url)));
            self.prefetched = Some((Arc::clone(url), pending));
        }
    }

    fn request_page(&self, location: PageLocation) -> PendingPage<T> {
        let peek = Arc::new(NextPagePeek::default());
        // After a page without items, the next one has only the rest of the time.
        let waiting_since = self.waiting_since.filter(|_| self.seen.lock().pages_without_items() > 0);
        let until = waiting_since.map(|since| since + self.source.deadline());
        let page = if self.reads_ahead {
            self.source.prefetch(location, until, Arc::clone(&peek))
        } else {
            self.source.fetch(location, until)
        };
        PendingPage { page, peek }
    }

    /// Accepts a page unless the listing only repeats, and removes the items that were on an earlier page.
    fn accept(&mut self, mut page: Page<T>) -> Result<Page<T>, Error> {
        let mut seen = self.seen.lock();
        if let Some(url) = &page.meta.url {
            // A next page must not point back to the page's own URL either, which may differ from the requested one.
            seen.insert_url(url);
        }
        // The first and the last item identify a page.
        let ends = page.items.first().zip(page.items.last()).map(|(first, last)| {
            (self.sublistings.start, page.items.len(), self.source.identity(first), self.source.identity(last))
        });
        if !seen.insert_page(ends.as_ref())? {
            page.items.clear();
        }
        let (pages, deadline) = (seen.pages_without_items(), self.source.deadline());
        if pages > 1 && self.waiting_since.is_some_and(|since| since.elapsed() >= deadline) {
            return Err(Error::new(Kind::ListingTimeout { pages, deadline }));
        }
        self.next_page_url = page.next_page_url.as_deref().map(Arc::from);
        page.items.retain(|item| self.repeats.is_new(self.sublistings.start, self.source.identity(item)));
        Ok(page)
    }
}
