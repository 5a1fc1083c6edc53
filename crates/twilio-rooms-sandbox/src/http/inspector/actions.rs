//! The actions of the page's buttons: those of `/sandbox/*`, and those that the API has too.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde_json::Value;

use crate::http::control::{self, Action, created, no_content, required};
use crate::http::create_room::parse_room_settings;
use crate::http::error::ApiError;
use crate::http::query::Pairs;
use crate::http::request::ApiResult;
use crate::http::server::Server;
use crate::http::settings;
use axum::response::IntoResponse;

/// The actions by their names.
const ACTIONS: [(&str, Action); 10] = [
    ("create", create),
    ("complete", complete),
    ("join", control::join),
    ("leave", control::leave),
    ("publish", control::publish),
    ("unpublish", control::unpublish),
    ("inject-fault", settings::add_fault),
    ("clear-faults", |server, _| Ok(settings::clear_faults(server).into_response())),
    ("set-latency", settings::set_latency),
    ("set-clock", settings::set_clock),
];

/// Runs an action with the parameters of a JSON object.
pub(super) async fn run(
    State(server): State<Arc<Server>>,
    Path(name): Path<String>,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult {
    let action = ACTIONS.iter().find(|(known, _)| *known == name).map(|(_, action)| action);
    let action = action.ok_or_else(|| ApiError::refused(StatusCode::NOT_FOUND, "There is no such action"))?;
    let body = body.map_err(|error| ApiError::refused(error.status(), error.body_text()))?;
    action(&server, &parameters(&body)?)
}

/// The parameters of an action: texts, numbers and booleans, as a form would have them.
fn parameters(body: &[u8]) -> Result<Pairs, ApiError> {
    let object: BTreeMap<String, Value> = serde_json::from_slice(body)
        .map_err(|error| ApiError::bad_parameter(format!("The body is not a JSON object: {error}")))?;
    let pairs = object.into_iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| match value {
        Value::String(text) => Ok((name, text)),
        Value::Number(_) | Value::Bool(_) => Ok((name, value.to_string())),
        _ => Err(ApiError::bad_parameter(format!("{name} is neither a text nor a number nor a boolean"))),
    });
    pairs.collect()
}

/// Creates a room with the parameters that the API has. It does not count as a change by a request.
fn create(server: &Server, form: &Pairs) -> ApiResult {
    let settings = parse_room_settings(form)?;
    let name = settings.unique_name.clone();
    let sid = server.update(|account, now| Ok((account.create_room(settings, now)?.sid.clone(), false)));
    created(sid.map_err(|error: crate::model::Error| format!("{name} cannot be created: {error}")))
}

/// Completes a room. It does not count as a change by a request.
fn complete(server: &Server, form: &Pairs) -> ApiResult {
    let name = required(form, "room")?;
    let completed = server.update(|account, now| account.complete_room(name, now).map(|_| ((), false)));
    no_content(completed.map_err(|error| format!("{name} cannot be completed: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parameters_are_those_of_a_form() -> Result<(), ApiError> {
        let parsed = parameters(br#"{"a": "x", "b": 7, "c": true, "d": null, "e": ""}"#)?;
        let expected = [("a", "x"), ("b", "7"), ("c", "true"), ("e", "")];
        assert_eq!(parsed, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
        for body in ["", "[]", "{", r#"{"a": []}"#, "\u{0}"] {
            assert!(parameters(body.as_bytes()).is_err(), "{body}");
        }
        Ok(())
    }
}
