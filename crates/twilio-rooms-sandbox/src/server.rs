//! The server: requests in, answers out.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::extract::{Query as QueryPairs, Request, State as Shared};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::auth;
use crate::error::Error;
use crate::query::Query;
use crate::state::{Answer, Page, State};
use crate::token::{Direction, Tokens};

const REQUEST_ID: HeaderName = HeaderName::from_static("twilio-request-id");
/// What is encoded in a query: everything that is not unreserved (RFC 3986, section 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What the requests of a sandbox share.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) state: State,
    pub(crate) tokens: Tokens,
    pub(crate) address: SocketAddr,
    pub(crate) requests: AtomicU64,
}

pub(crate) fn router(server: Arc<Server>) -> Router {
    Router::new()
        .route("/v1/Rooms", get(list).fallback(async || Error::method_not_allowed()))
        .fallback(async |uri: Uri| Error::not_found(uri.path()))
        .layer(middleware::from_fn_with_state(Arc::clone(&server), identify))
        .with_state(server)
}

/// Counts and identifies every request, and lets in those with credentials only.
async fn identify(Shared(server): Shared<Arc<Server>>, request: Request, next: Next) -> Response {
    let number = server.requests.fetch_add(1, Ordering::Relaxed) + 1;
    let mut response = if auth::is_authorized(request.headers()) {
        next.run(request).await
    } else {
        Error::unauthorized().into_response()
    };
    if let Ok(id) = HeaderValue::try_from(format!("RQ{number:032x}")) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

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

async fn list(
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
    let page = server.state.page(&query.filter, query.page_size, at).ok_or_else(invalid)?;

    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let origin = host.map_or_else(|| format!("http://{}", server.address), |host| format!("http://{host}"));
    let meta = meta(&server, &origin, &query, &page);
    let rooms = page.rooms.iter().map(|room| Answer::new(room, &origin)).collect();
    Ok(axum::Json(Listing { meta, rooms }).into_response())
}

fn meta(server: &Server, origin: &str, query: &Query, page: &Page<'_>) -> Meta {
    let url = |number: u64, token: Option<String>| page_url(origin, query, number, token.as_deref());
    let token = |direction, room: Option<&&crate::state::Room>| Some(server.tokens.make(direction, &room?.sid, query));
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
