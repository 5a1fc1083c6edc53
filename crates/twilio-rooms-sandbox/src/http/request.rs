//! Requests to what belongs to a room, and their responses.

use std::sync::{Arc, RwLockReadGuard};

use axum::extract::{FromRequest, Query, Request};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Form, Json};
use serde_json::{Value, json};

use super::error::ApiError;
use super::form::decode_form;
use super::page::{PageMeta, cursor, invalid_page_token};
use super::query::{PageQuery, Pairs, decode_query};
use super::server::Server;
use crate::model::{Account, Error, Participant, Random, Room, Sequenced, Timestamp, page_by_sequence};

pub(crate) type ApiResult = Result<Response, ApiError>;

/// A resource with its JSON representation.
pub(crate) trait ToJson {
    /// The resource as the service returns it, with URLs at this origin.
    fn to_json(&self, origin: &str) -> Value;
}

/// A request with its parameters decoded.
#[derive(Debug)]
pub(crate) struct ApiRequest {
    server: Arc<Server>,
    headers: HeaderMap,
    /// The fields of the form of a POST request that has a body, or else the parameters of the query.
    pub(crate) parameters: Pairs,
}

/// A room that a request updates.
#[derive(Debug)]
pub(crate) struct RoomUpdate<'a> {
    pub(crate) room: &'a mut Room,
    /// Generates the SIDs of new items.
    pub(crate) random: &'a mut Random,
    pub(crate) now: Timestamp,
    /// The origin of the URLs in the response.
    pub(crate) origin: &'a str,
}

impl FromRequest<Arc<Server>> for ApiRequest {
    type Rejection = ApiError;

    async fn from_request(request: Request, server: &Arc<Server>) -> Result<Self, ApiError> {
        let (server, headers) = (Arc::clone(server), request.headers().clone());
        let has_form = request.method() == Method::POST && headers.contains_key(header::CONTENT_TYPE);
        let parameters = if has_form {
            decode_form(Form::from_request(request, &server).await)?
        } else {
            decode_query(Query::try_from_uri(request.uri()))?
        };
        Ok(Self { server, headers, parameters })
    }
}

impl ApiRequest {
    /// Locks the account for reading.
    pub(crate) fn account(&self) -> RwLockReadGuard<'_, Account> {
        self.server.account()
    }

    /// The URL at which the media of a recording can be read for some time, without credentials.
    pub(crate) fn media_url(&self, room_sid: &str, sid: &str) -> String {
        let signed = self.server.media_urls.sign(room_sid, sid, self.server.clock.now());
        format!("{}{signed}", self.server.origin(&self.headers))
    }

    /// Responds with the requested page of the items, which are newest first.
    pub(crate) fn page_response<T: Sequenced + ToJson>(
        &self,
        key: &'static str,
        query: &PageQuery,
        items: &[&T],
    ) -> ApiResult {
        let cursor = cursor(&self.server.page_tokens, query)?;
        let cursor = cursor.map(|(direction, item)| Ok((direction, item.parse().map_err(|_| invalid_page_token())?)));
        let page = page_by_sequence(items, query.page_size, cursor.transpose()?);
        let sequence = |item: &T| item.sequence().to_string();
        let (previous, next) = (page.previous_cursor().map(sequence), page.next_cursor().map(sequence));
        let origin = self.server.origin(&self.headers);
        let tokens = &self.server.page_tokens;
        let meta = PageMeta::new(tokens, &origin, key, query, previous.as_deref(), next.as_deref());
        let items: Vec<Value> = page.items.iter().map(|item| item.to_json(&origin)).collect();
        Ok(Json(json!({ "meta": meta, key: items })).into_response())
    }

    /// Responds with an item.
    pub(crate) fn item_response(&self, item: &impl ToJson) -> Response {
        Json(item.to_json(&self.server.origin(&self.headers))).into_response()
    }

    /// Updates a room, and responds with this status. The update returns the body, which is empty for `null`, and whether it
    /// changed anything.
    pub(crate) fn update_room(
        &self,
        status: StatusCode,
        room_name: &str,
        update: impl FnOnce(RoomUpdate<'_>) -> Result<(Value, bool), Error>,
    ) -> ApiResult {
        let origin = &self.server.origin(&self.headers);
        let result = self.server.update(|account, now| {
            let (room, random) = account.room_mut(room_name)?;
            update(RoomUpdate { room, random, now, origin })
        });
        let body = result.map_err(|error| ApiError::from_model(&error, room_name))?;
        Ok(if body.is_null() { status.into_response() } else { (status, Json(body)).into_response() })
    }
}

/// Finds the room that a path names by its SID or, while it is in progress, by its unique name.
pub(crate) fn find_room<'a>(account: &'a Account, name: &str) -> Result<&'a Room, ApiError> {
    account.room(name).ok_or_else(|| ApiError::from_model(&Error::RoomNotFound, name))
}

/// Finds the participant that a path names by its SID or, while it is connected, by its identity.
pub(crate) fn find_participant<'a>(
    account: &'a Account,
    room_name: &str,
    name: &str,
) -> Result<(&'a Room, &'a Participant), ApiError> {
    let room = find_room(account, room_name)?;
    let participant = room.participant(name);
    let not_found = || ApiError::from_model(&Error::ParticipantNotFound(name.to_owned()), room_name);
    Ok((room, participant.ok_or_else(not_found)?))
}
