//! One room, which may or may not exist.

use twilio_rooms_api::types::{Room, RoomStatus, UpdateRoomRequest};

use crate::client::Client;
use crate::error::Error;
use crate::request::{Context, Request};
use crate::response::Response;
use crate::retry::Effect;
use crate::wait::WaitUntil;

/// The longest name that a room can have, in characters. A SID is shorter.
const MAX_NAME: usize = 128;
/// The vendor's number of the error that the room is not in progress.
const NOT_IN_PROGRESS: u32 = 53112;

/// One room, named by its SID or its unique name; made by [`Client::room`]. Nothing is known of it until it is asked for.
#[derive(Debug, Clone)]
pub struct RoomRef {
    client: Client,
    name: String,
}

impl RoomRef {
    pub(crate) fn new(client: Client, name: String) -> Self {
        Self { client, name }
    }

    /// Fetches the room.
    ///
    /// A unique name stands for a room only while it is in progress; right after it has ended, even its SID may be unknown
    /// for a moment ([`Error::is_not_found`]).
    ///
    /// See the vendor's documentation of
    /// [this operation](https://www.twilio.com/docs/video/api/rooms-resource#fetch-a-room-resource).
    pub fn fetch(&self) -> Request<Room> {
        let name = self.name.clone();
        Request::new(&self.client, async move |context: Context| fetch(&context, &name).await)
    }

    /// Completes the room: its participants are disconnected, and it cannot be opened again.
    ///
    /// A room that is not in progress cannot be completed: the error has the code 53112. When that is the answer to a second
    /// attempt, because that to the first was lost, and the room is found completed, the call has gone well. A unique name
    /// has no meaning any more by then, so complete rooms by their SID where it matters.
    ///
    /// See the vendor's documentation of
    /// [this operation](https://www.twilio.com/docs/video/api/rooms-resource#update-a-room-resource).
    pub fn complete(&self) -> Request<Room> {
        let name = self.name.clone();
        Request::new(&self.client, async move |context: Context| complete(&context, &name).await)
    }

    /// Waits until the room has this status.
    ///
    /// ```no_run
    /// # async fn example(client: twilio_rooms::Client) -> Result<(), twilio_rooms::Error> {
    /// use std::time::Duration;
    /// use twilio_rooms::RoomStatus;
    ///
    /// let room = client.room("DailyStandup");
    /// let ended = room.wait_until(RoomStatus::Completed).deadline(Duration::from_secs(3600)).await?;
    /// println!("it took {:?}", ended.duration);
    /// # Ok(())
    /// # }
    /// ```
    pub fn wait_until(&self, status: impl Into<RoomStatus>) -> WaitUntil {
        WaitUntil::new(self.client.clone(), self.name.clone(), status.into())
    }
}

/// Fetches the room of this SID or unique name.
pub(crate) async fn fetch(context: &Context, name: &str) -> Result<Response<Room>, Error> {
    let name = checked(name)?;
    context.call(Effect::Read, async move |api| api.fetch_room().sid(name).send().await).await
}

async fn complete(context: &Context, name: &str) -> Result<Response<Room>, Error> {
    let name = checked(name)?;
    let form = UpdateRoomRequest::new(RoomStatus::Completed);
    let result =
        context.call(Effect::Idempotent, async move |api| api.update_room().sid(name).body(form).send().await).await;
    match result {
        Err(error) if error.code() == Some(NOT_IN_PROGRESS) && error.is_outcome_unknown() => {
            // An earlier attempt may have completed it.
            match fetch(context, name).await {
                Ok(room) if room.value().status == Some(RoomStatus::Completed) => Ok(room),
                _ => Err(error),
            }
        }
        result => result,
    }
}

/// The name, if it can be part of a path.
fn checked(name: &str) -> Result<&str, Error> {
    let length = name.chars().count();
    if [".", ".."].contains(&name) {
        return Err(Error::invalid(format!("no room can be called {name:?}, which has a meaning of its own in a URL")));
    }
    if !(1..=MAX_NAME).contains(&length) {
        let range = format!("but a SID or unique name has 1 to {MAX_NAME}");
        return Err(Error::invalid(format!("the name of the room has {length} characters, {range}")));
    }
    Ok(name)
}
