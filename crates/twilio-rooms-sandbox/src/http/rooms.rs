//! Rooms: listed, created, fetched and completed.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use serde::Serialize;

use super::create_room::parse_room_settings;
use super::error::ApiError;
use super::form::{FormPairs, decode_form};
use super::page::{PageMeta, cursor, invalid_page_token};
use super::query::{CREATED_AFTER, CREATED_BEFORE, PageQuery, QueryPairs, created_range, decode_query, parameter};
use super::request::{ApiResult, find_room};
use super::room_body::{ROOM_LENGTH, RoomBody};
use super::server::Server;
use crate::model::{Error, MAX_NAME_LENGTH, RoomFilter, RoomStatus};

/// A page of rooms as the service returns it.
#[derive(Debug, Serialize)]
struct RoomPage<'a> {
    meta: PageMeta,
    rooms: Vec<RoomBody<'a>>,
}

pub(crate) async fn list(State(server): State<Arc<Server>>, headers: HeaderMap, query: QueryPairs) -> ApiResult {
    let (filter, query) = parse_query(&decode_query(query)?)?;
    let cursor = cursor(&server.page_tokens, &query)?;
    let account = server.account();
    let page = account.room_page(&filter, query.page_size, cursor).ok_or_else(invalid_page_token)?;

    let origin = server.origin(&headers);
    let previous = page.previous_cursor().map(|room| room.sid.as_str());
    let next = page.next_cursor().map(|room| room.sid.as_str());
    let meta = PageMeta::new(&server.page_tokens, &origin, "rooms", &query, previous, next);
    let rooms: Vec<RoomBody<'_>> = page.items.iter().map(|room| RoomBody::new(room, &origin)).collect();
    page_response(&RoomPage { meta, rooms })
}

/// Serializes a page into a buffer that is large enough from the start: a page of 1000 rooms is over a megabyte.
fn page_response(page: &RoomPage<'_>) -> ApiResult {
    let mut body = Vec::with_capacity(ROOM_LENGTH * (page.rooms.len() + 1));
    serde_json::to_writer(&mut body, page).map_err(|_| ApiError::from_status(StatusCode::INTERNAL_SERVER_ERROR))?;
    Ok(([(header::CONTENT_TYPE, "application/json")], body).into_response())
}

/// Parses the query of a listing. By default it lists the rooms in progress.
fn parse_query(pairs: &[(String, String)]) -> Result<(RoomFilter, PageQuery), ApiError> {
    let status = parameter(pairs, "Status").map_or(Ok(RoomStatus::InProgress), |value| {
        RoomStatus::parse(value).ok_or_else(|| ApiError::bad_parameter(format!("Invalid Status: {value}")))
    })?;
    let unique_name = pairs.iter().rev().find(|(name, _)| name == "UniqueName").map(|(_, value)| value.clone());
    if unique_name.as_ref().is_some_and(|name| !(1..=MAX_NAME_LENGTH).contains(&name.chars().count())) {
        let range = format!("it must have 1 to {MAX_NAME_LENGTH} characters");
        return Err(ApiError::bad_parameter(format!("Invalid UniqueName: {range}")));
    }
    let filter = RoomFilter { status, unique_name, created: created_range(pairs)? };
    let filter_names = ["Status", "UniqueName", CREATED_AFTER, CREATED_BEFORE];
    Ok((filter, PageQuery::parse("/v1/Rooms", pairs, &filter_names)?))
}

pub(crate) async fn create(State(server): State<Arc<Server>>, headers: HeaderMap, form: FormPairs) -> ApiResult {
    let settings = parse_room_settings(&decode_form(form)?)?;
    let origin = server.origin(&headers);
    let name = settings.unique_name.clone();
    let response = server.update(|account, now| {
        let room = account.create_room(settings, now)?;
        Ok(((StatusCode::CREATED, Json(RoomBody::new(room, &origin))).into_response(), true))
    });
    response.map_err(|error| ApiError::from_model(&error, &name))
}

pub(crate) async fn fetch(
    State(server): State<Arc<Server>>,
    Path(room): Path<String>,
    headers: HeaderMap,
) -> ApiResult {
    let account = server.account();
    Ok(Json(RoomBody::new(find_room(&account, &room)?, &server.origin(&headers))).into_response())
}

/// Completes a room, which is the only update there is.
pub(crate) async fn update(
    State(server): State<Arc<Server>>,
    Path(room_name): Path<String>,
    headers: HeaderMap,
    form: FormPairs,
) -> ApiResult {
    let form = decode_form(form)?;
    let status = form.iter().rev().find(|(name, value)| name == "Status" && !value.is_empty());
    let (_, status) =
        status.ok_or_else(|| ApiError::bad_parameter("Missing required parameter Status in the post body"))?;
    let origin = server.origin(&headers);
    server.update(|account, now| {
        find_room(account, &room_name)?;
        if status != RoomStatus::Completed.name() {
            return Err(ApiError::invalid_room_status());
        }
        let room = account.complete_room(&room_name, now).map_err(|error| match error {
            Error::RoomNotInProgress => ApiError::invalid_room_status(),
            error => ApiError::from_model(&error, &room_name),
        })?;
        Ok(((StatusCode::ACCEPTED, Json(RoomBody::new(room, &origin))).into_response(), true))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rooms_in_progress_are_listed_unless_a_status_is_requested() -> Result<(), ApiError> {
        let pair = |value: &str| [("Status".to_owned(), value.to_owned())];
        assert_eq!(parse_query(&[])?.0.status, RoomStatus::InProgress);
        assert_eq!(parse_query(&pair(""))?.0.status, RoomStatus::InProgress);
        assert_eq!(parse_query(&pair("failed"))?.0.status, RoomStatus::Failed);
        for name in [String::new(), "n".repeat(129)] {
            let error = parse_query(&[("UniqueName".to_owned(), name)]).err();
            let message = "Invalid UniqueName: it must have 1 to 128 characters";
            assert_eq!(error.as_ref().map(ApiError::message), Some(message));
        }
        let error = parse_query(&pair("open")).err();
        assert_eq!(error.as_ref().map(ApiError::message), Some("Invalid Status: open"));
        Ok(())
    }
}
