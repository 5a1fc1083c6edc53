//! The recordings of a room.

use reqwest::Url;
use twilio_rooms_api::types::{ErrorBody, Recording, RecordingPage, RecordingStatus};
use twilio_rooms_api::{RecordingSid, ResponseValue, RoomSid, TrackSid};

use super::names::{validate_recording_sid, validate_room_sid, validate_track_sid};
use crate::error::Error;
use crate::listing::{DateFiltered, DateFilters, FirstPage, List, Listable, Page, Resource};
use crate::request::{Request, RequestContext};
use crate::transport::{Connection, Effect, Response, is_loopback};

/// The operation in the errors of a redirect to media that cannot be used.
const MEDIA_OPERATION: &str = "fetch_recording_media";

/// The recordings of a room; created by [`RoomRef::recordings`](crate::RoomRef::recordings).
#[derive(Debug, Clone)]
pub struct Recordings {
    connection: Connection,
    room: RoomSid,
}

impl Recordings {
    pub(super) fn new(connection: &Connection, room: &str) -> Self {
        Self { connection: connection.clone(), room: room.into() }
    }

    /// Lists the recordings of the room, one for each recorded track. The room must be referred to by its SID.
    ///
    /// See the vendor's documentation of
    /// [recordings of a room](https://www.twilio.com/docs/video/api/recordings-resource).
    pub fn list(&self) -> List<Recording> {
        let (room, status, source, dates) = (self.room.clone(), None, None, DateFilters::default());
        List::new(&self.connection, RecordingQuery { room, status, source, dates })
    }
}

/// The room and the filters of a listing of recordings.
#[derive(Debug, Clone)]
pub struct RecordingQuery {
    room: RoomSid,
    status: Option<RecordingStatus>,
    source: Option<TrackSid>,
    dates: DateFilters,
}

/// Listings of recordings.
impl List<Recording> {
    /// Lists only the recordings with this status.
    pub fn status(mut self, status: impl Into<RecordingStatus>) -> Self {
        self.query.status = Some(status.into());
        self
    }

    /// Lists only the recordings of this track.
    pub fn source(mut self, track_sid: impl AsRef<str>) -> Self {
        self.query.source = Some(track_sid.as_ref().into());
        self
    }
}

impl Resource for Recording {}

impl Listable for Recording {
    type Query = RecordingQuery;
    type PageBody = RecordingPage;

    fn validate_path(query: &RecordingQuery) -> Result<(), Error> {
        validate_room_sid(&query.room).map(|_| ())
    }

    fn validate_filters(query: &RecordingQuery) -> Result<(), Error> {
        query.source.as_ref().map_or(Ok(""), validate_track_sid)?;
        query.dates.validate()
    }

    async fn send_page_request(
        api: twilio_rooms_api::Client,
        query: RecordingQuery,
        first: Option<FirstPage>,
    ) -> Result<ResponseValue<RecordingPage>, twilio_rooms_api::Error<ErrorBody>> {
        let mut list = api.list_recordings().room_sid(query.room);
        if let Some(FirstPage { page_size, .. }) = first {
            list = list.page_size(page_size);
            if let Some(status) = query.status {
                list = list.status(status);
            }
            if let Some(track) = query.source {
                list = list.source_sid(track);
            }
            let (after, before) = query.dates.to_wire();
            if let Some(after) = after {
                list = list.date_created_after(after);
            }
            if let Some(before) = before {
                list = list.date_created_before(before);
            }
        }
        list.send().await
    }

    fn into_page(body: RecordingPage) -> Page<Self> {
        Page::new(body.recordings, body.meta)
    }

    fn identity(&self) -> &str {
        self.sid.as_str()
    }
}

impl DateFiltered for Recording {
    fn created(&self) -> Option<i64> {
        self.date_created.map(|created| created.timestamp())
    }

    fn date_filters(query: &mut RecordingQuery) -> &mut DateFilters {
        &mut query.dates
    }
}

/// A reference to a recording of a room, by its SID; created by [`RoomRef::recording`](crate::RoomRef::recording).
///
/// Creating it sends nothing.
#[derive(Debug, Clone)]
pub struct RecordingRef {
    connection: Connection,
    room: RoomSid,
    sid: RecordingSid,
}

impl RecordingRef {
    pub(super) fn new(connection: &Connection, room: &str, sid: &str) -> Self {
        Self { connection: connection.clone(), room: room.into(), sid: sid.into() }
    }

    /// Fetches the recording.
    ///
    /// See the vendor's documentation of
    /// [recordings of a room](https://www.twilio.com/docs/video/api/recordings-resource).
    pub fn fetch(&self) -> Request<Recording> {
        let Self { room, sid, .. } = self.clone();
        Request::new(&self.connection, async move |context: RequestContext| {
            let (room, sid) = (validate_room_sid(&room)?, validate_recording_sid(&sid)?);
            fetch_recording(&context, room, sid).await
        })
    }

    /// Deletes the media of the recording permanently. The metadata remains, with the status
    /// [`Deleted`](RecordingStatus::Deleted).
    ///
    /// A deleted recording cannot be deleted again ([`Error::is_not_found`]). If a retry fails with that error because
    /// the response to an earlier attempt was lost ([`Error::is_outcome_unknown`]), the earlier attempt most likely
    /// deleted it.
    ///
    /// See the vendor's documentation of
    /// [recordings of a room](https://www.twilio.com/docs/video/api/recordings-resource).
    pub fn delete(&self) -> Request<()> {
        let Self { room, sid, .. } = self.clone();
        Request::new(&self.connection, async move |context: RequestContext| {
            let (room, sid) = (validate_room_sid(&room)?, validate_recording_sid(&sid)?);
            let call =
                async |api: twilio_rooms_api::Client| api.delete_recording().room_sid(room).sid(sid).send().await;
            context.call(Effect::Idempotent, call).await
        })
    }

    /// Requests the URL of the media of the recording, in the vendor's storage.
    ///
    /// Anyone who has the URL can read the media for a short time, without credentials. The client neither follows the
    /// URL nor sends its credentials there. The URL is an absolute `https` one (or `http` on a loopback address);
    /// anything else that the service may send is an error ([`Error::is_decode`]).
    ///
    /// There is no media while the recording is still processing ([`Error::is_not_found`]). The client then fetches the
    /// recording, so that the error can say so.
    ///
    /// See the vendor's documentation of
    /// [recordings of a room](https://www.twilio.com/docs/video/api/recordings-resource).
    pub fn media_url(&self) -> Request<String> {
        let Self { room, sid, .. } = self.clone();
        Request::new(&self.connection, async move |context: RequestContext| {
            let (room, sid) = (validate_room_sid(&room)?, validate_recording_sid(&sid)?);
            fetch_media_url(&context, room, sid).await
        })
    }
}

async fn fetch_recording(context: &RequestContext, room: &str, sid: &str) -> Result<Response<Recording>, Error> {
    let call = async |api: twilio_rooms_api::Client| api.fetch_recording().room_sid(room).sid(sid).send().await;
    context.call(Effect::Read, call).await?.require_sid(sid, |recording| recording.sid.as_str())
}

/// Fetches the URL of media: the target of a redirect, or the field `redirect_to` of a successful response.
async fn fetch_media_url(context: &RequestContext, room: &str, sid: &str) -> Result<Response<String>, Error> {
    let call = async |api: twilio_rooms_api::Client| api.fetch_recording_media().room_sid(room).sid(sid).send().await;
    let response = match context.call(Effect::Read, call).await {
        Ok(response) => response.map(|media| media.redirect_to.unwrap_or_default()),
        Err(error) if error.is_not_found() => return Err(explain_missing_media(context, room, sid, error).await),
        Err(error) => Response::from_redirect(MEDIA_OPERATION, error)?,
    };
    let is_usable = Url::parse(response.value()).is_ok_and(|url| match url.scheme() {
        "https" => url.has_host(),
        "http" => is_loopback(&url),
        _ => false,
    });
    if is_usable { Ok(response) } else { Err(response.rejected("the URL of the media is not an absolute https URL")) }
}

/// Adds to the error of missing media that the recording has none yet, if that is so.
async fn explain_missing_media(context: &RequestContext, room: &str, sid: &str, error: Error) -> Error {
    match fetch_recording(context, room, sid).await.map(Response::into_value) {
        Ok(Recording { status: Some(RecordingStatus::Processing), .. }) => {
            error.with_detail("the recording is still processing, and has no media yet")
        }
        _ => error,
    }
}
