//! Faults, latency and the clock over HTTP, for programs in any language.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::{DateTime, TimeDelta};
use serde_json::json;

use super::error::ApiError;
use super::faults::Fault;
use super::form::{FormPairs, decode_form};
use super::query::{Pairs, parameter};
use super::request::ApiResult;
use super::server::Server;
use crate::model::format_timestamp;

/// The endpoints of the settings, which need no credentials.
pub(crate) fn router() -> Router<Arc<Server>> {
    Router::new()
        .route("/sandbox/faults", post(add_fault).delete(clear_faults))
        .route("/sandbox/latency", post(set_latency))
        .route("/sandbox/clock", get(read_clock).post(set_clock))
}

/// Parses a field that is a number.
fn number(form: &Pairs, name: &str) -> Result<Option<u64>, ApiError> {
    let invalid = |value| ApiError::bad_parameter(format!("Invalid {name}: {value} is not a number from 0"));
    parameter(form, name).map(|value| value.parse().map_err(|_| invalid(value))).transpose()
}

/// Injects a fault into a number of requests, by default one.
async fn add_fault(State(server): State<Arc<Server>>, form: FormPairs) -> ApiResult {
    let form = decode_form(form)?;
    let name = parameter(&form, "fault").ok_or_else(|| ApiError::bad_parameter("Missing fault"))?;
    let status = match number(&form, "status")? {
        None => None,
        Some(status @ 100..=999) => u16::try_from(status).ok(),
        Some(status) => return Err(ApiError::bad_parameter(format!("Invalid status: {status}"))),
    };
    let fault = Fault::parse(name, status, number(&form, "seconds")?).map_err(ApiError::bad_parameter)?;
    let times = match parameter(&form, "times") {
        Some("always") => u64::MAX,
        _ => number(&form, "times")?.unwrap_or(1),
    };
    match parameter(&form, "on") {
        None | Some("api") => server.faults.add(fault, times),
        Some("media") => server.media_faults.add(fault, times),
        Some(other) => return Err(ApiError::bad_parameter(format!("Invalid on: {other} is neither api nor media"))),
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn clear_faults(State(server): State<Arc<Server>>) -> StatusCode {
    server.faults.clear();
    server.media_faults.clear();
    StatusCode::NO_CONTENT
}

async fn set_latency(State(server): State<Arc<Server>>, form: FormPairs) -> ApiResult {
    let milliseconds = number(&decode_form(form)?, "milliseconds")?;
    let milliseconds = milliseconds.ok_or_else(|| ApiError::bad_parameter("Missing milliseconds"))?;
    server.set_latency(Duration::from_millis(milliseconds));
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn read_clock(State(server): State<Arc<Server>>) -> Response {
    Json(json!({ "now": format_timestamp(server.clock.now()) })).into_response()
}

/// Stops the clock at a time, or moves it forward by a number of seconds and stops it there.
async fn set_clock(State(server): State<Arc<Server>>, form: FormPairs) -> ApiResult {
    let form = decode_form(form)?;
    let now = match (parameter(&form, "now"), number(&form, "advance")?) {
        (Some(now), None) => DateTime::parse_from_rfc3339(now).ok().map(|now| now.to_utc()),
        (None, Some(seconds)) => {
            let advance = i64::try_from(seconds).ok().and_then(TimeDelta::try_seconds);
            advance.and_then(|advance| server.clock.now().checked_add_signed(advance))
        }
        _ => return Err(ApiError::bad_parameter("Either now or advance is required")),
    };
    let invalid = "now is an instant of RFC 3339, and advance a number of seconds that leads to a year up to 262142";
    server.stop_clock_at(now.ok_or_else(|| ApiError::bad_parameter(invalid))?);
    Ok(read_clock(State(server)).await)
}
