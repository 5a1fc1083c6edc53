//! The transcriptions of a room.

use twilio_rooms_api::types::{
    ErrorBody, Transcription, TranscriptionPage, TranscriptionStatus, UpdateTranscriptionRequest,
};
use twilio_rooms_api::{ResponseValue, TranscriptionId};

use super::create_transcription::CreateTranscription;
use super::names::validate_path_name;
use crate::error::Error;
use crate::listing::{FirstPage, List, Listable, Page, Resource};
use crate::request::{Request, RequestContext};
use crate::transport::{Connection, Effect};

/// The transcriptions of a room; created by [`RoomRef::transcriptions`](crate::RoomRef::transcriptions).
#[derive(Debug, Clone)]
pub struct Transcriptions {
    connection: Connection,
    room: String,
}

impl Transcriptions {
    pub(super) fn new(connection: &Connection, room: &str) -> Self {
        Self { connection: connection.clone(), room: room.to_owned() }
    }

    /// Lists the transcriptions of the room.
    ///
    /// See the vendor's documentation of [transcriptions](https://www.twilio.com/docs/video/api/transcriptions).
    pub fn list(&self) -> List<Transcription> {
        List::new(&self.connection, self.room.clone())
    }

    /// Starts a transcription of the room.
    ///
    /// ```no_run
    /// # async fn example(client: twilio_rooms::Client) -> Result<(), twilio_rooms::Error> {
    /// use twilio_rooms::TranscriptionsConfiguration;
    ///
    /// let dutch = TranscriptionsConfiguration::new().language_code("nl-BE");
    /// client.room("DailyStandup").transcriptions().create().configuration(dutch).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// See the vendor's documentation of [transcriptions](https://www.twilio.com/docs/video/api/transcriptions).
    pub fn create(&self) -> CreateTranscription {
        CreateTranscription::new(&self.connection, &self.room)
    }
}

impl Resource for Transcription {}

impl Listable for Transcription {
    /// The SID or unique name of the room.
    type Query = String;
    type PageBody = TranscriptionPage;

    fn validate_path(room: &String) -> Result<(), Error> {
        validate_path_name("room", room).map(|_| ())
    }

    async fn send_page_request(
        api: twilio_rooms_api::Client,
        room: String,
        first: Option<FirstPage>,
    ) -> Result<ResponseValue<TranscriptionPage>, twilio_rooms_api::Error<ErrorBody>> {
        let mut list = api.list_transcriptions().room_sid(room);
        if let Some(FirstPage { page_size, .. }) = first {
            list = list.page_size(page_size);
        }
        list.send().await
    }

    fn into_page(body: TranscriptionPage) -> Page<Self> {
        Page::new(body.transcriptions, body.meta)
    }

    fn identity(&self) -> &str {
        self.ttid.as_str()
    }
}

/// A reference to a transcription of a room; created by [`RoomRef::transcription`](crate::RoomRef::transcription).
///
/// Creating it sends nothing.
#[derive(Debug, Clone)]
pub struct TranscriptionRef {
    connection: Connection,
    room: String,
    id: TranscriptionId,
}

impl TranscriptionRef {
    pub(super) fn new(connection: &Connection, room: &str, id: &str) -> Self {
        Self { connection: connection.clone(), room: room.to_owned(), id: id.into() }
    }

    /// Fetches the transcription.
    ///
    /// See the vendor's documentation of [transcriptions](https://www.twilio.com/docs/video/api/transcriptions).
    pub fn fetch(&self) -> Request<Transcription> {
        let Self { room, id, .. } = self.clone();
        Request::new(&self.connection, async move |context: RequestContext| {
            let (room, id) = (validate_path_name("room", &room)?, validate_path_name("transcription", id.as_str())?);
            let call =
                async |api: twilio_rooms_api::Client| api.fetch_transcription().room_sid(room).ttid(id).send().await;
            context.call(Effect::Read, call).await?.require_sid(id, |transcription| transcription.ttid.as_str())
        })
    }

    /// Stops the transcription.
    ///
    /// See the vendor's documentation of [transcriptions](https://www.twilio.com/docs/video/api/transcriptions).
    pub fn stop(&self) -> Request<Transcription> {
        self.update(TranscriptionStatus::Stopped)
    }

    /// Starts the transcription again after it was stopped.
    ///
    /// See the vendor's documentation of [transcriptions](https://www.twilio.com/docs/video/api/transcriptions).
    pub fn start(&self) -> Request<Transcription> {
        self.update(TranscriptionStatus::Started)
    }

    fn update(&self, status: TranscriptionStatus) -> Request<Transcription> {
        let Self { room, id, .. } = self.clone();
        Request::new(&self.connection, async move |context: RequestContext| {
            let (room, id) = (validate_path_name("room", &room)?, validate_path_name("transcription", id.as_str())?);
            let mut form = UpdateTranscriptionRequest::default();
            form.status = Some(status);
            let call = async |api: twilio_rooms_api::Client| {
                api.update_transcription().room_sid(room).ttid(id).body(form).send().await
            };
            context.call(Effect::Idempotent, call).await?.require_sid(id, |transcription| transcription.ttid.as_str())
        })
    }
}
