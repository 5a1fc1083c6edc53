//! The pager: reads the pages of a listing one after another, through all its sublistings.

use std::ops::Range;
use std::sync::Arc;
use std::task::{Context, Poll};

use super::next_page_peek::NextPagePeek;
use super::page::Page;
use super::repetition::{HashedSet, SublistingRepeats, repetition_error};
use crate::error::Error;
use crate::transport::BoxFuture;

pub(super) type PageFuture<T> = BoxFuture<Result<Page<T>, Error>>;

/// A source of pages.
pub(super) trait PageSource: Send + Sync {
    type Item;

    /// Fetches a page once the future is polled.
    fn fetch(&self, location: PageLocation) -> PageFuture<Self::Item>;

    /// Starts to fetch a page in the background. The page is decoded when the future is polled, so that the items of
    /// only one page are in memory.
    fn prefetch(&self, location: PageLocation, peek: Arc<NextPagePeek>) -> PageFuture<Self::Item>;

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
    visited_urls: HashedSet,
    seen_pages: HashedSet,
    repeats: SublistingRepeats,
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
            visited_urls: HashedSet::default(),
            seen_pages: HashedSet::default(),
            repeats: SublistingRepeats::new(&sublistings),
            sublistings,
        }
    }

    /// Enables or disables fetching the next page while the current one is in use.
    pub(super) fn read_ahead(mut self, reads_ahead: bool) -> Self {
        self.reads_ahead = reads_ahead;
        self
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
            if !self.visited_urls.insert(&**url) {
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
        if let Some(url) = peek.next_page_url()
            && self.prefetched.is_none()
            && is_wanted
            && !self.visited_urls.contains(&**url)
        {
            let pending = self.request_page(PageLocation::Url(Arc::clone(url)));
            self.prefetched = Some((Arc::clone(url), pending));
        }
    }

    fn request_page(&self, location: PageLocation) -> PendingPage<T> {
        let peek = Arc::new(NextPagePeek::default());
        let page = if self.reads_ahead {
            self.source.prefetch(location, Arc::clone(&peek))
        } else {
            self.source.fetch(location)
        };
        PendingPage { page, peek }
    }

    /// Accepts a page unless it is a repetition, and removes the items that were in an earlier sublisting.
    fn accept(&mut self, mut page: Page<T>) -> Result<Page<T>, Error> {
        if let Some(url) = &page.meta.url {
            // A next page must not point back to the page's own URL either, which may differ from the requested one.
            self.visited_urls.insert(url.as_str());
        }
        // The first and the last item identify a page.
        let ends = page.items.first().zip(page.items.last()).map(|(first, last)| {
            (self.sublistings.start, page.items.len(), self.source.identity(first), self.source.identity(last))
        });
        if ends.is_some_and(|ends| !self.seen_pages.insert(&ends)) {
            return Err(repetition_error("the service sent the same page again"));
        }
        self.next_page_url = page.next_page_url.as_deref().map(Arc::from);
        page.items.retain(|item| self.repeats.is_new(self.sublistings.start, self.source.identity(item)));
        Ok(page)
    }
}
