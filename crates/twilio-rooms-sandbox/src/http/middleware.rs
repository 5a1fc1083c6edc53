//! The steps common to all requests to the API: counting, authentication, faults and latency.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::time::Instant;

use super::auth;
use super::connection::ConnectionInfo;
use super::error::ApiError;
use super::faults::Fault;
use super::recorder::RecordedRequest;
use super::server::Server;

/// The delay of Tokio's timers, which count whole milliseconds starting with the next one.
const TIMER_DELAY: Duration = Duration::from_millis(1);
const REQUEST_ID: HeaderName = HeaderName::from_static("twilio-request-id");

/// Counts and authenticates a request, passes it on, and injects the next fault.
pub(crate) async fn handle(
    State(server): State<Arc<Server>>,
    ConnectInfo(connection): ConnectInfo<ConnectionInfo>,
    mut request: Request,
    next: Next,
) -> Response {
    let number = server.count_request();
    let started = Instant::now();
    let fault = server.faults.next();
    note(fault, &request);
    if fault == Some(Fault::RepeatedPage) {
        remove_page_parameters(&mut request);
    }
    let refusal = fault.filter(|fault| !fault.is_after_processing()).and_then(Fault::status_response);
    let mut response = if let Some(refusal) = refusal {
        refusal
    } else if auth::is_authorized(request.headers(), |token| server.tokens.is_valid(token, server.clock.now())) {
        next.run(request).await
    } else {
        ApiError::unauthorized().into_response()
    };
    if let Some(fault) = fault {
        response = server.faults.apply(fault, response, &connection.reset).await;
    }
    if let Ok(id) = HeaderValue::try_from(format!("RQ{number:032x}")) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    pause(&server, started).await;
    response
}

/// Counts a request for media, passes it on, and injects the next fault of media.
pub(crate) async fn handle_media(
    State(server): State<Arc<Server>>,
    ConnectInfo(connection): ConnectInfo<ConnectionInfo>,
    request: Request,
    next: Next,
) -> Response {
    server.count_media_request();
    let started = Instant::now();
    let fault = server.media_faults.next();
    note(fault, &request);
    let refusal = fault.filter(|fault| !fault.is_after_processing()).and_then(Fault::status_response);
    let mut response = match refusal {
        Some(refusal) => refusal,
        None => next.run(request).await,
    };
    if let Some(fault) = fault {
        response = server.media_faults.apply(fault, response, &connection.reset).await;
    }
    pause(&server, started).await;
    response
}

/// Tells the inspector, if it is on, which fault a request gets.
fn note(fault: Option<Fault>, request: &Request) {
    if let Some(fault) = fault
        && let Some(recorded) = request.extensions().get::<RecordedRequest>()
    {
        recorded.set_fault(fault.to_string());
    }
}

/// Waits until a request that has started then has taken the latency of the sandbox.
async fn pause(server: &Server, started: Instant) {
    let latency = server.latency();
    if !latency.is_zero() {
        tokio::time::sleep(latency.saturating_sub(TIMER_DELAY).saturating_sub(started.elapsed())).await;
    }
}

/// Turns a request for any page into one for the first.
fn remove_page_parameters(request: &mut Request) {
    let query = request.uri().query().unwrap_or_default();
    let is_kept = |pair: &&str| !pair.starts_with("Page=") && !pair.starts_with("PageToken=");
    let kept: Vec<&str> = query.split('&').filter(is_kept).collect();
    if let Ok(uri) = format!("{}?{}", request.uri().path(), kept.join("&")).parse() {
        *request.uri_mut() = uri;
    }
}
