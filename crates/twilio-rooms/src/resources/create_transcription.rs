//! Starting a transcription.

use std::pin::Pin;

use twilio_rooms_api::types::{CreateTranscriptionRequest, Transcription};

use super::names::validate_path_name;
use super::transcriptions_configuration::TranscriptionsConfiguration;
use crate::error::Error;
use crate::request::{Request, RequestContext};
use crate::transport::{CallOptions, Connection, Effect, Response, call_option_setters};

/// A transcription to start; created by [`Transcriptions::create`](crate::Transcriptions::create).
///
/// Set a configuration to override that of the room, then `.await` it or [`send`](Self::send) it.
#[derive(Debug, Clone)]
#[must_use = "no transcription starts until this is sent or awaited"]
pub struct CreateTranscription {
    connection: Connection,
    options: CallOptions,
    room: String,
    form: CreateTranscriptionRequest,
}

impl CreateTranscription {
    pub(super) fn new(connection: &Connection, room: &str) -> Self {
        let (connection, room) = (connection.clone(), room.to_owned());
        Self { connection, options: CallOptions::default(), room, form: CreateTranscriptionRequest::default() }
    }

    /// Sets the configuration of the transcription. The default is that of the room.
    pub fn configuration(mut self, configuration: TranscriptionsConfiguration) -> Self {
        self.form.configuration = Some(configuration.into_inner());
        self
    }

    call_option_setters!();

    /// Starts the transcription.
    ///
    /// # Errors
    ///
    /// No response arrives, or the response is an error. The client retries only if the request certainly had no
    /// effect; see [`Error::is_outcome_unknown`].
    pub async fn send(self) -> Result<Transcription, Error> {
        self.into_request().send().await
    }

    /// Starts the transcription and returns the response with its status and headers.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send).
    pub async fn response(self) -> Result<Response<Transcription>, Error> {
        self.into_request().response().await
    }

    fn into_request(self) -> Request<Transcription> {
        let Self { connection, options, room, form } = self;
        let request = Request::new(&connection, async move |context: RequestContext| {
            let room = validate_path_name("room", &room)?;
            let call =
                async |api: twilio_rooms_api::Client| api.create_transcription().room_sid(room).body(form).send().await;
            context.call(Effect::NonIdempotent, call).await
        });
        request.with_options(options)
    }
}

impl IntoFuture for CreateTranscription {
    type Output = Result<Transcription, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        self.into_request().into_future()
    }
}
