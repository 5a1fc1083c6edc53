//! The transcriptions of a room.

use std::sync::Arc;

use twilio_rooms_api::TranscriptionId;
use twilio_rooms_api::types::{
    CreateTranscriptionRequest, Transcription, TranscriptionStatus, UpdateTranscriptionRequest,
};

use crate::call::Call;
use crate::client::Client;
use crate::error::Error;
use crate::list::{First, List, Listed};
use crate::names::checked;
use crate::page::Page;
use crate::request::{Context, Request};
use crate::response::Response;
use crate::retry::Effect;
use crate::transcriptions_configuration::TranscriptionsConfiguration;

/// The transcriptions of a room; made by [`RoomRef::transcriptions`](crate::RoomRef::transcriptions).
#[derive(Debug, Clone)]
pub struct Transcriptions {
    client: Client,
    room: String,
}

impl Transcriptions {
    pub(crate) fn new(client: &Client, room: &str) -> Self {
        Self { client: client.clone(), room: room.to_owned() }
    }

    /// Lists the transcriptions of the room.
    ///
    /// See the vendor's documentation of [transcriptions](https://www.twilio.com/docs/video/api/transcriptions).
    pub fn list(&self) -> List<Transcription> {
        List::new(&self.client, self.room.clone())
    }

    /// Starts a transcription of the room, as the room is set up to be transcribed.
    ///
    /// It is sent again only when the service has surely not acted; see [`Error::is_outcome_unknown`].
    ///
    /// See the vendor's documentation of [transcriptions](https://www.twilio.com/docs/video/api/transcriptions).
    pub fn create(&self) -> Request<Transcription> {
        self.start(CreateTranscriptionRequest::default())
    }

    /// Starts a transcription of the room that is done like this; otherwise as [`create`](Self::create).
    pub fn create_with(&self, configuration: TranscriptionsConfiguration) -> Request<Transcription> {
        let mut form = CreateTranscriptionRequest::default();
        form.configuration = Some(configuration.into_inner());
        self.start(form)
    }

    fn start(&self, form: CreateTranscriptionRequest) -> Request<Transcription> {
        let room = self.room.clone();
        Request::new(&self.client, async move |context: Context| {
            let room = checked("room", &room)?;
            let call =
                async |api: twilio_rooms_api::Client| api.create_transcription().room_sid(room).body(form).send().await;
            context.call(Effect::Once, call).await
        })
    }
}

impl Listed for Transcription {
    /// The name of the room.
    type Query = String;

    async fn read(call: Arc<Call>, room: String, first: Option<First>) -> Result<Response<Page<Self>>, Error> {
        let api = call.api();
        let mut list = api.list_transcriptions().room_sid(checked("room", &room)?);
        if let Some(First { page_size, .. }) = first {
            list = list.page_size(page_size);
        }
        let page = call.finish(list.send().await)?;
        Ok(page.map(|page| Page::new(page.transcriptions, page.meta)))
    }

    fn identity(&self) -> &str {
        self.ttid.as_str()
    }
}

/// One transcription of a room; made by [`RoomRef::transcription`](crate::RoomRef::transcription). Nothing is known of it until
/// it is asked for.
#[derive(Debug, Clone)]
pub struct TranscriptionRef {
    client: Client,
    room: String,
    id: TranscriptionId,
}

impl TranscriptionRef {
    pub(crate) fn new(client: &Client, room: &str, id: TranscriptionId) -> Self {
        Self { client: client.clone(), room: room.to_owned(), id }
    }

    /// Fetches the transcription.
    ///
    /// See the vendor's documentation of [transcriptions](https://www.twilio.com/docs/video/api/transcriptions).
    pub fn fetch(&self) -> Request<Transcription> {
        let Self { room, id, .. } = self.clone();
        Request::new(&self.client, async move |context: Context| {
            let (room, id) = (checked("room", &room)?, checked("transcription", id.as_str())?);
            context.call(Effect::Read, async |api| api.fetch_transcription().room_sid(room).ttid(id).send().await).await
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
        Request::new(&self.client, async move |context: Context| {
            let (room, id) = (checked("room", &room)?, checked("transcription", id.as_str())?);
            let mut form = UpdateTranscriptionRequest::default();
            form.status = Some(status);
            let call = async |api: twilio_rooms_api::Client| {
                api.update_transcription().room_sid(room).ttid(id).body(form).send().await
            };
            context.call(Effect::Idempotent, call).await
        })
    }
}
