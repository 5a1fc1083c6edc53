//! The metadata of a page: its place in the listing, and the URLs of other pages.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::error::ApiError;
use super::page_tokens::PageTokens;
use super::query::PageQuery;
use crate::model::Direction;

/// The characters that are encoded in a query: all that are not unreserved (RFC 3986, section 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The `meta` object of a page.
#[derive(Debug, Serialize)]
pub(crate) struct PageMeta {
    first_page_url: String,
    key: &'static str,
    next_page_url: Option<String>,
    page: u64,
    page_size: usize,
    previous_page_url: Option<String>,
    url: String,
}

impl PageMeta {
    /// `previous` and `next` identify the items before and after which the neighbouring pages lie, if there are such pages.
    pub(crate) fn new(
        tokens: &PageTokens,
        origin: &str,
        key: &'static str,
        query: &PageQuery,
        previous: Option<&str>,
        next: Option<&str>,
    ) -> Self {
        let url = |page: u64, token: Option<&str>| page_url(origin, query, page, token);
        let neighbour_url = |page, direction, item| url(page, Some(&tokens.issue(direction, item, query)));
        let (previous_page, next_page) = (query.page.saturating_sub(1), query.page + 1);
        Self {
            first_page_url: url(0, None),
            key,
            next_page_url: next.map(|item| neighbour_url(next_page, Direction::After, item)),
            page: query.page,
            page_size: query.page_size,
            previous_page_url: previous.map(|item| neighbour_url(previous_page, Direction::Before, item)),
            url: url(query.page, query.token.as_deref()),
        }
    }
}

/// Returns the requested side of an item, which is identified by its SID or sequence number; `None` for the first page.
pub(crate) fn cursor<'a>(tokens: &PageTokens, query: &'a PageQuery) -> Result<Option<(Direction, &'a str)>, ApiError> {
    let token = query.token.as_deref();
    token.map(|token| tokens.verify(token, query).ok_or_else(invalid_page_token)).transpose()
}

pub(crate) fn invalid_page_token() -> ApiError {
    ApiError::bad_parameter("Invalid PageToken")
}

fn page_url(origin: &str, query: &PageQuery, page: u64, token: Option<&str>) -> String {
    let mut pairs: Vec<(&str, String)> = query.filters.clone();
    pairs.push(("PageSize", query.page_size.to_string()));
    pairs.push(("Page", page.to_string()));
    pairs.extend(token.map(|token| ("PageToken", token.to_owned())));
    let pairs: Vec<String> =
        pairs.iter().map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, RESERVED))).collect();
    format!("{origin}{}?{}", query.path, pairs.join("&"))
}
