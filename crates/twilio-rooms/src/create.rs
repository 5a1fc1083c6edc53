//! Creating a room.

use std::pin::Pin;

use twilio_rooms_api::Form;
use twilio_rooms_api::types::{CallbackMethod, CreateRoomRequest, Room, RoomType, VideoCodec};
use twilio_rooms_api::{Minutes, Seconds};

use crate::client::Client;
use crate::error::Error;
use crate::names::check_dots;
use crate::options::{self, Options};
use crate::request::{Context, Request};
use crate::response::Response;
use crate::retry::Effect;
use crate::rules::{RecordingRules, check_count};
use crate::transcriptions_configuration::TranscriptionsConfiguration;

/// A room to be created; made by [`Rooms::create`](crate::Rooms::create): choose how it is to be, then `.await` or
/// [`send`](Self::send) it. Everything has a default.
#[derive(Debug, Clone)]
#[must_use = "no room is created until this is sent or awaited"]
pub struct CreateRoom {
    client: Client,
    options: Options,
    room: CreateRoomRequest,
}

/// A setter for each field, named after it.
macro_rules! fields {
    ($($(#[$doc:meta])* $field:ident: $type:ty = |$value:ident| $set:expr;)*) => { $(
        $(#[$doc])*
        pub fn $field(mut self, $field: $type) -> Self {
            let $value = $field;
            self.room.$field = Some($set);
            self
        }
    )* };
}

impl CreateRoom {
    pub(crate) fn new(client: Client) -> Self {
        Self { client, options: Options::default(), room: CreateRoomRequest::default() }
    }

    fields! {
        /// Whether participants can publish audio only. The default is no.
        audio_only: bool = |value| value;
        /// How long the room stays open after the last participant has left, from 1 to 60 minutes. The default is 5.
        empty_room_timeout: Minutes = |value| value;
        /// Whether TURN servers may relay media. The vendor treats every room as if it were true by now.
        enable_turn: bool = |value| value;
        /// Whether this is a large room, made for more participants than an ordinary one.
        large_room: bool = |value| value;
        /// How long one participant can stay connected, from 1 to 86400 seconds (24 hours). The default is 14400 (4 hours).
        max_participant_duration: Seconds = |value| value;
        /// How many participants can be connected at the same time, from 1 to 50.
        max_participants: u32 = |value| value;
        /// The region of the room's media server, such as `us1`, `ie1` or `jp1`; `gll` lets the service choose the nearest.
        ///
        /// See the vendor's [list of media regions](https://www.twilio.com/docs/video/ip-addresses).
        media_region: impl Into<String> = |value| value.into();
        /// Whether recording starts when a participant connects. The default is no.
        record_participants_on_connect: bool = |value| value;
        /// Which tracks are recorded.
        recording_rules: RecordingRules = |value| value.into_inner();
        /// The URL that the service calls on every event of the room, shorter than 1024 characters.
        ///
        /// With the feature `callbacks`, this crate reads what it is called with. See the vendor's documentation of
        /// [status callbacks](https://www.twilio.com/docs/video/api/status-callbacks).
        status_callback: impl Into<String> = |value| value.into();
        /// The HTTP method that [`status_callback`](Self::status_callback) is called with. The default is `POST`.
        status_callback_method: impl Into<CallbackMethod> = |value| value.into();
        /// Whether transcription starts when a participant connects. The default is no.
        transcribe_participants_on_connect: bool = |value| value;
        /// How participants are transcribed.
        transcriptions_configuration: TranscriptionsConfiguration = |value| value.into_inner();
        /// The type of the room. The default is [`RoomType::Group`], the only one that is not deprecated.
        type_: impl Into<RoomType> = |value| value.into();
        /// The name of the room, from 1 to 128 characters. The default is its SID.
        ///
        /// While the room is in progress no other can have the name ([`Error::is_room_exists`]), and it can stand for the
        /// SID. With a name it can be found out whether a room was created when the answer is lost
        /// ([`Error::is_outcome_unknown`]).
        unique_name: impl Into<String> = |value| value.into();
        /// How long the room stays open when nobody has joined yet, from 1 to 60 minutes. The default is 5.
        unused_room_timeout: Minutes = |value| value;
        /// The video codecs that participants can publish with, the preferred one first. The default is VP8 and H264.
        video_codecs: impl Into<Vec<VideoCodec>> = |value| value.into();
    }

    options::setters!();

    /// Creates the room.
    ///
    /// # Errors
    ///
    /// When a value is out of its range, which is found before anything is sent, and when there is no answer or one that
    /// says so. It is sent again only when the service has surely not acted; see [`Error::is_outcome_unknown`].
    pub async fn send(self) -> Result<Room, Error> {
        self.request().send().await
    }

    /// Creates the room, and gives the status and headers of the answer beside it.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send).
    pub async fn response(self) -> Result<Response<Room>, Error> {
        self.request().response().await
    }

    fn request(self) -> Request<Room> {
        let form = self.room;
        let request = Request::new(&self.client, async move |context: Context| {
            form.check().map_err(|error| Error::invalid(error.to_string()))?;
            form.recording_rules.as_deref().map_or(Ok(()), check_count)?;
            form.unique_name.as_deref().map_or(Ok(()), |name| check_dots("room", name))?;
            context.call(Effect::Once, async move |api| api.create_room().body(form).send().await).await
        });
        request.with_options(self.options)
    }
}

impl IntoFuture for CreateRoom {
    type Output = Result<Room, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        self.request().into_future()
    }
}
