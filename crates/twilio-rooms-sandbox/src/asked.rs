//! A request for what belongs to a room, and what it is answered with.

use std::sync::{Arc, PoisonError, RwLockReadGuard};

use axum::extract::{FromRequest, Query, Request};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Form, Json};
use serde_json::Value;

use crate::error::Error;
use crate::list::{Listed, pairs};
use crate::query::Paging;
use crate::server::{Server, form};
use crate::session::Scene;
use crate::state::State;

/// What a handler gives.
pub(crate) type Answered = Result<Response, Error>;

/// A request.
#[derive(Debug)]
pub(crate) struct Asked {
    server: Arc<Server>,
    headers: HeaderMap,
    /// What its query says or, when it is to change something, its form.
    pub(crate) pairs: Vec<(String, String)>,
}

impl FromRequest<Arc<Server>> for Asked {
    type Rejection = Error;

    async fn from_request(request: Request, server: &Arc<Server>) -> Result<Self, Error> {
        let (server, headers) = (Arc::clone(server), request.headers().clone());
        let has_form = request.method() == Method::POST && headers.contains_key(header::CONTENT_TYPE);
        let pairs = if has_form {
            form(Form::from_request(request, &server).await)?
        } else {
            pairs(Query::try_from_uri(request.uri()))?
        };
        Ok(Self { server, headers, pairs })
    }
}

impl Asked {
    /// What there is to be read.
    pub(crate) fn state(&self) -> RwLockReadGuard<'_, State> {
        self.server.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The page that is asked for of what is listed, which is newest first.
    pub(crate) fn page<T: Listed>(&self, key: &'static str, paging: &Paging, items: &[&T]) -> Answered {
        self.server.answer_page(&self.headers, key, paging, items)
    }

    /// What was found, or an error that says at which path, below `/v1`, it was not.
    pub(crate) fn found(&self, found: Option<&impl Listed>, path: impl FnOnce() -> String) -> Answered {
        found.map(|found| self.answer(found)).ok_or_else(|| Error::not_found(&path()))
    }

    pub(crate) fn answer(&self, item: &impl Listed) -> Response {
        Json(item.answer(&self.server.origin(&self.headers))).into_response()
    }

    /// Lets something happen in a room, with an answer of this status. The change says how it is answered, with URLs of the
    /// origin that was asked, and whether it is one.
    pub(crate) fn change(
        &self,
        status: StatusCode,
        room: &str,
        change: impl FnOnce(&mut Scene<'_>, &str) -> Result<(Value, bool), Error>,
    ) -> Answered {
        let origin = self.server.origin(&self.headers);
        let body = self.server.change(|state, now| change(&mut state.scene(room, now)?, &origin))?;
        Ok(if body.is_null() { status.into_response() } else { (status, Json(body)).into_response() })
    }
}
