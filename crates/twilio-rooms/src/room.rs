//! One room, which may or may not exist.

use twilio_rooms_api::types::{Room, RoomStatus, UpdateRoomRequest};
use twilio_rooms_api::{RecordingSid, RoomSid, TranscriptionId};

use crate::client::Client;
use crate::error::Error;
use crate::names::checked;
use crate::options::from_now;
use crate::participants::{ParticipantRef, Participants};
use crate::recording_rules::RecordingRulesRef;
use crate::recordings::{RecordingRef, Recordings};
use crate::request::{Context, Request};
use crate::response::Response;
use crate::retry::Effect;
use crate::transcriptions::{TranscriptionRef, Transcriptions};
use crate::wait::WaitUntil;

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
    /// attempt, because that to the first was lost, and the room is found completed, the call has gone well.
    ///
    /// A unique name is looked up first, which is one request more: by the time of a second attempt it may be that of another
    /// room.
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

    /// The participants of the room.
    #[must_use]
    pub fn participants(&self) -> Participants {
        Participants::new(&self.client, &self.name)
    }

    /// One participant of the room, by its SID or, while it is connected, by its identity.
    #[must_use]
    pub fn participant(&self, sid_or_identity: impl AsRef<str>) -> ParticipantRef {
        ParticipantRef::new(&self.client, &self.name, sid_or_identity.as_ref())
    }

    /// The recordings of the room, which has to be named by its SID.
    #[must_use]
    pub fn recordings(&self) -> Recordings {
        Recordings::new(&self.client, &self.name)
    }

    /// One recording of the room, which has to be named by its SID.
    pub fn recording(&self, sid: impl Into<RecordingSid>) -> RecordingRef {
        RecordingRef::new(&self.client, &self.name, sid.into())
    }

    /// The rules for which tracks of the room are recorded.
    #[must_use]
    pub fn recording_rules(&self) -> RecordingRulesRef {
        RecordingRulesRef::new(&self.client, &self.name)
    }

    /// The transcriptions of the room.
    #[must_use]
    pub fn transcriptions(&self) -> Transcriptions {
        Transcriptions::new(&self.client, &self.name)
    }

    /// One transcription of the room.
    pub fn transcription(&self, id: impl Into<TranscriptionId>) -> TranscriptionRef {
        TranscriptionRef::new(&self.client, &self.name, id.into())
    }
}

/// Fetches the room of this SID or unique name.
pub(crate) async fn fetch(context: &Context, name: &str) -> Result<Response<Room>, Error> {
    let name = checked("room", name)?;
    context.call(Effect::Read, async move |api| api.fetch_room().sid(name).send().await).await
}

async fn complete(context: &Context, name: &str) -> Result<Response<Room>, Error> {
    let name = checked("room", name)?;
    let sid = RoomSid::from(name);
    let sid = if sid.is_well_formed() { sid } else { fetch(context, name).await?.into_value().sid };
    let form = UpdateRoomRequest::new(RoomStatus::Completed);
    let result =
        context.call(Effect::Idempotent, async |api| api.update_room().sid(sid.as_str()).body(form).send().await).await;
    match result {
        // An earlier attempt may have completed it.
        Err(error) if error.is_outcome_unknown() && is_not_in_progress(&error) => {
            completed(context, sid.as_str()).await.map(|room| room.after(error.attempts())).ok_or(error)
        }
        result => result,
    }
}

/// Whether the room was not in progress, as far as can be seen: the body that says so may be lost.
fn is_not_in_progress(error: &Error) -> bool {
    error.status() == Some(400) && error.code().is_none_or(|code| code == NOT_IN_PROGRESS)
}

/// The room, if it is found completed. Right after it has ended it may be unknown for a moment.
async fn completed(context: &Context, sid: &str) -> Option<Response<Room>> {
    let retry = context.policy().retry;
    for attempt in 1.. {
        match fetch(context, sid).await {
            Ok(room) => return Some(room).filter(|room| room.value().status == Some(RoomStatus::Completed)),
            Err(error) if error.is_not_found() => {
                let again = from_now(retry.delay(attempt, None)?);
                if again >= context.deadline {
                    return None;
                }
                tokio::time::sleep_until(again).await;
            }
            Err(_) => return None,
        }
    }
    None
}
