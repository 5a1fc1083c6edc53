//! Listings as iterators.

use std::time::Duration;

use super::Blocking;
use super::delegate::blocking_setters;
use crate::{
    DateFiltered, DateOrInstant, Error, Page, Participant, ParticipantStatus, Recording, RecordingStatus, Resource,
    Response, Retry, Room, RoomStatus,
};

/// Settings of listings.
impl<T: Resource> Blocking<crate::List<T>> {
    blocking_setters! { List:
        page_size(page_size: u32);
        limit(limit: u64);
        resume(next_page_url: impl Into<String>);
        read_ahead(read_ahead: bool);
        deadline(deadline: Duration);
        timeout(timeout: Duration);
        retry(retry: Retry);
    }
}

/// Settings of listings of what has a time.
impl<T: DateFiltered> Blocking<crate::List<T>> {
    blocking_setters! { List:
        created_on_or_after(when: impl Into<DateOrInstant>);
        created_before(when: impl Into<DateOrInstant>);
        parallel(max_concurrent: u32);
        unordered();
    }
}

/// Settings of listings of rooms.
impl Blocking<crate::List<Room>> {
    blocking_setters! { List:
        status(status: impl Into<RoomStatus>);
        any_status();
        unique_name(unique_name: impl Into<String>);
    }
}

/// Settings of listings of participants.
impl Blocking<crate::List<Participant>> {
    blocking_setters! { List:
        status(status: impl Into<ParticipantStatus>);
        identity(identity: impl Into<String>);
    }
}

/// Settings of listings of recordings.
impl Blocking<crate::List<Recording>> {
    blocking_setters! { List:
        status(status: impl Into<RecordingStatus>);
        source(track_sid: impl AsRef<str>);
    }
}

/// Reading listings.
impl<T: Resource> Blocking<crate::List<T>> {
    /// Reads one page; see [`List::send`](crate::List::send). Blocks the thread.
    ///
    /// # Errors
    ///
    /// As the async method, or this is called within a tokio runtime ([`Error::is_invalid_request`]).
    pub fn send(self) -> Result<Page<T>, Error> {
        self.runtime.run(self.inner.send())
    }

    /// Reads one page and returns it with the status and headers of its response. Blocks the thread.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send).
    pub fn response(self) -> Result<Response<Page<T>>, Error> {
        self.runtime.run(self.inner.response())
    }

    /// Collects all matching items, across all pages, in a `Vec`; see [`List::collect`](crate::List::collect). Blocks the thread.
    ///
    /// # Errors
    ///
    /// As the async method, or this is called within a tokio runtime ([`Error::is_invalid_request`]).
    pub fn collect(self) -> Result<Vec<T>, Error> {
        self.runtime.run(self.inner.collect())
    }

    /// Iterates over all matching items, across all pages; see [`List::stream`](crate::List::stream). Nothing is sent until the
    /// iterator is read, which blocks the thread.
    ///
    /// ```no_run
    /// # fn example(client: twilio_rooms::blocking::Client) -> Result<(), twilio_rooms::Error> {
    /// for room in client.rooms().list().any_status().stream() {
    ///     println!("{}", room?.sid);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn stream(self) -> Items<T> {
        Items { items: self.map(crate::List::stream), is_done: false }
    }

    /// Iterates over all pages; see [`List::pages`](crate::List::pages). Nothing is sent until the iterator is read, which
    /// blocks the thread.
    pub fn pages(self) -> Pages<T> {
        Pages { pages: self.map(crate::List::pages), is_done: false }
    }
}

impl<T: Resource> IntoIterator for Blocking<crate::List<T>> {
    type Item = Result<T, Error>;
    type IntoIter = Items<T>;

    fn into_iter(self) -> Items<T> {
        self.stream()
    }
}

/// An iterator over all items of a listing, across its pages; created by [`List::stream`](Blocking::stream).
///
/// It ends after an error; see [`Items`](crate::Items).
#[derive(Debug)]
#[must_use = "an iterator does nothing until it is read"]
pub struct Items<T> {
    items: Blocking<crate::Items<T>>,
    is_done: bool,
}

impl<T> Items<T> {
    /// Returns the URL of the page after the current one; see [`Items::next_page_url`](crate::Items::next_page_url).
    #[must_use]
    pub fn next_page_url(&self) -> Option<&str> {
        self.items.inner.next_page_url()
    }
}

impl<T> Iterator for Items<T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let Blocking { inner, runtime } = &mut self.items;
        next(&mut self.is_done, || runtime.run(async { Ok(inner.next().await) }))
    }
}

/// An iterator over the pages of a listing; created by [`List::pages`](Blocking::pages).
///
/// It ends after an error; see [`Pages`](crate::Pages).
#[derive(Debug)]
#[must_use = "an iterator does nothing until it is read"]
pub struct Pages<T> {
    pages: Blocking<crate::Pages<T>>,
    is_done: bool,
}

impl<T> Iterator for Pages<T> {
    type Item = Result<Page<T>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let Blocking { inner, runtime } = &mut self.pages;
        next(&mut self.is_done, || runtime.run(async { Ok(inner.next().await) }))
    }
}

/// Reads the next item. After an error there is none, even if nothing was sent.
fn next<T>(
    is_done: &mut bool,
    read: impl FnOnce() -> Result<Option<Result<T, Error>>, Error>,
) -> Option<Result<T, Error>> {
    if *is_done {
        return None;
    }
    let next = read().unwrap_or_else(|error| Some(Err(error)));
    *is_done = !matches!(next, Some(Ok(_)));
    next
}
