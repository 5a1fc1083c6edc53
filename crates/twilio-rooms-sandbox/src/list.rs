//! The listing of rooms.

use std::sync::{Arc, PoisonError};

use axum::extract::{Query as QueryPairs, State as Shared};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::error::Error;
use crate::query::Query;
use crate::room::{Answer, Room};
use crate::server::Server;
use crate::state::Page;
use crate::token::Direction;

/// What is encoded in a query: everything that is not unreserved (RFC 3986, section 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

#[derive(Debug, Serialize)]
struct Listing<'a> {
    meta: Meta,
    rooms: Vec<Answer<'a>>,
}

#[derive(Debug, Serialize)]
struct Meta {
    first_page_url: String,
    key: &'static str,
    next_page_url: Option<String>,
    page: u64,
    page_size: usize,
    previous_page_url: Option<String>,
    url: String,
}

pub(crate) async fn list(
    Shared(server): Shared<Arc<Server>>,
    headers: HeaderMap,
    pairs: Result<QueryPairs<Vec<(String, String)>>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, Error> {
    let pairs = pairs.map_err(|error| Error::bad_parameter(format!("Invalid query: {error}")))?;
    let query = Query::parse(&pairs)?;
    let invalid = || Error::bad_parameter("Invalid PageToken");
    let at = match &query.token {
        None => None,
        Some(token) => Some(server.tokens.read(token, &query).ok_or_else(invalid)?),
    };
    let state = server.state.read().unwrap_or_else(PoisonError::into_inner);
    let page = state.page(&query.filter, query.page_size, at).ok_or_else(invalid)?;

    let origin = server.origin(&headers);
    let meta = meta(&server, &origin, &query, &page);
    let rooms = page.rooms.iter().map(|room| Answer::new(room, &origin)).collect();
    Ok(axum::Json(Listing { meta, rooms }).into_response())
}

fn meta(server: &Server, origin: &str, query: &Query, page: &Page<'_>) -> Meta {
    let url = |number: u64, token: Option<String>| page_url(origin, query, number, token.as_deref());
    let token = |direction, room: Option<&&Room>| Some(server.tokens.make(direction, &room?.sid, query));
    let next = token(Direction::After, page.rooms.last()).filter(|_| page.older);
    let previous = token(Direction::Before, page.rooms.first()).filter(|_| page.newer);
    Meta {
        first_page_url: url(0, None),
        key: "rooms",
        next_page_url: next.map(|token| url(query.page + 1, Some(token))),
        page: query.page,
        page_size: query.page_size,
        previous_page_url: previous.map(|token| url(query.page.saturating_sub(1), Some(token))),
        url: url(query.page, query.token.clone()),
    }
}

fn page_url(origin: &str, query: &Query, page: u64, token: Option<&str>) -> String {
    let mut pairs: Vec<(&str, String)> = query.given.clone();
    pairs.push(("PageSize", query.page_size.to_string()));
    pairs.push(("Page", page.to_string()));
    pairs.extend(token.map(|token| ("PageToken", token.to_owned())));
    let pairs: Vec<String> =
        pairs.iter().map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, RESERVED))).collect();
    format!("{origin}/v1/Rooms?{}", pairs.join("&"))
}
