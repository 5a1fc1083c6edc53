//! How the pages of a listing are read.

use std::sync::Arc;

use crate::beside::beside;
use crate::client::Client;
use crate::error::Error;
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
    /// Reads a page. The future has all it needs in it.
    pub(crate) fn read(&self, at: At) -> impl Future<Output = Result<Response<Page<T>>, Error>> + Send + use<T> {
        let Self { client, options, query, page_size } = self.clone();
        async move {
            let (url, first) = match at {
                At::First(part) => (None, Some(First { part, page_size: checked(page_size)? })),
                At::Url(url) => (Some(next_url(&url, client.base_url())?), None),
            };
            let call = client.call(&options, Effect::Read, url);
            let page = T::read(Arc::clone(&call), query, first).await;
            page.map_err(|error| error.with_resume_url(call.url()))
        }
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
        let page = self.read(at);
        Box::pin(async move { page.await.map(Response::into_value) })
    }

    fn page_ahead(&self, at: At) -> PageFuture<T> {
        let reader = self.clone();
        beside(move || reader.page(at.clone()))
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
