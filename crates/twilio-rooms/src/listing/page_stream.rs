//! The stream of the pages of a listing.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::page::Page;
use super::pager::Pager;
use crate::error::Error;

/// A stream of the pages of a listing; created by [`List::pages`](crate::List::pages).
///
/// Read it with [`next`](Self::next), or as a [`Stream`] with the combinators of the `futures` crate. Nothing is
/// requested before the first read. After that, the next page is fetched while the current one is in use, unless
/// [read-ahead is disabled](crate::List::read_ahead). Dropping the stream cancels its requests.
///
/// The stream ends after an error, whose [`resume_url`](Error::resume_url) is the URL of the page that failed.
#[must_use = "a stream does nothing until it is read"]
pub struct Pages<T> {
    source: Source<T>,
    /// The number of items left until the limit.
    remaining: Option<u64>,
}

enum Source<T> {
    Pager(Box<Pager<T>>),
    /// The options are invalid.
    Invalid(Error),
    Done,
}

impl<T> Pages<T> {
    pub(super) fn new(pager: Result<Pager<T>, Error>, limit: Option<u64>) -> Self {
        let source = match pager {
            Ok(pager) => Source::Pager(Box::new(pager)),
            Err(error) => Source::Invalid(error),
        };
        Self { source, remaining: limit }
    }

    /// Returns the next page, or `None` at the end of the listing, at its limit, and after an error.
    pub async fn next(&mut self) -> Option<Result<Page<T>, Error>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<T> Stream for Pages<T> {
    type Item = Result<Page<T>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        if this.remaining == Some(0) {
            this.source = Source::Done;
        }
        let page = match &mut this.source {
            Source::Pager(pager) => {
                let page = ready!(pager.poll_page(context, this.remaining));
                // An empty page is a page, too.
                pager.stop_waiting();
                page
            }
            source => match std::mem::replace(source, Source::Done) {
                Source::Invalid(error) => Some(Err(error)),
                _ => None,
            },
        };
        let page = page.map(|page| {
            page.map(|mut page| {
                if let Some(remaining) = &mut this.remaining {
                    page.items.truncate(usize::try_from(*remaining).unwrap_or(usize::MAX));
                    *remaining -= page.items.len() as u64;
                }
                page
            })
        });
        if !matches!(page, Some(Ok(_))) {
            this.source = Source::Done;
        }
        Poll::Ready(page)
    }
}

impl<T> Unpin for Pages<T> {}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("remaining", &self.remaining).finish_non_exhaustive()
    }
}
