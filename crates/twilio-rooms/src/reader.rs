//! How the pages of a listing are read.

use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use tokio::time::Instant;

use crate::beside::beside;
use crate::call::Call;
use crate::client::Client;
use crate::error::Error;
use crate::hint::Hint;
use crate::list::{First, Listed};
use crate::options::Options;
use crate::page::{Page, next_url};
use crate::response::Response;
use crate::retry::Effect;
use crate::sequence::{At, PageFuture, Paged, Sequence};
use crate::span::Span;
use crate::window::{self, Frame};
use crate::windows::{WindowFuture, Windowed};

/// The largest page that the service sends.
pub(crate) const MAX_PAGE_SIZE: u32 = 1000;

/// Reads the pages of a listing.
pub(crate) struct Reader<T: Listed> {
    pub(crate) client: Client,
    pub(crate) options: Options,
    pub(crate) query: T::Query,
    pub(crate) page_size: u32,
}

impl<T: Listed> Reader<T> {
    /// Reads a page by a call that is made fit for it.
    pub(crate) async fn read(self, at: At, fit: impl FnOnce(Call) -> Call + Send) -> Result<Response<Page<T>>, Error> {
        let (url, first) = match at {
            At::First(part) => (None, Some(First { part, page_size: checked(self.page_size)? })),
            At::Url(url) => (Some(next_url(&url, self.client.base_url())?), None),
        };
        let call = Arc::new(fit(self.client.call(&self.options, Effect::Read, url)));
        let page = T::read(Arc::clone(&call), self.query, first).await;
        page.map_err(|error| error.with_resume_url(call.url()))
    }

    /// The future of a page, which has all it needs in it.
    fn future(&self, at: At, fit: impl FnOnce(Call) -> Call + Send + 'static) -> PageFuture<T> {
        let page = self.clone().read(at, fit);
        Box::pin(async move { page.await.map(Response::into_value) })
    }

    /// How long an attempt may take.
    fn timeout(&self) -> Duration {
        self.client.policy(&self.options).timeout
    }

    /// A reader of what was created in this span, and a little around it.
    fn around(&self, span: Span) -> Self {
        let mut part = self.clone();
        if let Some(times) = T::times(&mut part.query) {
            *times = times.around(span);
        }
        part
    }
}

impl<T: Listed> Clone for Reader<T> {
    fn clone(&self) -> Self {
        let Self { client, options, query, page_size } = self;
        Self { client: client.clone(), options: options.clone(), query: query.clone(), page_size: *page_size }
    }
}

/// The size of a page, if the service has such pages.
fn checked(page_size: u32) -> Result<u32, Error> {
    if (1..=MAX_PAGE_SIZE).contains(&page_size) {
        return Ok(page_size);
    }
    Err(Error::invalid(format!("page_size is {page_size}, but must be from 1 to {MAX_PAGE_SIZE}")))
}

impl<T: Listed> Paged for Reader<T> {
    type Item = T;

    fn page(&self, at: At) -> PageFuture<T> {
        self.future(at, |call| call)
    }

    fn page_ahead(&self, at: At, hint: Hint) -> PageFuture<T> {
        let mut page = self.future(at.clone(), |call| call.ahead(hint));
        // It has to begin, though nobody waits for it yet.
        let begun = page.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        let reader = self.clone();
        Box::pin(async move {
            let waiting_since = Instant::now();
            let page = match begun {
                Poll::Ready(page) => page,
                Poll::Pending => page.await,
            };
            match page {
                // Its time ran out while the page before was used: perhaps nothing could be done for it all the while.
                Err(error) if error.is_out_of_time() && waiting_since.elapsed() < reader.timeout() => {
                    reader.page(at).await
                }
                page => page,
            }
        })
    }

    fn page_size(&self) -> u32 {
        self.page_size
    }

    fn identity<'a>(&self, item: &'a T) -> &'a str {
        item.identity()
    }
}

impl<T: Listed> Windowed for Reader<T> {
    fn span(&self) -> Span {
        T::times(&mut self.query.clone()).map(|times| times.span()).unwrap_or_default()
    }

    fn window(&self, part: usize, page: Option<String>, frame: Frame) -> WindowFuture<T> {
        let (pages, start) = (Arc::new(self.around(frame.span)), page.map_or(At::First(part), At::Url));
        beside(move || {
            let pages = Arc::clone(&pages) as Arc<dyn Paged<Item = T>>;
            Box::pin(window::read(Sequence::new(pages, start.clone(), part..part + 1), frame, T::created))
        })
    }

    fn created(&self, item: &T) -> Option<i64> {
        item.created()
    }
}
