//! The pages of a listing, one after another, through all its parts.

use std::collections::HashSet;
use std::hash::{BuildHasher, Hash, RandomState};
use std::ops::Range;
use std::sync::Arc;
use std::task::{Context, Poll};

use crate::beside::Boxed;
use crate::error::{Error, Kind};
use crate::hint::Hint;
use crate::page::Page;

pub(crate) type PageFuture<T> = Boxed<Result<Page<T>, Error>>;

/// What can be listed: how its pages are read.
pub(crate) trait Paged: Send + Sync {
    type Item;

    /// Reads a page when it is waited for.
    fn page(&self, at: At) -> PageFuture<Self::Item>;

    /// Begins to read a page, which comes by itself, and is decoded when it is waited for: so there is one page of items at a
    /// time.
    fn page_ahead(&self, at: At, hint: Hint) -> PageFuture<Self::Item>;

    /// How many items a page holds at most.
    fn page_size(&self) -> u32;

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

/// The pages of a listing, in their order.
pub(crate) struct Sequence<T> {
    listing: Arc<dyn Paged<Item = T>>,
    state: State<T>,
    /// The page after the one that is being read, and its URL, when that could be seen already.
    early: Option<(String, Reading<T>)>,
    /// The part that is being read, and those after it.
    parts: Range<usize>,
    reads_ahead: bool,
    /// The URL of the page after the one that was given.
    next: Option<String>,
    /// The URLs that have been read.
    visited: Hashes,
    /// The pages that have come.
    seen: Hashes,
    repeats: Repeats,
}

enum State<T> {
    Waiting(At),
    Reading(Reading<T>),
    Failed(Error),
    Over,
}

/// A page that is being read, and what can be seen of it as soon as it has come.
struct Reading<T> {
    page: PageFuture<T>,
    hint: Hint,
}

impl<T> Sequence<T> {
    /// The pages from `start` on, which is in the first of these parts of the listing.
    pub(crate) fn new(listing: Arc<dyn Paged<Item = T>>, start: At, parts: Range<usize>) -> Self {
        Self {
            listing,
            state: State::Waiting(start),
            early: None,
            reads_ahead: false,
            next: None,
            visited: Hashes::default(),
            seen: Hashes::default(),
            repeats: Repeats::new(&parts),
            parts,
        }
    }

    /// Lets the next page be read while the one before it is used.
    pub(crate) fn read_ahead(mut self, reads_ahead: bool) -> Self {
        self.reads_ahead = reads_ahead;
        self
    }

    /// The URL of the page after the one that was given, in the same part.
    pub(crate) fn next_page_url(&self) -> Option<&str> {
        self.next.as_deref()
    }

    /// The items of the next page; `None` when the listing is over, or an error has been given.
    pub(crate) async fn next_page(&mut self) -> Option<Result<Vec<T>, Error>> {
        std::future::poll_fn(|context| self.poll_page(context, None)).await
    }

    /// As [`next_page`](Self::next_page), of which no more than `wanted` items will be used.
    pub(crate) fn poll_page(
        &mut self,
        context: &mut Context<'_>,
        wanted: Option<u64>,
    ) -> Poll<Option<Result<Vec<T>, Error>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Over) {
                State::Over => return Poll::Ready(None),
                State::Failed(error) => return Poll::Ready(Some(Err(error))),
                State::Waiting(at) => self.state = self.begin(at),
                State::Reading(mut reading) => {
                    self.begin_early(&reading.hint, wanted);
                    let Poll::Ready(page) = reading.page.as_mut().poll(context) else {
                        self.state = State::Reading(reading);
                        return Poll::Pending;
                    };
                    let items = page.and_then(|page| self.accept(page));
                    match &items {
                        Err(_) => self.early = None,
                        Ok(items) => {
                            let is_enough = wanted.is_some_and(|wanted| items.len() as u64 >= wanted);
                            self.state = match self.following() {
                                None => State::Over,
                                Some(at) if self.reads_ahead && !is_enough => self.begin(at),
                                Some(at) => State::Waiting(at),
                            };
                        }
                    }
                    return Poll::Ready(Some(items));
                }
            }
        }
    }

    /// What comes after the page that was given: the next page, the first one of the next part, or nothing.
    fn following(&mut self) -> Option<At> {
        if let Some(url) = &self.next {
            return Some(At::Url(url.clone()));
        }
        self.parts.next();
        (!self.parts.is_empty()).then_some(At::First(self.parts.start))
    }

    /// Begins to read a page, unless it has been read before.
    fn begin(&mut self, at: At) -> State<T> {
        let early = self.early.take();
        if let At::Url(url) = &at {
            if !self.visited.insert(url.as_str()) {
                return State::Failed(circle("the next page was read already"));
            }
            if let Some((_, reading)) = early.filter(|(early, _)| early == url) {
                return State::Reading(reading);
            }
        }
        State::Reading(self.reading(at))
    }

    /// Begins to read the page after one that has come, before that is decoded: that would only delay it.
    fn begin_early(&mut self, hint: &Hint, wanted: Option<u64>) {
        let is_of_use = wanted.is_none_or(|wanted| wanted > self.listing.page_size().into());
        if let Some(url) = hint.next_page_url()
            && self.early.is_none()
            && is_of_use
            && !self.visited.has(url)
        {
            self.early = Some((url.to_owned(), self.reading(At::Url(url.to_owned()))));
        }
    }

    fn reading(&self, at: At) -> Reading<T> {
        let hint = Hint::default();
        let page = if self.reads_ahead { self.listing.page_ahead(at, hint.clone()) } else { self.listing.page(at) };
        Reading { page, hint }
    }

    /// Takes a page that has come, unless it is one that came before.
    fn accept(&mut self, page: Page<T>) -> Result<Vec<T>, Error> {
        if let Some(url) = &page.meta.url {
            // What the page calls itself is where the listing must not go again, too.
            self.visited.insert(url.as_str());
        }
        let Page { mut items, next, .. } = page;
        // What a page begins and ends with tells it from all others.
        let ends = items.first().zip(items.last()).map(|(first, last)| {
            (self.parts.start, items.len(), self.listing.identity(first), self.listing.identity(last))
        });
        if ends.is_some_and(|ends| !self.seen.insert(&ends)) {
            return Err(circle("a page came again"));
        }
        self.next = next;
        items.retain(|item| self.repeats.is_new(self.parts.start, self.listing.identity(item)));
        Ok(items)
    }
}

pub(crate) fn circle(why: &str) -> Error {
    Error::new(Kind::Paging(format!("the listing runs in a circle: {why}")))
}

/// What was given in the first part of a listing: what changes meanwhile comes again in another one.
pub(crate) struct Repeats {
    first_part: Option<(usize, HashSet<Box<str>>)>,
}

impl Repeats {
    /// Of a listing with these parts.
    pub(crate) fn new(parts: &Range<usize>) -> Self {
        Self { first_part: (parts.len() > 1).then(|| (parts.start, HashSet::new())) }
    }

    /// Whether this was not given before, in another part.
    pub(crate) fn is_new(&mut self, part: usize, identity: &str) -> bool {
        match &mut self.first_part {
            None => true,
            Some((first, given)) if *first == part => {
                given.insert(identity.into());
                true
            }
            Some((_, given)) => !given.contains(identity),
        }
    }
}

/// What has been met, as 128 bits each: a listing can have very many pages.
#[derive(Default)]
pub(crate) struct Hashes {
    hashers: [RandomState; 2],
    met: HashSet<[u64; 2]>,
}

impl Hashes {
    /// Whether the value is a new one.
    pub(crate) fn insert(&mut self, value: &(impl Hash + ?Sized)) -> bool {
        let hashes = self.hashes(value);
        self.met.insert(hashes)
    }

    /// Whether the value was met.
    fn has(&self, value: &(impl Hash + ?Sized)) -> bool {
        self.met.contains(&self.hashes(value))
    }

    fn hashes(&self, value: &(impl Hash + ?Sized)) -> [u64; 2] {
        self.hashers.each_ref().map(|hasher| hasher.hash_one(value))
    }
}
