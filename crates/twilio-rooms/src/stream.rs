//! Everything of a listing, one after another, across its pages.

use std::collections::HashSet;
use std::fmt;
use std::hash::{BuildHasher, Hash, RandomState};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::vec::IntoIter;

use futures_core::Stream;

use crate::error::{Error, Kind};
use crate::page::Page;

pub(crate) type PageFuture<T> = Pin<Box<dyn Future<Output = Result<Page<T>, Error>> + Send>>;

/// What can be listed: how its pages are read.
pub(crate) trait Listing: Send + Sync {
    type Item;

    /// Reads a page.
    fn page(&self, at: At) -> PageFuture<Self::Item>;

    /// How many listings there are to be read one after another.
    fn parts(&self) -> usize {
        1
    }

    /// What tells an item from all others.
    fn identity<'a>(&self, item: &'a Self::Item) -> &'a str;
}

/// Which page to read.
#[derive(Debug, Clone)]
pub(crate) enum At {
    /// The first page of a part.
    First(usize),
    /// The page at this URL.
    Url(String),
}

/// A stream of everything in a listing, across its pages.
///
/// Read it with [`next`](Self::next), or as a [`Stream`] with the combinators of the `futures` crate. Pages are requested
/// when they are needed. After an error the stream is over; what came before it is complete and in order.
#[must_use = "a stream does nothing until it is read"]
pub struct Items<T> {
    listing: Arc<dyn Listing<Item = T>>,
    state: State<T>,
    part: usize,
    /// How many items may still be given, when there is a limit.
    remaining: Option<u64>,
    next: Option<String>,
    /// The URLs that have been read.
    visited: Hashes,
    /// The pages that have come.
    seen: Hashes,
    /// The identities of the first part, when there are more.
    first_part: HashSet<Box<str>>,
}

enum State<T> {
    Start(At),
    Reading(PageFuture<T>),
    Page(IntoIter<T>),
    Over,
}

impl<T> Items<T> {
    /// A stream that begins at `start`, in this part of the listing.
    pub(crate) fn new(listing: Arc<dyn Listing<Item = T>>, start: At, part: usize, limit: Option<u64>) -> Self {
        Self {
            listing,
            state: State::Start(start),
            part,
            remaining: limit,
            next: None,
            visited: Hashes::default(),
            seen: Hashes::default(),
            first_part: HashSet::new(),
        }
    }

    /// The next item; `None` when the listing is over, its limit is reached, or an error has been given.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The URL of the page after the one that is being read, to resume the listing from; `None` before the first page has
    /// come, and on the last.
    #[must_use]
    pub fn next_page_url(&self) -> Option<&str> {
        self.next.as_deref()
    }

    /// What comes after the end of a page: the next page, the next part, or nothing.
    fn after_page(&mut self) -> State<T> {
        match self.next.take() {
            Some(url) => State::Start(At::Url(url)),
            None if self.part + 1 < self.listing.parts() => {
                self.part += 1;
                State::Start(At::First(self.part))
            }
            None => State::Over,
        }
    }

    /// Begins to read a page, unless it has been read before.
    fn read(&mut self, at: At) -> Result<State<T>, Error> {
        if let At::Url(url) = &at
            && !self.visited.insert(url.as_str())
        {
            let message = "the listing runs in a circle: the next page was read already";
            return Err(Error::new(Kind::Paging(message.to_owned())));
        }
        Ok(State::Reading(self.listing.page(at)))
    }

    /// Takes a page that has come, unless it is one that came before.
    fn accept(&mut self, page: Page<T>) -> Result<State<T>, Error> {
        if let Some(url) = &page.meta.url {
            // What the page calls itself is where the listing must not go again, too.
            self.visited.insert(url.as_str());
        }
        let identities: Vec<&str> = page.items.iter().map(|item| self.listing.identity(item)).collect();
        if !identities.is_empty() && !self.seen.insert(&(self.part, identities)) {
            let message = "the listing runs in a circle: a page came again";
            return Err(Error::new(Kind::Paging(message.to_owned())));
        }
        self.next = page.next;
        Ok(State::Page(page.items.into_iter()))
    }

    /// Whether the item was given before, in another part of the listing.
    fn is_repeated(&mut self, item: &T) -> bool {
        if self.listing.parts() == 1 {
            return false;
        }
        let identity = self.listing.identity(item);
        if self.part == 0 {
            self.first_part.insert(identity.into());
            return false;
        }
        self.first_part.contains(identity)
    }
}

impl<T> Stream for Items<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        if this.remaining == Some(0) {
            this.state = State::Over;
        }
        loop {
            match &mut this.state {
                State::Over => return Poll::Ready(None),
                State::Start(at) => {
                    let at = at.clone();
                    match this.read(at) {
                        Ok(state) => this.state = state,
                        Err(error) => {
                            this.state = State::Over;
                            return Poll::Ready(Some(Err(error)));
                        }
                    }
                }
                State::Reading(page) => match ready!(page.as_mut().poll(context)) {
                    Ok(page) => match this.accept(page) {
                        Ok(state) => this.state = state,
                        Err(error) => {
                            this.state = State::Over;
                            return Poll::Ready(Some(Err(error)));
                        }
                    },
                    Err(error) => {
                        this.state = State::Over;
                        return Poll::Ready(Some(Err(error)));
                    }
                },
                State::Page(items) => match items.next() {
                    None => this.state = this.after_page(),
                    Some(item) => {
                        if !this.is_repeated(&item) {
                            this.remaining = this.remaining.map(|remaining| remaining - 1);
                            return Poll::Ready(Some(Ok(item)));
                        }
                    }
                },
            }
        }
    }
}

impl<T> Unpin for Items<T> {}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("next", &self.next).field("remaining", &self.remaining).finish_non_exhaustive()
    }
}

/// What has been met, as 128 bits each: a listing can have very many pages.
#[derive(Default)]
struct Hashes {
    hashers: [RandomState; 2],
    met: HashSet<[u64; 2]>,
}

impl Hashes {
    /// Whether the value is a new one.
    fn insert(&mut self, value: &(impl Hash + ?Sized)) -> bool {
        let hashes = self.hashers.each_ref().map(|hasher| hasher.hash_one(value));
        self.met.insert(hashes)
    }
}
