//! Listings, page by page.

use std::sync::{Arc, PoisonError};

use axum::extract::{Query as QueryPairs, State as Shared};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde_json::{Value, json};

use crate::error::Error;
use crate::query::{Paging, Query};
use crate::room::Answer;
use crate::server::Server;
use crate::token::Direction;

/// What is encoded in a query: everything that is not unreserved (RFC 3986, section 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// About how long a room is as JSON.
const ROOM_LENGTH: usize = 1280;

/// Where a page stands in its listing, and where the others are.
#[derive(Debug, Serialize)]
pub(crate) struct Meta {
    first_page_url: String,
    key: &'static str,
    next_page_url: Option<String>,
    page: u64,
    page_size: usize,
    previous_page_url: Option<String>,
    url: String,
}

/// Something that is listed.
pub(crate) trait Listed {
    /// Its number among all that has come to be in the room: what is newer has a greater one. A page is told by it, also when
    /// what had it is not listed any more.
    fn place(&self) -> u64;

    /// How it is answered, with URLs of this origin.
    fn answer(&self, origin: &str) -> Value;
}

/// The query of a request, or why it cannot be read.
pub(crate) type Pairs = Result<QueryPairs<Vec<(String, String)>>, axum::extract::rejection::QueryRejection>;

pub(crate) fn pairs(pairs: Pairs) -> Result<Vec<(String, String)>, Error> {
    pairs.map(|QueryPairs(pairs)| pairs).map_err(|error| Error::bad_parameter(format!("Invalid query: {error}")))
}

pub(crate) fn invalid_token() -> Error {
    Error::bad_parameter("Invalid PageToken")
}

pub(crate) async fn list(
    Shared(server): Shared<Arc<Server>>,
    headers: HeaderMap,
    query: Pairs,
) -> Result<Response, Error> {
    let query = Query::parse(&pairs(query)?)?;
    let at = server.at(&query.paging)?;
    let state = server.state.read().unwrap_or_else(PoisonError::into_inner);
    let page = state.page(&query.filter, query.paging.page_size, at).ok_or_else(invalid_token)?;

    let origin = server.origin(&headers);
    let sids: Vec<&str> = page.rooms.iter().map(|room| room.sid.as_str()).collect();
    let meta = Meta::new(&server, &origin, "rooms", &query.paging, &sids, page.newer, page.older);
    let rooms: Vec<Answer<'_>> = page.rooms.iter().map(|room| Answer::new(room, &origin)).collect();
    answer(&RoomPage { meta, rooms })
}

/// A page of rooms as it is answered.
#[derive(Debug, Serialize)]
struct RoomPage<'a> {
    meta: Meta,
    rooms: Vec<Answer<'a>>,
}

/// Writes a page once, into room enough for it: one of a thousand rooms is a megabyte.
fn answer(page: &RoomPage<'_>) -> Result<Response, Error> {
    let mut body = Vec::with_capacity(ROOM_LENGTH * (page.rooms.len() + 1));
    serde_json::to_writer(&mut body, page).map_err(|_| Error::of_status(StatusCode::INTERNAL_SERVER_ERROR))?;
    Ok(([(header::CONTENT_TYPE, "application/json")], body).into_response())
}

impl Server {
    /// Which page is asked for: that on a side of what is called this, or the first.
    pub(crate) fn at<'a>(&self, paging: &'a Paging) -> Result<Option<(Direction, &'a str)>, Error> {
        let token = paging.token.as_deref();
        token.map(|token| self.tokens.read(token, paging).ok_or_else(invalid_token)).transpose()
    }

    /// The page that is asked for of what is listed, which is newest first.
    pub(crate) fn answer_page<T: Listed>(
        &self,
        headers: &HeaderMap,
        key: &'static str,
        paging: &Paging,
        items: &[&T],
    ) -> Result<Response, Error> {
        let at = self.at(paging)?;
        let at =
            at.map(|(direction, place)| Ok((direction, place.parse().map_err(|_| invalid_token())?))).transpose()?;
        let (found, newer, older) = page(items, T::place, paging.page_size, at);
        let places: Vec<String> = found.iter().map(|item| item.place().to_string()).collect();
        let origin = self.origin(headers);
        let meta = Meta::new(self, &origin, key, paging, &places, newer, older);
        let found: Vec<Value> = found.iter().map(|item| item.answer(&origin)).collect();
        Ok(axum::Json(json!({ "meta": meta, key: found })).into_response())
    }
}

impl Meta {
    /// Of a page with what its tokens call this, and whether there is more on either side.
    pub(crate) fn new<Name: AsRef<str>>(
        server: &Server,
        origin: &str,
        key: &'static str,
        paging: &Paging,
        names: &[Name],
        newer: bool,
        older: bool,
    ) -> Self {
        let url = |number: u64, token: Option<String>| page_url(origin, paging, number, token.as_deref());
        let token = |direction, name: Option<&Name>| Some(server.tokens.make(direction, name?.as_ref(), paging));
        let next = token(Direction::After, names.last()).filter(|_| older);
        let previous = token(Direction::Before, names.first()).filter(|_| newer);
        Self {
            first_page_url: url(0, None),
            key,
            next_page_url: next.map(|token| url(paging.page + 1, Some(token))),
            page: paging.page,
            page_size: paging.page_size,
            previous_page_url: previous.map(|token| url(paging.page.saturating_sub(1), Some(token))),
            url: url(paging.page, paging.token.clone()),
        }
    }
}

/// A page of what is listed newest first, on that side of a place, and whether there is more on either side.
fn page<'a, T>(
    items: &[&'a T],
    place: impl Fn(&T) -> u64,
    size: usize,
    at: Option<(Direction, u64)>,
) -> (Vec<&'a T>, bool, bool) {
    let (start, end) = match at {
        None => (0, size),
        Some((Direction::After, wanted)) => {
            let start = items.partition_point(|item| place(item) >= wanted);
            (start, start + size)
        }
        Some((Direction::Before, wanted)) => {
            let end = items.partition_point(|item| place(item) > wanted);
            (end.saturating_sub(size), end)
        }
    };
    let found = items.iter().take(end).skip(start).copied().collect();
    (found, start > 0, end < items.len())
}

fn page_url(origin: &str, paging: &Paging, page: u64, token: Option<&str>) -> String {
    let mut pairs: Vec<(&str, String)> = paging.given.clone();
    pairs.push(("PageSize", paging.page_size.to_string()));
    pairs.push(("Page", page.to_string()));
    pairs.extend(token.map(|token| ("PageToken", token.to_owned())));
    let pairs: Vec<String> =
        pairs.iter().map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, RESERVED))).collect();
    format!("{origin}{}?{}", paging.path, pairs.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_on_either_side_meet_everything_once() {
        assert_eq!(of(&[5, 4, 3, 2, 1], None), (vec![5, 4], false, true));
        assert_eq!(of(&[5, 4, 3, 2, 1], Some((Direction::After, 4))), (vec![3, 2], true, true));
        assert_eq!(of(&[5, 4, 3, 2, 1], Some((Direction::After, 2))), (vec![1], true, false));
        assert_eq!(of(&[5, 4, 3, 2, 1], Some((Direction::Before, 3))), (vec![5, 4], false, true));
        assert_eq!(of(&[5, 4, 3, 2, 1], Some((Direction::After, 1))), (vec![], true, false));
    }

    #[test]
    fn a_page_goes_on_at_the_place_of_what_is_gone() {
        assert_eq!(of(&[6, 5, 3, 2, 1], Some((Direction::After, 4))), (vec![3, 2], true, true));
        assert_eq!(of(&[7, 6, 5, 2, 1], Some((Direction::Before, 3))), (vec![6, 5], true, true));
        assert_eq!(of(&[5], Some((Direction::After, 4))), (vec![], true, false));
        assert_eq!(of(&[], Some((Direction::Before, 4))), (vec![], false, false));
    }

    fn of(places: &[u64], at: Option<(Direction, u64)>) -> (Vec<u64>, bool, bool) {
        let (found, newer, older) = page(&places.iter().collect::<Vec<_>>(), |place| *place, 2, at);
        (found.into_iter().copied().collect(), newer, older)
    }
}
