//! The recordings of a room.

use std::sync::Arc;

use http::Method;
use serde::Deserialize;
use twilio_rooms_api::types::{Recording, RecordingStatus};
use twilio_rooms_api::{RecordingSid, RoomSid, TrackSid};

use crate::call::Call;
use crate::client::Client;
use crate::created::{self, Created};
use crate::error::Error;
use crate::list::{First, List, Listed};
use crate::names::Sid;
use crate::page::Page;
use crate::request::{Context, Request};
use crate::response::Response;
use crate::retry::Effect;

/// The recordings of a room; made by [`RoomRef::recordings`](crate::RoomRef::recordings).
#[derive(Debug, Clone)]
pub struct Recordings {
    client: Client,
    room: RoomSid,
}

impl Recordings {
    pub(crate) fn new(client: &Client, room: &str) -> Self {
        Self { client: client.clone(), room: room.into() }
    }

    /// Lists the recordings of the room, one for each track that was recorded. The room has to be named by its SID.
    ///
    /// See the vendor's documentation of
    /// [recordings of a room](https://www.twilio.com/docs/video/api/recordings-resource).
    pub fn list(&self) -> List<Recording> {
        let room = self.room.clone();
        let (status, source, created) = (None, None, Created::default());
        List::new(&self.client, RecordingFilters { room, status, source, created })
    }
}

/// Which recordings are listed.
#[derive(Debug, Clone)]
pub(crate) struct RecordingFilters {
    room: RoomSid,
    status: Option<RecordingStatus>,
    source: Option<TrackSid>,
    created: Created,
}

/// Recordings.
impl List<Recording> {
    /// Lists the recordings with this status only.
    pub fn status(mut self, status: impl Into<RecordingStatus>) -> Self {
        self.query.status = Some(status.into());
        self
    }

    /// Lists the recordings of this track only.
    pub fn source(mut self, track: impl Into<TrackSid>) -> Self {
        self.query.source = Some(track.into());
        self
    }

    created::filters!("recordings that were begun");
}

impl Listed for Recording {
    type Query = RecordingFilters;

    async fn read(call: Arc<Call>, query: Self::Query, first: Option<First>) -> Result<Response<Page<Self>>, Error> {
        let api = call.api();
        let mut list = api.list_recordings().room_sid(query.room.checked()?);
        if let Some(First { page_size, .. }) = first {
            list = list.page_size(page_size);
            if let Some(status) = query.status {
                list = list.status(status);
            }
            if let Some(track) = query.source {
                track.checked()?;
                list = list.source_sid(track);
            }
            list = created::apply!(query.created, list);
        }
        let page = call.finish(list.send().await)?;
        Ok(page.map(|page| Page::new(page.recordings, page.meta)))
    }

    fn identity(&self) -> &str {
        self.sid.as_str()
    }

    created::listed!();
}

/// One recording of a room; made by [`RoomRef::recording`](crate::RoomRef::recording). Nothing is known of it until it is
/// asked for.
#[derive(Debug, Clone)]
pub struct RecordingRef {
    client: Client,
    room: RoomSid,
    sid: RecordingSid,
}

impl RecordingRef {
    pub(crate) fn new(client: &Client, room: &str, sid: RecordingSid) -> Self {
        Self { client: client.clone(), room: room.into(), sid }
    }

    /// Fetches the recording.
    ///
    /// See the vendor's documentation of
    /// [recordings of a room](https://www.twilio.com/docs/video/api/recordings-resource).
    pub fn fetch(&self) -> Request<Recording> {
        let Self { room, sid, .. } = self.clone();
        Request::new(&self.client, async move |context: Context| {
            let (room, sid) = (room.checked()?, sid.checked()?);
            context.call(Effect::Read, async |api| api.fetch_recording().room_sid(room).sid(sid).send().await).await
        })
    }

    /// Deletes the media of the recording, for good. What is known about it stays, with the status
    /// [`Deleted`](RecordingStatus::Deleted).
    ///
    /// One that is deleted already is not found ([`Error::is_not_found`]). When a second attempt finds that, because the answer
    /// to the first was lost ([`Error::is_outcome_unknown`]), it was most likely the first that deleted it.
    ///
    /// See the vendor's documentation of
    /// [recordings of a room](https://www.twilio.com/docs/video/api/recordings-resource).
    pub fn delete(&self) -> Request<()> {
        let Self { room, sid, .. } = self.clone();
        Request::new(&self.client, async move |context: Context| {
            let (room, sid) = (room.checked()?, sid.checked()?);
            let call =
                async |api: twilio_rooms_api::Client| api.delete_recording().room_sid(room).sid(sid).send().await;
            context.call(Effect::Idempotent, call).await
        })
    }

    /// The URL of the media of the recording, in the storage of the vendor.
    ///
    /// Whoever has the URL can read the media, without credentials and for a short time; this client never follows it, and
    /// never sends its credentials there.
    ///
    /// # Errors
    ///
    /// When there is no answer, or one that names no URL. See [`Error`].
    pub async fn media_url(&self) -> Result<String, Error> {
        #[derive(Deserialize)]
        struct Media {
            redirect_to: String,
        }
        let (room, sid) = (self.room.checked()?, self.sid.checked()?);
        let path = format!("/v1/Rooms/{room}/Recordings/{sid}/Media");
        match self.client.request(Method::GET, path).send().await {
            Ok(response) => response.json::<Media>().map(|media| media.redirect_to),
            Err(error) => match error.location() {
                Some(url) => Ok(url.to_owned()),
                None => Err(error),
            },
        }
    }
}
