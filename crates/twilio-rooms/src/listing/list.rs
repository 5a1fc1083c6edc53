//! The listing of a kind of resource, ready to send.

use std::ops::Range;
use std::sync::Arc;

use super::items::{ItemSource, Items};
use super::page::Page;
use super::page_fetcher::{MAX_PAGE_SIZE, PageFetcher};
use super::page_stream::Pages;
use super::pager::{PageLocation, Pager};
use super::parallel::{ParallelPager, ParallelSettings};
use super::resource::Resource;
use crate::error::Error;
use crate::transport::{CallOptions, Connection, Response, call_option_setters};

/// The maximum number of windows that are read concurrently. The service allows an account 80 reads a second.
const MAX_PARALLEL: u32 = 64;

/// A listing of resources: set its filters, then [`stream`](Self::stream) or [`collect`](Self::collect) its items, stream
/// its [`pages`](Self::pages), or [`send`](Self::send) it to read one page.
#[derive(Debug, Clone)]
#[must_use = "a listing does nothing until it is sent, streamed or collected"]
pub struct List<T: Resource> {
    connection: Connection,
    options: CallOptions,
    pub(crate) query: T::Query,
    page_size: Option<u32>,
    resume_url: Option<String>,
    limit: Option<u64>,
    reads_ahead: bool,
    pub(super) parallel: Option<Parallel<T>>,
    pub(super) is_ordered: bool,
}

type StartParallelPager<T> = fn(Arc<PageFetcher<T>>, Range<usize>, ParallelSettings) -> ParallelPager<T>;

/// A parallel listing. It stores the constructor of its pager, since not every resource can be listed in parallel.
#[derive(Debug, Clone)]
pub(super) struct Parallel<T: Resource> {
    pub(super) max_concurrent: u32,
    pub(super) start: StartParallelPager<T>,
}

impl<T: Resource> List<T> {
    pub(crate) fn new(connection: &Connection, query: T::Query) -> Self {
        Self {
            connection: connection.clone(),
            options: CallOptions::default(),
            query,
            page_size: None,
            resume_url: None,
            limit: None,
            reads_ahead: true,
            parallel: None,
            is_ordered: true,
        }
    }

    /// Sets the maximum number of items on a page, from 1 to 1000.
    ///
    /// The default is the [`limit`](Self::limit), or 1000 if that is less. The service's own default of 50 would take
    /// twenty times as many requests.
    pub fn page_size(mut self, page_size: u32) -> Self {
        self.page_size = Some(page_size);
        self
    }

    /// Sets the maximum number of items. By default there is no limit.
    pub fn limit(mut self, limit: u64) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Continues an earlier listing at the URL of a page: [`Page::next_page_url`], [`Items::next_page_url`] or, after a
    /// failure, [`Error::resume_url`].
    ///
    /// The URL contains the filters and the page size of that listing, so those of this one have no effect. A listing
    /// of rooms with [any status](Self::any_status) continues with the remaining statuses. The listing is not read in
    /// parallel.
    pub fn resume(mut self, next_page_url: impl Into<String>) -> Self {
        self.resume_url = Some(next_page_url.into());
        self
    }

    /// Enables or disables fetching the next page while the current one is in use, so that the consumer does not wait
    /// for the network. It is enabled by default.
    ///
    /// At most one page is fetched ahead, and none that the [`limit`](Self::limit) makes unnecessary, judging by the page
    /// size. An error of that page is returned after the items before it. The next page arrives while the consuming task
    /// awaits something else, or on another thread of a multi-threaded runtime. A task that blocks the only thread of its runtime also blocks the
    /// next page, but that time does not count towards the page's timeout.
    ///
    /// Disable it to request a page only after the previous one is used up, for example if streams are often dropped
    /// early.
    pub fn read_ahead(mut self, read_ahead: bool) -> Self {
        self.reads_ahead = read_ahead;
        self
    }

    call_option_setters!();

    pub(crate) fn with_options(mut self, options: CallOptions) -> Self {
        self.options = options;
        self
    }

    /// Reads one page, cut to the [`limit`](Self::limit) if there is one.
    ///
    /// # Errors
    ///
    /// A value is out of range, which is detected before anything is sent; no response arrives; or the response is an
    /// error. See [`Error`].
    pub async fn send(self) -> Result<Page<T>, Error> {
        self.response().await.map(Response::into_value)
    }

    /// Reads one page and returns it with the status and headers of its response.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send).
    pub async fn response(self) -> Result<Response<Page<T>>, Error> {
        if T::sublistings(&self.query) > 1 {
            return Err(Error::invalid(
                "`send` reads a page of one status: set a `status`, or use `stream`, `pages` or `collect` for all of them",
            ));
        }
        let limit = self.limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
        let start = self.start();
        let response = self.into_page_fetcher().fetch_page(start, None, None).await?;
        Ok(response.map(|mut page| {
            page.items.truncate(limit);
            page
        }))
    }

    /// Streams all matching items, across all pages. Nothing is sent until the stream is read.
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
        let source = match self.parallel {
            Some(Parallel { max_concurrent, .. }) if !(1..=MAX_PARALLEL).contains(&max_concurrent) => {
                let message = format!("parallel is {max_concurrent}, but must be from 1 to {MAX_PARALLEL}");
                ItemSource::Invalid(Some(Error::invalid(message)))
            }
            Some(Parallel { max_concurrent, start }) if self.resume_url.is_none() => {
                let (sublistings, is_ordered) = (self.sublistings(), self.is_ordered);
                let fetcher = Arc::new(self.into_page_fetcher());
                let (max_concurrent, page_size) = (max_concurrent as usize, fetcher.page_size);
                let settings = ParallelSettings { max_concurrent, is_ordered, page_size };
                ItemSource::Parallel(start(fetcher, sublistings, settings))
            }
            _ => ItemSource::Pager(self.into_pager()),
        };
        Items::new(source, limit)
    }

    /// Streams all pages. Nothing is sent until the stream is read.
    ///
    /// ```no_run
    /// # async fn example(client: twilio_rooms::Client) -> Result<(), twilio_rooms::Error> {
    /// let mut pages = client.rooms().list().status("completed").page_size(100).pages();
    /// while let Some(page) = pages.next().await {
    ///     let page = page?;
    ///     println!("{} rooms; next page: {:?}", page.items.len(), page.next_page_url);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// - [`limit`](Self::limit) counts items. The last page is cut to it, but keeps its `next_page_url`, which leads to
    ///   the items after the uncut page.
    /// - [`resume`](Self::resume) starts at the page of the URL.
    /// - [`read_ahead`](Self::read_ahead) works as in [`stream`](Self::stream).
    /// - With [`any_status`](Self::any_status), the pages of one status follow those of another. `next_page_url` is
    ///   `None` on the last page of each status. Rooms that were on an earlier page are left out.
    /// - It cannot be combined with [`parallel`](Self::parallel), which reads time windows and not pages: the stream
    ///   then yields an error ([`Error::is_invalid_request`]).
    pub fn pages(self) -> Pages<T> {
        let limit = self.limit;
        let pager = match self.parallel {
            Some(_) => Err(Error::invalid("`pages` cannot be combined with `parallel`: use `stream` or `collect`")),
            None => Ok(self.into_pager()),
        };
        Pages::new(pager, limit)
    }

    /// Collects all matching items, across all pages, in a `Vec`.
    ///
    /// # Errors
    ///
    /// A page cannot be read. The items before it are lost, and so the error has no
    /// [`resume_url`](Error::resume_url); [`stream`](Self::stream) returns the items, and then an error with the URL.
    pub async fn collect(self) -> Result<Vec<T>, Error> {
        let mut stream = self.stream();
        let mut items = Vec::new();
        while let Some(item) = stream.next().await {
            // Resuming at the failed page would leave out the items before it.
            items.push(item.map_err(|error| error.with_resume_url(None))?);
        }
        Ok(items)
    }

    fn into_pager(self) -> Pager<T> {
        let (start, sublistings, reads_ahead) = (self.start(), self.sublistings(), self.reads_ahead);
        Pager::new(Arc::new(self.into_page_fetcher()), start, sublistings).read_ahead(reads_ahead)
    }

    /// Returns the location of the first page to read.
    fn start(&self) -> PageLocation {
        self.resume_url.as_deref().map_or(PageLocation::First(0), |url| PageLocation::Url(url.into()))
    }

    /// Returns the sublistings to read.
    fn sublistings(&self) -> Range<usize> {
        self.resume_url.as_deref().map_or(0, T::sublisting_of)..T::sublistings(&self.query)
    }

    fn into_page_fetcher(self) -> PageFetcher<T> {
        let needed = self.limit.and_then(|limit| u32::try_from(limit).ok()).unwrap_or(MAX_PAGE_SIZE);
        let page_size = self.page_size.unwrap_or(needed.clamp(1, MAX_PAGE_SIZE));
        PageFetcher { connection: self.connection, options: self.options, query: self.query, page_size }
    }
}
