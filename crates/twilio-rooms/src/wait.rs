//! Waiting for a status.

use std::pin::Pin;
use std::time::Duration;

use tokio::time::Instant;
use twilio_rooms_api::types::{Room, RoomStatus};

use crate::client::Client;
use crate::error::{Error, Kind};
use crate::options::Options;
use crate::request::Context;
use crate::retry::Retry;
use crate::room::fetch;

/// How long to wait at most, unless something else is said.
const DEADLINE: Duration = Duration::from_secs(600);
/// How often the room is looked at: soon at first, then less and less often.
const FIRST_INTERVAL: Duration = Duration::from_secs(1);
const LAST_INTERVAL: Duration = Duration::from_secs(15);

/// Waits until a room has a status; made by [`RoomRef::wait_until`](crate::RoomRef::wait_until). `.await` it.
///
/// The service tells nobody but the URL of the status callback, so the room is fetched again and again: after 1 second, then
/// 2, 4, 8, and every 15.
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

    /// When a fetch of the room is tried again, in place of what the client does.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.options.retry = Some(retry);
        self
    }

    /// Waits, and gives the room as it then is.
    ///
    /// # Errors
    ///
    /// When the room does not have the status in time ([`Error::is_timeout`]) or is over with another one; when it cannot be
    /// fetched. That it is not found for a moment, as may happen to a room that has just ended, is no error once it was
    /// found before.
    pub async fn send(self) -> Result<Room, Error> {
        let (deadline, mut interval) = (Instant::now() + self.deadline, self.interval.unwrap_or(FIRST_INTERVAL));
        let (context, mut name, mut last) = (Context::new(self.client, self.options), self.name, None);
        loop {
            let room = match tokio::time::timeout_at(deadline, fetch(&context, &name)).await {
                Ok(Ok(room)) => Some(room.into_value()),
                Ok(Err(error)) if error.is_not_found() && last.is_some() => None,
                Ok(Err(error)) => return Err(error),
                Err(_) => return Err(late(&self.status, self.deadline, last.as_ref())),
            };
            if let Some(room) = room {
                let status = room.status.clone();
                if status.as_ref() == Some(&self.status) {
                    return Ok(room);
                }
                if let Some(over @ (RoomStatus::Completed | RoomStatus::Failed)) = &status {
                    let message = format!("the room is {over}, and will never be {}", self.status);
                    return Err(Error::new(Kind::Over(message)));
                }
                // From now on by its SID: the name means nothing once the room is over.
                name = room.sid.to_string();
                last = status.or(last).or(Some(RoomStatus::InProgress));
            }
            let next = Instant::now() + interval;
            if next >= deadline {
                return Err(late(&self.status, self.deadline, last.as_ref()));
            }
            tokio::time::sleep_until(next).await;
            interval = self.interval.unwrap_or_else(|| (interval * 2).min(LAST_INTERVAL));
        }
    }
}

fn late(status: &RoomStatus, deadline: Duration, last: Option<&RoomStatus>) -> Error {
    let still = last.map_or_else(|| "nothing is known of it".to_owned(), |last| format!("it is {last}"));
    Error::new(Kind::Wait(format!("the room is not {status} after {deadline:?}: {still}")))
}

impl IntoFuture for WaitUntil {
    type Output = Result<Room, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}
