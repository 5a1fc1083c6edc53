//! A single room and the resources that belong to it.

use twilio_rooms_api::types::{Room, RoomStatus};

use super::complete_room::complete_room;
use super::fetch_room::fetch_room;
use super::participants::{ParticipantRef, Participants};
use super::recording_rules::RecordingRulesRef;
use super::recordings::{RecordingRef, Recordings};
use super::transcriptions::{TranscriptionRef, Transcriptions};
use super::wait_until::WaitUntil;
use crate::request::{Request, RequestContext};
use crate::transport::Connection;

/// A reference to a room, by its SID or unique name; created by [`Client::room`](crate::Client::room).
///
/// Creating it sends nothing.
#[derive(Debug, Clone)]
pub struct RoomRef {
    connection: Connection,
    sid_or_unique_name: String,
}

impl RoomRef {
    pub(crate) fn new(connection: &Connection, sid_or_unique_name: &str) -> Self {
        Self { connection: connection.clone(), sid_or_unique_name: sid_or_unique_name.to_owned() }
    }

    /// Fetches the room.
    ///
    /// A unique name stands for a room only while the room is in progress. A room that has just ended may not be found
    /// for a moment, even by its SID ([`Error::is_not_found`](crate::Error::is_not_found)).
    ///
    /// See the vendor's documentation of
    /// [this operation](https://www.twilio.com/docs/video/api/rooms-resource#fetch-a-room-resource).
    pub fn fetch(&self) -> Request<Room> {
        let name = self.sid_or_unique_name.clone();
        Request::new(&self.connection, async move |context: RequestContext| fetch_room(&context, &name).await)
    }

    /// Completes the room: disconnects its participants and closes it for good.
    ///
    /// A room that is not in progress cannot be completed: the error has code 53112. If a retry fails with that error
    /// because the response to an earlier attempt was lost, the client fetches the room, and succeeds if it is
    /// completed.
    ///
    /// A unique name is looked up first, with one more request, since at the time of a retry it could be that of
    /// another room.
    ///
    /// See the vendor's documentation of
    /// [this operation](https://www.twilio.com/docs/video/api/rooms-resource#update-a-room-resource).
    pub fn complete(&self) -> Request<Room> {
        let name = self.sid_or_unique_name.clone();
        Request::new(&self.connection, async move |context: RequestContext| complete_room(&context, &name).await)
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
        WaitUntil::new(&self.connection, &self.sid_or_unique_name, status.into())
    }

    /// Returns the participants of the room.
    #[must_use]
    pub fn participants(&self) -> Participants {
        Participants::new(&self.connection, &self.sid_or_unique_name)
    }

    /// Returns a reference to a participant of the room, by its SID or, while it is connected, by its identity.
    #[must_use]
    pub fn participant(&self, sid_or_identity: impl AsRef<str>) -> ParticipantRef {
        ParticipantRef::new(&self.connection, &self.sid_or_unique_name, sid_or_identity.as_ref())
    }

    /// Returns the recordings of the room. The room must be referred to by its SID.
    #[must_use]
    pub fn recordings(&self) -> Recordings {
        Recordings::new(&self.connection, &self.sid_or_unique_name)
    }

    /// Returns a reference to a recording of the room. The room must be referred to by its SID.
    #[must_use]
    pub fn recording(&self, sid: impl AsRef<str>) -> RecordingRef {
        RecordingRef::new(&self.connection, &self.sid_or_unique_name, sid.as_ref())
    }

    /// Returns the rules that decide which tracks of the room are recorded.
    #[must_use]
    pub fn recording_rules(&self) -> RecordingRulesRef {
        RecordingRulesRef::new(&self.connection, &self.sid_or_unique_name)
    }

    /// Returns the transcriptions of the room.
    #[must_use]
    pub fn transcriptions(&self) -> Transcriptions {
        Transcriptions::new(&self.connection, &self.sid_or_unique_name)
    }

    /// Returns a reference to a transcription of the room.
    #[must_use]
    pub fn transcription(&self, id: impl AsRef<str>) -> TranscriptionRef {
        TranscriptionRef::new(&self.connection, &self.sid_or_unique_name, id.as_ref())
    }
}
