//! The stream of the items of a listing.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec::IntoIter;

use futures_core::Stream;

use super::pager::Pager;
use super::parallel::ParallelPager;
use crate::error::Error;

/// A stream of all items of a listing, across its pages; created by [`List::stream`](crate::List::stream).
///
/// Read it with [`next`](Self::next), or as a [`Stream`] with the combinators of the `futures` crate. Nothing is
/// requested before the first read. After that, the next page is fetched while the current one is in use, unless
/// [read-ahead is disabled](crate::List::read_ahead). Dropping the stream cancels its requests.
///
/// The stream ends after an error. The items before the error are complete and in order, except in an
/// [unordered](crate::List::unordered) listing.
#[must_use = "a stream does nothing until it is read"]
pub struct Items<T> {
    source: ItemSource<T>,
    /// The rest of the current page.
    page: IntoIter<T>,
    /// The number of items left until the limit.
    remaining: Option<u64>,
    is_done: bool,
}

/// The source of the items.
pub(super) enum ItemSource<T> {
    /// One page after another.
    Pager(Pager<T>),
    /// Time windows, several concurrently.
    Parallel(ParallelPager<T>),
    /// Nothing, since the options are invalid.
    Invalid(Option<Error>),
}

impl<T> Items<T> {
    pub(super) fn new(source: ItemSource<T>, limit: Option<u64>) -> Self {
        Self { source, page: Vec::new().into_iter(), remaining: limit, is_done: false }
    }

    /// Returns the next item, or `None` at the end of the listing, at its limit, and after an error.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Returns the URL of the page after the current one, to [resume](crate::List::resume) the listing from.
    ///
    /// It is `None` before the first page has arrived, on the last page, and in a [parallel](crate::List::parallel)
    /// listing.
    #[must_use]
    pub fn next_page_url(&self) -> Option<&str> {
        match &self.source {
            ItemSource::Pager(pager) if !self.is_done => pager.next_page_url().map(|url| &**url),
            _ => None,
        }
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Vec<T>, Error>>> {
        match &mut self.source {
            ItemSource::Pager(pager) => {
                let page = ready!(pager.poll_page(context, self.remaining));
                Poll::Ready(page.map(|page| page.map(|page| page.items)))
            }
            ItemSource::Parallel(pager) => pager.poll_items(context, self.remaining),
            ItemSource::Invalid(error) => Poll::Ready(error.take().map(Err)),
        }
    }
}

impl<T> Stream for Items<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if this.is_done || this.remaining == Some(0) {
                return Poll::Ready(None);
            }
            if let Some(item) = this.page.next() {
                this.remaining = this.remaining.map(|remaining| remaining - 1);
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(this.poll_page(context)) {
                Some(Ok(items)) => this.page = items.into_iter(),
                Some(Err(error)) => {
                    this.is_done = true;
                    return Poll::Ready(Some(Err(error)));
                }
                None => this.is_done = true,
            }
        }
    }
}

impl<T> Unpin for Items<T> {}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Items");
        debug.field("next_page_url", &self.next_page_url()).field("remaining", &self.remaining).finish_non_exhaustive()
    }
}
