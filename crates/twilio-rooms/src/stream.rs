//! Everything of a listing, one after another.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec::IntoIter;

use futures_core::Stream;

use crate::error::Error;
use crate::sequence::Sequence;
use crate::windows::Windows;

/// A stream of everything in a listing, across its pages.
///
/// Read it with [`next`](Self::next), or as a [`Stream`] with the combinators of the `futures` crate. Nothing is requested
/// before it is read; then the next page is, while one is used, unless that was [turned off](crate::List::read_ahead). What is
/// under way is cancelled when the stream is dropped.
///
/// After an error the stream is over; what came before it is complete and in order.
#[must_use = "a stream does nothing until it is read"]
pub struct Items<T> {
    pages: Pages<T>,
    /// What is left of the one that is being given.
    page: IntoIter<T>,
    /// How many items may still be given, when there is a limit.
    remaining: Option<u64>,
    is_over: bool,
}

/// Where the items come from.
pub(crate) enum Pages<T> {
    /// One page after another, each at the URL that the one before it has named.
    Sequence(Sequence<T>),
    /// Spans of time, several at once.
    Windows(Windows<T>),
    /// Nowhere: something was chosen that cannot be.
    Invalid(Option<Error>),
}

impl<T> Items<T> {
    pub(crate) fn new(pages: Pages<T>, limit: Option<u64>) -> Self {
        Self { pages, page: Vec::new().into_iter(), remaining: limit, is_over: false }
    }

    /// The next item; `None` when the listing is over, its limit is reached, or an error has been given.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The URL of the page after the one that is being read, to resume the listing from; `None` before the first page has
    /// come, on the last, and when the listing is read [in parallel](crate::List::parallel).
    #[must_use]
    pub fn next_page_url(&self) -> Option<&str> {
        match &self.pages {
            Pages::Sequence(sequence) if !self.is_over => sequence.next_page_url(),
            _ => None,
        }
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Vec<T>, Error>>> {
        match &mut self.pages {
            Pages::Sequence(sequence) => sequence.poll_page(context, self.remaining),
            Pages::Windows(windows) => windows.poll_page(context, self.remaining),
            Pages::Invalid(error) => Poll::Ready(error.take().map(Err)),
        }
    }
}

impl<T> Stream for Items<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if this.is_over || this.remaining == Some(0) {
                return Poll::Ready(None);
            }
            if let Some(item) = this.page.next() {
                this.remaining = this.remaining.map(|remaining| remaining - 1);
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(this.poll_page(context)) {
                Some(Ok(items)) => this.page = items.into_iter(),
                Some(Err(error)) => {
                    this.is_over = true;
                    return Poll::Ready(Some(Err(error)));
                }
                None => this.is_over = true,
            }
        }
    }
}

impl<T> Unpin for Items<T> {}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Items");
        debug.field("next", &self.next_page_url()).field("remaining", &self.remaining).finish_non_exhaustive()
    }
}
