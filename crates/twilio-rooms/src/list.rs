//! Listings: all resources of a kind that match, page by page.

use std::fmt;
use std::sync::Arc;

use crate::call::Call;
use crate::client::Client;
use crate::created::Created;
use crate::error::Error;
use crate::options::{self, Options};
use crate::page::Page;
use crate::reader::{MAX_PAGE_SIZE, Reader};
use crate::response::Response;
use crate::sequence::{At, Sequence};
use crate::stream::{Items, Pages};
use crate::windows::{Settings, Windows};

/// How many windows can be read at once, at most. The service takes 80 reads a second from an account.
const MAX_PARALLEL: u32 = 64;

/// What can be listed, and how.
pub(crate) trait Listed: Sized + Send + Sync + 'static {
    /// What is listed: of which room, with which filters.
    type Query: Clone + fmt::Debug + Send + Sync + 'static;

    /// Reads a page: the first one of a part, or that at the URL which the call has.
    fn read(
        call: Arc<Call>,
        query: Self::Query,
        first: Option<First>,
    ) -> impl Future<Output = Result<Response<Page<Self>>, Error>> + Send;

    /// What tells one from all others.
    fn identity(&self) -> &str;

    /// How many listings there are to be read one after another.
    fn parts(_query: &Self::Query) -> usize {
        1
    }

    /// Which of them the page at this URL belongs to.
    fn part_of(_url: &str) -> usize {
        0
    }

    /// When it was created, in seconds since 1970; of what can be filtered by that.
    fn created(&self) -> Option<i64> {
        None
    }

    /// The filters of a query by the time of creation, if it can have some.
    fn times(_query: &mut Self::Query) -> Option<&mut Created> {
        None
    }
}

/// The first page of a part of a listing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct First {
    pub(crate) part: usize,
    /// How many resources it may hold.
    pub(crate) page_size: u32,
}

/// A listing of resources: choose what to list, then [`stream`](Self::stream) it, [`collect`](Self::collect) it, or
/// [`send`](Self::send) for one page.
#[derive(Debug, Clone)]
#[must_use = "a listing does nothing until it is sent, streamed or collected"]
#[expect(private_bounds, reason = "what can be listed is for this crate to say")]
pub struct List<T: Listed> {
    client: Client,
    options: Options,
    pub(crate) query: T::Query,
    page_size: Option<u32>,
    resume: Option<String>,
    limit: Option<u64>,
    reads_ahead: bool,
    pub(crate) parallel: Option<u32>,
    pub(crate) in_order: bool,
}

#[expect(private_bounds, reason = "what can be listed is for this crate to say")]
impl<T: Listed> List<T> {
    pub(crate) fn new(client: &Client, query: T::Query) -> Self {
        Self {
            client: client.clone(),
            options: Options::default(),
            query,
            page_size: None,
            resume: None,
            limit: None,
            reads_ahead: true,
            parallel: None,
            in_order: true,
        }
    }

    /// How many resources a page holds at most, from 1 to 1000.
    ///
    /// The default is the largest page that the [`limit`](Self::limit) needs, 1000 without one. The service's own default of
    /// 50 would cost twenty times the requests.
    pub fn page_size(mut self, page_size: u32) -> Self {
        self.page_size = Some(page_size);
        self
    }

    /// How many resources are given at most. By default there is no limit.
    pub fn limit(mut self, limit: u64) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Goes on with an earlier listing from the URL of a page, as [`Page::next`], [`Items::next_page_url`] and, after a
    /// failure, [`Error::resume_url`] give it.
    ///
    /// The URL holds the filters and the page size of that listing; those that are set here do nothing. Of a listing in
    /// several parts, such as that of rooms of [any status](Self::any_status), the parts after that of the URL follow.
    pub fn resume(mut self, next_page_url: impl Into<String>) -> Self {
        self.resume = Some(next_page_url.into());
        self
    }

    /// Whether a stream requests the next page while one is used, which is the default: so who uses the items need not wait
    /// for the network each time that a page ends. There is never more than one page ahead, and none that the
    /// [`limit`](Self::limit) leaves no use for, as far as the page size tells. An error of that page is given when it is its
    /// turn.
    ///
    /// The next page comes while the task that uses this one waits for something else, or keeps the main thread of a runtime
    /// with several. Work that keeps the thread of a runtime from all others keeps it from this as well, and costs the page
    /// nothing of its time.
    ///
    /// Turn it off to request a page only when the one before it is used up, for instance when a stream is often dropped
    /// early.
    pub fn read_ahead(mut self, read_ahead: bool) -> Self {
        self.reads_ahead = read_ahead;
        self
    }

    options::setters!();

    /// Reads one page; no more of it than the [`limit`](Self::limit), if there is one.
    ///
    /// # Errors
    ///
    /// When a value is out of its range, which is found before anything is sent, and when there is no answer or one that
    /// says so. See [`Error`].
    pub async fn send(self) -> Result<Page<T>, Error> {
        self.response().await.map(Response::into_value)
    }

    /// Reads one page, and gives the status and headers of the answer beside it.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send).
    pub async fn response(self) -> Result<Response<Page<T>>, Error> {
        if T::parts(&self.query) > 1 {
            let message = "`send` reads a page of one status: choose a `status`, or `stream` or `collect` them all";
            return Err(Error::invalid(message));
        }
        let limit = self.limit.map(|limit| usize::try_from(limit).unwrap_or(usize::MAX));
        let start = self.start();
        let page = self.into_reader().read(start, |call| call).await?;
        Ok(page.map(|mut page| {
            page.items.truncate(limit.unwrap_or(usize::MAX));
            page
        }))
    }

    /// All that match, across all pages, as a stream. Nothing is sent until it is read.
    ///
    /// ```no_run
    /// # async fn example(client: twilio_rooms::Client) -> Result<(), twilio_rooms::Error> {
    /// let mut rooms = client.rooms().list().any_status().stream();
    /// while let Some(room) = rooms.next().await {
    ///     println!("{}", room?.sid);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn stream(self) -> Items<T> {
        let limit = self.limit;
        Items::new(self.into_pages(), limit)
    }

    /// All that match, across all pages, in a `Vec`.
    ///
    /// # Errors
    ///
    /// When a page cannot be read; what was read before it is lost. See [`Error`].
    pub async fn collect(self) -> Result<Vec<T>, Error> {
        let mut stream = self.stream();
        let mut items = Vec::new();
        while let Some(item) = stream.next().await {
            items.push(item?);
        }
        Ok(items)
    }

    fn into_pages(self) -> Pages<T> {
        let (start, reads_ahead, in_order) = (self.start(), self.reads_ahead, self.in_order);
        let parts = self.resume.as_deref().map_or(0, T::part_of)..T::parts(&self.query);
        let (parallel, resumed) = (self.parallel, self.resume.is_some());
        let reader = Arc::new(self.into_reader());
        match parallel {
            Some(other) if !(1..=MAX_PARALLEL).contains(&other) => {
                let message = format!("parallel is {other}, but must be from 1 to {MAX_PARALLEL}");
                Pages::Invalid(Some(Error::invalid(message)))
            }
            Some(at_once) if !resumed => {
                let settings = Settings { at_once: at_once as usize, in_order, page_size: reader.page_size };
                Pages::Windows(Windows::new(reader, parts, settings))
            }
            _ => Pages::Sequence(Sequence::new(reader, start, parts).read_ahead(reads_ahead)),
        }
    }

    /// The page that is read first.
    fn start(&self) -> At {
        self.resume.clone().map_or(At::First(0), At::Url)
    }

    fn into_reader(self) -> Reader<T> {
        let needed = self.limit.and_then(|limit| u32::try_from(limit).ok()).unwrap_or(MAX_PAGE_SIZE);
        let page_size = self.page_size.unwrap_or(needed.clamp(1, MAX_PAGE_SIZE));
        Reader { client: self.client, options: self.options, query: self.query, page_size }
    }
}
