//! Waiting for the status of a room.

use std::pin::Pin;
use std::time::Duration;

use tokio::time::Instant;
use twilio_rooms_api::RoomSid;
use twilio_rooms_api::types::{Room, RoomStatus};

use super::fetch_room::fetch_room;
use crate::error::{Error, Kind};
use crate::request::RequestContext;
use crate::transport::{CallOptions, Connection, Retry, deadline_after};

/// The default time limit.
const DEADLINE: Duration = Duration::from_secs(600);
/// The first polling interval. It doubles up to the last one.
const FIRST_INTERVAL: Duration = Duration::from_secs(1);
const LAST_INTERVAL: Duration = Duration::from_secs(15);
/// The number of times that a room of a SID may not be found before it is.
const MAX_NOT_FOUND: u32 = 5;
const MIN_INTERVAL: Duration = Duration::from_millis(100);
/// The time limit of the last fetch, which happens after the deadline.
const LAST_FETCH_TIMEOUT: Duration = Duration::from_secs(10);

/// Waits until a room has a status; created by [`RoomRef::wait_until`](crate::RoomRef::wait_until). `.await` it.
///
/// It polls the room after 1 second, then after 2, 4 and 8, then every 15 seconds, and a last time after the deadline.
/// While the service or the connection fails temporarily, it keeps waiting. Status callbacks report the status without
/// polling.
#[derive(Debug, Clone)]
#[must_use = "waiting does nothing until it is awaited"]
pub struct WaitUntil {
    connection: Connection,
    sid_or_unique_name: String,
    status: RoomStatus,
    deadline: Duration,
    interval: Option<Duration>,
    options: CallOptions,
}

impl WaitUntil {
    pub(super) fn new(connection: &Connection, sid_or_unique_name: &str, status: RoomStatus) -> Self {
        let (connection, sid_or_unique_name) = (connection.clone(), sid_or_unique_name.to_owned());
        let (deadline, interval, options) = (DEADLINE, None, CallOptions::default());
        Self { connection, sid_or_unique_name, status, deadline, interval, options }
    }

    /// Sets the time limit. The default is 10 minutes.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Sets a constant polling interval of at least 0.1 seconds. By default the interval increases.
    pub fn interval(mut self, interval: Duration) -> Self {
        self.interval = Some(interval.max(MIN_INTERVAL));
        self
    }

    /// Sets the timeout of each attempt to fetch the room. The default is
    /// [`ClientBuilder::timeout`](crate::ClientBuilder::timeout).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// Sets the retries of each fetch of the room. The default is
    /// [`ClientBuilder::retry`](crate::ClientBuilder::retry).
    pub fn retry(mut self, retry: Retry) -> Self {
        self.options.retry = Some(retry);
        self
    }

    /// Waits, and returns the room with the status.
    ///
    /// # Errors
    ///
    /// The room does not reach the status in time ([`Error::is_timeout`]) or ends with another one
    /// ([`Error::is_ended`]); it is not found; or it cannot be fetched for a reason that is not temporary. A room that
    /// has just ended may be 404 for a moment: such a response is not an error once the room was found, nor, if it is
    /// referred to by its SID, for the first 5 consecutive responses.
    pub async fn send(self) -> Result<Room, Error> {
        let deadline = deadline_after(self.deadline);
        let mut interval = self.interval.unwrap_or(FIRST_INTERVAL);
        let (mut name, mut last_status, mut last_error) = (self.sid_or_unique_name, None, None);
        let mut not_found_allowed = if RoomSid::from(name.as_str()).is_well_formed() { MAX_NOT_FOUND } else { 0 };
        loop {
            let is_last = Instant::now() >= deadline;
            let context = RequestContext::new(self.connection.clone(), self.options.clone());
            let fetch_deadline = if is_last { deadline_after(LAST_FETCH_TIMEOUT) } else { deadline };
            match tokio::time::timeout_at(fetch_deadline, fetch_room(&context, &name)).await {
                Ok(Ok(room)) => {
                    let room = room.into_value();
                    let status = room.status.clone().unwrap_or(RoomStatus::InProgress);
                    if status == self.status {
                        return Ok(room);
                    }
                    if matches!(status, RoomStatus::Completed | RoomStatus::Failed) {
                        let message = format!("the room is {status}, and will never be {}", self.status);
                        return Err(Error::new(Kind::Ended(message)));
                    }
                    // Once the room has ended, the unique name no longer stands for it.
                    name = room.sid.into();
                    (last_status, last_error) = (Some(status), None);
                    not_found_allowed = u32::MAX;
                }
                Ok(Err(error)) if error.is_retryable() => last_error = Some(error),
                Ok(Err(error)) if error.is_not_found() && not_found_allowed > 0 && !is_last => {
                    not_found_allowed -= 1;
                    last_error = Some(error);
                }
                Ok(Err(error)) if error.is_not_found() && last_status.is_some() => last_error = Some(error),
                Ok(Err(error)) => return Err(error),
                Err(_) => {}
            }
            if is_last {
                return Err(timeout_error(&self.status, self.deadline, last_status.as_ref(), last_error));
            }
            tokio::time::sleep_until(deadline_after(interval).min(deadline)).await;
            interval = self.interval.unwrap_or_else(|| (interval * 2).min(LAST_INTERVAL));
        }
    }
}

fn timeout_error(
    status: &RoomStatus,
    deadline: Duration,
    last_status: Option<&RoomStatus>,
    last_error: Option<Error>,
) -> Error {
    let known = last_status.map_or_else(|| "its status is unknown".to_owned(), |status| format!("it is {status}"));
    let error = Error::new(Kind::WaitTimeout(format!("the room is not {status} after {deadline:?}: {known}")));
    if let Some(last_error) = last_error { error.with_source(last_error) } else { error }
}

impl IntoFuture for WaitUntil {
    type Output = Result<Room, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}
