//! A listing that is read in windows of time, several at once.

use std::collections::{HashSet, VecDeque};
use std::ops::Range;
use std::sync::Arc;
use std::task::{Context, Poll};

use crate::beside::Boxed;
use crate::error::Error;
use crate::sequence::{Hashes, Paged, Repeats, circle};
use crate::span::Span;
use crate::window::{Density, Found, Frame, Piece};

/// How many tenths of a page a window should hold. A little less than two pages: so a few more than expected do not need a
/// third.
const TENTHS: u64 = 19;
/// How many windows can be there for each one that is read at the same time: those that are read, and those that wait for
/// one before them.
const READY: usize = 2;

pub(crate) type WindowFuture<T> = Boxed<Result<Found<T>, Error>>;

/// What can be read in windows.
pub(crate) trait Windowed: Paged {
    /// The span of the whole listing.
    fn span(&self) -> Span;

    /// Begins to read a window of a part of the listing, from this page on, which goes on by itself.
    fn window(&self, part: usize, page: Option<String>, frame: Frame) -> WindowFuture<Self::Item>;

    /// When an item was created.
    fn created(&self, item: &Self::Item) -> Option<i64>;
}

/// The windows of a listing, newest first, or as they come.
///
/// The first window is all of it, and is left off after a page. From then on it is known how many items there are in a
/// second, and what is left is cut into windows of the right length; one that turns out to be too long is left off as well.
pub(crate) struct Windows<T> {
    listing: Arc<dyn Windowed<Item = T>>,
    settings: Settings,
    /// The part that is being read, and those after it.
    parts: Range<usize>,
    /// Newest first.
    slots: VecDeque<Slot<T>>,
    /// That of the last window that was read; not known after one with nothing in it, so that the next one looks as far as
    /// there is something.
    density: Option<Density>,
    /// The URLs of the pages that windows have begun with.
    visited: Hashes,
    /// What has no time, and so can come in several windows.
    timeless: HashSet<Box<str>>,
    repeats: Repeats,
}

/// How windows are read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    /// How many at once.
    pub(crate) at_once: usize,
    /// Whether newer items come before older ones.
    pub(crate) in_order: bool,
    pub(crate) page_size: u32,
}

enum Slot<T> {
    Waiting(Piece),
    Reading(WindowFuture<T>),
    Done(Result<Vec<T>, Error>),
}

impl Settings {
    /// How many items a window should hold.
    fn target(self) -> u64 {
        (u64::from(self.page_size) * TENTHS / 10).max(1)
    }
}

impl<T> Windows<T> {
    /// The windows of these parts of the listing.
    pub(crate) fn new(listing: Arc<dyn Windowed<Item = T>>, parts: Range<usize>, settings: Settings) -> Self {
        let slots = VecDeque::from([Slot::Waiting(Piece::whole(listing.span()))]);
        let (repeats, visited, timeless) = (Repeats::new(&parts), Hashes::default(), HashSet::new());
        Self { listing, settings, parts, slots, density: None, visited, timeless, repeats }
    }

    /// The items of the next window, of which no more than `wanted` will be used; `None` when the listing is over, or an
    /// error has been given.
    pub(crate) fn poll_page(
        &mut self,
        context: &mut Context<'_>,
        wanted: Option<u64>,
    ) -> Poll<Option<Result<Vec<T>, Error>>> {
        loop {
            self.begin(wanted);
            let has_read = self.read(context);
            match self.take() {
                Some(Ok(items)) => return Poll::Ready(Some(Ok(self.given_once(items)))),
                Some(Err(error)) => {
                    self.slots.clear();
                    self.parts = 0..0;
                    return Poll::Ready(Some(Err(error)));
                }
                None if self.slots.is_empty() => {
                    self.parts.next();
                    if self.parts.is_empty() {
                        return Poll::Ready(None);
                    }
                    self.density = None;
                    self.slots.push_back(Slot::Waiting(Piece::whole(self.listing.span())));
                }
                None if has_read => {}
                None => return Poll::Pending,
            }
        }
    }

    /// Begins to read windows, as long as that is of use.
    fn begin(&mut self, wanted: Option<u64>) {
        while self.has_room(wanted)
            && let Some(index) = self.first_waiting()
            && let Some(Slot::Waiting(piece)) = self.slots.get(index)
        {
            let (Piece { span, page, unordered }, rest) = self.cut(piece);
            let (whole, target) = (self.listing.span(), self.settings.target());
            let frame = Frame { span, whole, target, unordered };
            self.slots[index] = Slot::Reading(self.listing.window(self.parts.start, page, frame));
            if let Some(rest) = rest {
                self.slots.insert(index + 1, Slot::Waiting(rest));
            }
        }
    }

    /// The first window that waits to be read, before the first that could not be: there the listing ends.
    fn first_waiting(&self) -> Option<usize> {
        let before = self.slots.iter().take_while(|slot| !matches!(slot, Slot::Done(Err(_))));
        before.enumerate().find_map(|(index, slot)| matches!(slot, Slot::Waiting(_)).then_some(index))
    }

    /// Whether another window can be begun: there are not too many, and not as many items as will be used.
    fn has_room(&self, wanted: Option<u64>) -> bool {
        let (mut reading, mut done, mut items) = (0, 0, 0);
        for slot in &self.slots {
            match slot {
                Slot::Waiting(_) => {}
                Slot::Reading(_) => (reading, items) = (reading + 1, items + self.settings.target()),
                Slot::Done(found) => {
                    let found = found.as_ref().map_or(0, Vec::len) as u64;
                    (done, items) = (done + 1, items + found);
                }
            }
        }
        let at_once = self.settings.at_once;
        // All others wait for that one.
        let is_next = matches!(self.slots.front(), Some(Slot::Waiting(_)));
        let is_of_use = reading + done < READY * at_once && wanted.is_none_or(|wanted| items < wanted);
        reading < at_once && (is_next || is_of_use)
    }

    /// The newest part of what is left with as many items as a window should hold, and the rest; all of it when that is not
    /// known, or when the rest would be small.
    fn cut(&self, piece: &Piece) -> (Piece, Option<Piece>) {
        let span = piece.span;
        let (Some(density), Some(until), None) = (self.density, span.until, &piece.page) else {
            return (piece.clone(), None);
        };
        let seconds = density.seconds_of(self.settings.target());
        let at = until.saturating_sub_unsigned(seconds);
        let is_rest_small = span.from.is_some_and(|from| from >= at.saturating_sub_unsigned(seconds / 4));
        // There was nothing to list before 1970: let the service say where the end is.
        if is_rest_small || at <= 0 {
            return (piece.clone(), None);
        }
        let (newer, older) = span.split(at);
        (Piece::whole(newer), Some(Piece::whole(older)))
    }

    /// Takes what has been read; whether there is any.
    fn read(&mut self, context: &mut Context<'_>) -> bool {
        let (mut index, mut has_read) = (0, false);
        while let Some(slot) = self.slots.get_mut(index) {
            index += 1;
            let Slot::Reading(window) = slot else { continue };
            let Poll::Ready(found) = window.as_mut().poll(context) else { continue };
            has_read = true;
            let (items, rest) = match found {
                Ok(Found { rest: Some(Piece { page: Some(url), .. }), .. }) if !self.visited.insert(url.as_str()) => {
                    (Err(circle("the next page was read already")), None)
                }
                Ok(Found { items, rest, density }) => {
                    self.density = density;
                    (Ok(items), rest)
                }
                Err(error) => (Err(error.without_resume_url()), None),
            };
            *slot = Slot::Done(items);
            if let Some(rest) = rest {
                self.slots.insert(index, Slot::Waiting(rest));
            }
        }
        has_read
    }

    /// Takes out the window whose turn it is.
    fn take(&mut self) -> Option<Result<Vec<T>, Error>> {
        let is_done = |slot: &Slot<T>| matches!(slot, Slot::Done(_));
        let index = if self.settings.in_order {
            self.slots.front().is_some_and(is_done).then_some(0)
        } else {
            self.slots.iter().position(is_done)
        };
        match self.slots.remove(index?) {
            Some(Slot::Done(found)) => Some(found),
            _ => None,
        }
    }

    /// The items, without those that were given before.
    fn given_once(&mut self, mut items: Vec<T>) -> Vec<T> {
        items.retain(|item| {
            let identity = self.listing.identity(item);
            let has_time = self.listing.created(item).is_some();
            (has_time || self.timeless.insert(identity.into())) && self.repeats.is_new(self.parts.start, identity)
        });
        items
    }
}

#[cfg(test)]
#[path = "windows_tests.rs"]
mod tests;
