//! Faults, latency and the clock over HTTP, for programs in any language.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use chrono::{DateTime, TimeDelta};
use serde_json::json;

use super::control::post_form;
use super::error::ApiError;
use super::faults::Fault;
use super::query::{Pairs, parameter};
use super::request::ApiResult;
use super::server::Server;
use crate::model::format_timestamp;

/// The endpoints of the settings, which need no credentials.
pub(crate) fn router() -> Router<Arc<Server>> {
    Router::new()
        .route(
            "/sandbox/faults",
            post_form(add_fault).delete(async |State(server): State<Arc<Server>>| clear_faults(&server)),
        )
        .route("/sandbox/latency", post_form(set_latency))
        .route(
            "/sandbox/clock",
            get(async |State(server): State<Arc<Server>>| read_clock(&server)).merge(post_form(set_clock)),
        )
}

/// Parses a field that is a number.
fn number(form: &Pairs, name: &str) -> Result<Option<u64>, ApiError> {
    let invalid = |value| ApiError::bad_parameter(format!("Invalid {name}: {value} is not a number from 0"));
    parameter(form, name).map(|value| value.parse().map_err(|_| invalid(value))).transpose()
}

/// Injects a fault into a number of requests, by default one.
pub(crate) fn add_fault(server: &Server, form: &Pairs) -> ApiResult {
    let name = parameter(form, "fault").ok_or_else(|| ApiError::bad_parameter("Missing fault"))?;
    let status = match number(form, "status")? {
        None => None,
        Some(status @ 100..=999) => u16::try_from(status).ok(),
        Some(status) => return Err(ApiError::bad_parameter(format!("Invalid status: {status}"))),
    };
    let fault = Fault::parse(name, status, number(form, "seconds")?).map_err(ApiError::bad_parameter)?;
    let times = match parameter(form, "times") {
        Some("always") => u64::MAX,
        _ => number(form, "times")?.unwrap_or(1),
    };
    match parameter(form, "on") {
        None | Some("api") => server.faults.add(fault, times),
        Some("media") => server.media_faults.add(fault, times),
        Some(other) => return Err(ApiError::bad_parameter(format!("Invalid on: {other} is neither api nor media"))),
    }
    server.touch();
    Ok(StatusCode::NO_CONTENT.into_response())
}

pub(crate) fn clear_faults(server: &Server) -> StatusCode {
    server.clear_faults();
    StatusCode::NO_CONTENT
}

pub(crate) fn set_latency(server: &Server, form: &Pairs) -> ApiResult {
    let milliseconds = number(form, "milliseconds")?;
    let milliseconds = milliseconds.ok_or_else(|| ApiError::bad_parameter("Missing milliseconds"))?;
    server.set_latency(Duration::from_millis(milliseconds));
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn read_clock(server: &Server) -> Response {
    Json(json!({ "now": format_timestamp(server.clock.now()) })).into_response()
}

/// Stops the clock at a time, or moves it forward by a number of seconds and stops it there.
pub(crate) fn set_clock(server: &Server, form: &Pairs) -> ApiResult {
    let now = match (parameter(form, "now"), number(form, "advance")?) {
        (Some(now), None) => DateTime::parse_from_rfc3339(now).ok().map(|now| now.to_utc()),
        (None, Some(seconds)) => {
            let advance = i64::try_from(seconds).ok().and_then(TimeDelta::try_seconds);
            advance.and_then(|advance| server.clock.now().checked_add_signed(advance))
        }
        _ => return Err(ApiError::bad_parameter("Either now or advance is required")),
    };
    let invalid = "now is an instant of RFC 3339, and advance a number of seconds that leads to a year up to 262142";
    server.stop_clock_at(now.ok_or_else(|| ApiError::bad_parameter(invalid))?);
    Ok(read_clock(server))
}
