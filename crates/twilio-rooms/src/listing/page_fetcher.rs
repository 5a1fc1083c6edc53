//! The page fetcher: calls the service for the pages of a listing.

use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use tokio::time::Instant;

use super::date_filter::DateFiltered;
use super::listable::FirstPage;
use super::next_page_peek::NextPagePeek;
use super::page::{Page, parse_next_page_url};
use super::pager::{PageFuture, PageLocation, PageSource, Pager};
use super::parallel::{TimeRange, WindowFuture, WindowPlan, WindowSource, read_window};
use super::repetition::SharedSeenPages;
use super::resource::Resource;
use crate::error::Error;
use crate::transport::{
    BoxFuture, Call, CallOptions, Connection, Effect, InspectBody, Response, deadline_after, run_in_background,
};

/// The longest time to wait for the next item. An instant cannot be arbitrarily far away.
const MAX_WAIT: Duration = Duration::from_secs(365 * 24 * 60 * 60);
/// The maximum size of a page, set by the service.
pub(super) const MAX_PAGE_SIZE: u32 = 1000;

/// Fetches the pages of a listing.
pub(crate) struct PageFetcher<T: Resource> {
    pub(super) connection: Connection,
    pub(super) options: CallOptions,
    pub(super) query: T::Query,
    pub(super) page_size: u32,
}

impl<T: Resource> PageFetcher<T> {
    /// Fetches one page.
    pub(super) async fn fetch_page(
        self,
        location: PageLocation,
        until: Option<Instant>,
        prefetch: Option<Arc<dyn InspectBody>>,
    ) -> Result<Response<Page<T>>, Error> {
        let Self { connection, options, query, page_size } = self;
        T::validate_path(&query)?;
        let (url, first) = match location {
            PageLocation::First(sublisting) => {
                T::validate_filters(&query)?;
                (None, Some(FirstPage { sublisting, page_size: validate_page_size(page_size)? }))
            }
            PageLocation::Url(url) => (Some(parse_next_page_url(&url, &connection.base_url)?), None),
        };
        let mut call = Call::new(&connection, &options, Effect::Read).with_url(url).resumable();
        if let Some(until) = until {
            call = call.until(until.min(deadline_after(connection.policy.with(&options).deadline)));
        }
        if let Some(inspector) = prefetch {
            call = call.prefetch(inspector);
        }
        let response = call.run(|api| T::send_page_request(api, query, first)).await?;
        Ok(response.map(T::into_page))
    }

    /// Returns a future of a page that borrows nothing.
    fn page_future(
        &self,
        location: PageLocation,
        until: Option<Instant>,
        prefetch: Option<Arc<dyn InspectBody>>,
    ) -> PageFuture<T> {
        let response = self.clone().fetch_page(location, until, prefetch);
        Box::pin(async move { response.await.map(Response::into_value) })
    }
}

impl<T: Resource> Clone for PageFetcher<T> {
    fn clone(&self) -> Self {
        let Self { connection, options, query, page_size } = self;
        let (connection, options, query) = (connection.clone(), options.clone(), query.clone());
        Self { connection, options, query, page_size: *page_size }
    }
}

fn validate_page_size(page_size: u32) -> Result<u32, Error> {
    if (1..=MAX_PAGE_SIZE).contains(&page_size) {
        return Ok(page_size);
    }
    Err(Error::invalid(format!("page_size is {page_size}, but must be from 1 to {MAX_PAGE_SIZE}")))
}

impl<T: Resource> PageSource for PageFetcher<T> {
    type Item = T;

    fn fetch(&self, location: PageLocation, until: Option<Instant>) -> PageFuture<T> {
        self.page_future(location, until, None)
    }

    fn prefetch(&self, location: PageLocation, until: Option<Instant>, peek: Arc<NextPagePeek>) -> PageFuture<T> {
        let mut page = self.page_future(location.clone(), until, Some(peek));
        // The first poll starts the request, although nothing awaits the page yet.
        let first_poll = page.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        let fetcher = self.clone();
        Box::pin(async move {
            let awaited_since = Instant::now();
            let page = match first_poll {
                Poll::Ready(page) => page,
                Poll::Pending => page.await,
            };
            let timeout = fetcher.connection.policy.with(&fetcher.options).timeout;
            match page {
                // The page timed out while the previous page was in use. The consumer may have blocked the runtime.
                Err(error) if until.is_none() && error.is_client_timeout() && awaited_since.elapsed() < timeout => {
                    fetcher.fetch(location, None).await
                }
                page => page,
            }
        })
    }

    fn deadline(&self) -> Duration {
        self.connection.policy.with(&self.options).deadline.min(MAX_WAIT)
    }

    fn page_size(&self) -> u32 {
        self.page_size
    }

    fn identity<'a>(&self, item: &'a T) -> &'a str {
        item.identity()
    }
}

impl<T: DateFiltered> WindowSource for PageFetcher<T> {
    fn time_range(&self) -> TimeRange {
        T::date_filters(&mut self.query.clone()).time_range()
    }

    fn read_window(
        &self,
        sublisting: usize,
        page_url: Option<Arc<str>>,
        seen: SharedSeenPages,
        plan: WindowPlan,
    ) -> WindowFuture<T> {
        let mut fetcher = self.clone();
        let filters = T::date_filters(&mut fetcher.query);
        *filters = filters.narrowed_to(plan.range);
        let (fetcher, start) = (Arc::new(fetcher), page_url.map_or(PageLocation::First(sublisting), PageLocation::Url));
        // Work that runs again, on another runtime, has not seen anything yet.
        let seen = Mutex::new(Some(seen));
        run_in_background(move || -> BoxFuture<_> {
            let seen = seen.lock().unwrap_or_else(PoisonError::into_inner).take().unwrap_or_default();
            let source = Arc::clone(&fetcher) as Arc<dyn PageSource<Item = T>>;
            let pager = Pager::new(source, start.clone(), sublisting..sublisting + 1);
            Box::pin(read_window(pager, seen, plan, T::created))
        })
    }

    fn created(&self, item: &T) -> Option<i64> {
        item.created()
    }
}
