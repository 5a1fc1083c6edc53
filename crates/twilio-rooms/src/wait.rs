//! Waiting for a status.

use std::pin::Pin;
use std::time::Duration;

use tokio::time::Instant;
use twilio_rooms_api::types::{Room, RoomStatus};

use crate::client::Client;
use crate::error::{Error, Kind};
use crate::options::{Options, from_now};
use crate::request::Context;
use crate::retry::Retry;
use crate::room::fetch;

/// How long to wait at most, unless something else is said.
const DEADLINE: Duration = Duration::from_secs(600);
/// How often the room is looked at: soon at first, then less and less often.
const FIRST_INTERVAL: Duration = Duration::from_secs(1);
const LAST_INTERVAL: Duration = Duration::from_secs(15);
/// How long the look at the end may take.
const LAST_LOOK: Duration = Duration::from_secs(10);

/// Waits until a room has a status; made by [`RoomRef::wait_until`](crate::RoomRef::wait_until). `.await` it.
///
/// The service tells nobody but the URL of the status callback, so the room is fetched again and again: after 1 second, then
/// 2, 4, 8, and every 15, and one last time when the time is over. That it cannot be fetched for a while, because the service or
/// the connection fails, does not end the waiting.
#[derive(Debug, Clone)]
#[must_use = "waiting does nothing until it is awaited"]
pub struct WaitUntil {
    client: Client,
    name: String,
    status: RoomStatus,
    deadline: Duration,
    interval: Option<Duration>,
    options: Options,
}

impl WaitUntil {
    pub(crate) fn new(client: Client, name: String, status: RoomStatus) -> Self {
        Self { client, name, status, deadline: DEADLINE, interval: None, options: Options::default() }
    }

    /// How long to wait at most. The default is 10 minutes.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// How often the room is looked at, in place of less and less often. At least 0.1 seconds.
    pub fn interval(mut self, interval: Duration) -> Self {
        self.interval = Some(interval.max(Duration::from_millis(100)));
        self
    }

    /// How long one attempt to fetch the room may take, in place of
    /// [`ClientBuilder::timeout`](crate::ClientBuilder::timeout).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// When a fetch of the room is tried again, in place of what the client does.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.options.retry = Some(retry);
        self
    }

    /// Waits, and gives the room as it then is.
    ///
    /// # Errors
    ///
    /// When the room does not have the status in time ([`Error::is_timeout`]) or is over with another one
    /// ([`Error::is_over`]); when it is not found, and when it cannot be fetched for a reason that does not go away. That it
    /// is not found for a moment, as may happen to a room that has just ended, is no error once it was found before.
    pub async fn send(self) -> Result<Room, Error> {
        let deadline = from_now(self.deadline);
        let mut interval = self.interval.unwrap_or(FIRST_INTERVAL);
        let (mut name, mut seen, mut trouble) = (self.name, None, None);
        loop {
            let last = Instant::now() >= deadline;
            let context = Context::new(self.client.clone(), self.options.clone());
            let within = if last { from_now(LAST_LOOK) } else { deadline };
            match tokio::time::timeout_at(within, fetch(&context, &name)).await {
                Ok(Ok(room)) => {
                    let room = room.into_value();
                    let status = room.status.clone().unwrap_or(RoomStatus::InProgress);
                    if status == self.status {
                        return Ok(room);
                    }
                    if matches!(status, RoomStatus::Completed | RoomStatus::Failed) {
                        let message = format!("the room is {status}, and will never be {}", self.status);
                        return Err(Error::new(Kind::Over(message)));
                    }
                    // From now on by its SID: the name means nothing once the room is over.
                    name = room.sid.to_string();
                    (seen, trouble) = (Some(status), None);
                }
                Ok(Err(error)) if error.is_retryable() || (error.is_not_found() && seen.is_some()) => {
                    trouble = Some(error);
                }
                Ok(Err(error)) => return Err(error),
                Err(_) => {}
            }
            if last {
                return Err(late(&self.status, self.deadline, seen.as_ref(), trouble));
            }
            tokio::time::sleep_until(from_now(interval).min(deadline)).await;
            interval = self.interval.unwrap_or_else(|| (interval * 2).min(LAST_INTERVAL));
        }
    }
}

fn late(status: &RoomStatus, deadline: Duration, seen: Option<&RoomStatus>, trouble: Option<Error>) -> Error {
    let still = seen.map_or_else(|| "nothing is known of it".to_owned(), |seen| format!("it is {seen}"));
    let error = Error::new(Kind::Wait(format!("the room is not {status} after {deadline:?}: {still}")));
    if let Some(trouble) = trouble { error.with_source(trouble) } else { error }
}

impl IntoFuture for WaitUntil {
    type Output = Result<Room, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}
