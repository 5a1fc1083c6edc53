//! Creating a room.

use std::pin::Pin;

use twilio_rooms_api::Form;
use twilio_rooms_api::types::{CallbackMethod, CreateRoomRequest, Room, RoomType, VideoCodec};
use twilio_rooms_api::{Minutes, Seconds};

use super::get_or_create_room::get_or_create_room;
use super::names::validate_not_dot_segment;
use super::rule_lists::{RecordingRuleList, validate_rule_count};
use super::transcriptions_configuration::TranscriptionsConfiguration;
use crate::error::Error;
use crate::request::{Request, RequestContext};
use crate::transport::{CallOptions, Connection, Effect, Response, call_option_setters};

/// A room to create; created by [`Rooms::create`](crate::Rooms::create) and
/// [`Rooms::get_or_create`](crate::Rooms::get_or_create).
///
/// Set its properties, all of which have defaults, then `.await` it or [`send`](Self::send) it.
#[derive(Debug, Clone)]
#[must_use = "no room is created until this is sent or awaited"]
pub struct CreateRoom {
    connection: Connection,
    options: CallOptions,
    form: CreateRoomRequest,
    /// Set if the request may also return the room in progress with the name.
    or_get: bool,
}

/// A setter for each field of the form, named after the field.
macro_rules! setters {
    ($($(#[$doc:meta])* $field:ident: $type:ty = |$value:ident| $converted:expr;)*) => { $(
        $(#[$doc])*
        pub fn $field(mut self, $field: $type) -> Self {
            let $value = $field;
            self.form.$field = Some($converted);
            self
        }
    )* };
}

impl CreateRoom {
    pub(super) fn new(connection: &Connection) -> Self {
        let (options, form) = (CallOptions::default(), CreateRoomRequest::default());
        Self { connection: connection.clone(), options, form, or_get: false }
    }

    pub(super) fn or_get(mut self) -> Self {
        self.or_get = true;
        self
    }

    setters! {
        /// Restricts participants to publishing audio. The default is `false`.
        audio_only: bool = |value| value;
        /// Sets the time after which the room ends once the last participant has left, from 1 to 60 minutes. The
        /// default is 5.
        empty_room_timeout: Minutes = |value| value;
        /// Allows TURN servers to relay media. The vendor now treats every room as if this were `true`.
        enable_turn: bool = |value| value;
        /// Creates a large room, for more participants than an ordinary one.
        large_room: bool = |value| value;
        /// Sets the time after which a participant is disconnected, from 1 to 86400 seconds (24 hours). The default is
        /// 14400 (4 hours).
        max_participant_duration: Seconds = |value| value;
        /// Sets the maximum number of concurrently connected participants, from 1 to 50.
        max_participants: u32 = |value| value;
        /// Sets the region of the room's media server, such as `us1`, `ie1` or `jp1`. The service chooses the nearest
        /// for `gll`.
        ///
        /// See the vendor's [list of media regions](https://www.twilio.com/docs/video/ip-addresses).
        media_region: impl Into<String> = |value| value.into();
        /// Starts to record each participant on connecting. The default is `false`.
        record_participants_on_connect: bool = |value| value;
        /// Sets the rules that decide which tracks are recorded.
        recording_rules: RecordingRuleList = |value| value.into_rules();
        /// Sets the URL that the service calls on every event of the room, with fewer than 1024 characters.
        ///
        /// The feature `callbacks` parses and verifies these requests. See the vendor's documentation of
        /// [status callbacks](https://www.twilio.com/docs/video/api/status-callbacks).
        status_callback: impl Into<String> = |value| value.into();
        /// Sets the HTTP method of the requests to [`status_callback`](Self::status_callback). The default is `POST`.
        status_callback_method: impl Into<CallbackMethod> = |value| value.into();
        /// Starts to transcribe each participant on connecting. The default is `false`.
        transcribe_participants_on_connect: bool = |value| value;
        /// Sets the configuration of transcriptions.
        transcriptions_configuration: TranscriptionsConfiguration = |value| value.into_inner();
        /// Sets the type of the room. The default is [`RoomType::Group`], the only one that is not deprecated.
        type_: impl Into<RoomType> = |value| value.into();
        /// Sets the unique name of the room, with 1 to 128 characters. The default is its SID.
        ///
        /// While the room is in progress, the name can stand for the SID, and no other room can have it
        /// ([`Error::is_room_name_taken`]). Without a name, a room whose response is lost cannot be found
        /// ([`Error::is_outcome_unknown`]).
        ///
        /// Avoid `/`: the service accepts such a name but, according to reports, never finds the room by it.
        unique_name: impl Into<String> = |value| value.into();
        /// Sets the time after which the room ends if no participant has joined, from 1 to 60 minutes. The default is
        /// 5.
        unused_room_timeout: Minutes = |value| value;
        /// Sets the video codecs that participants can publish with, in order of preference. The default is VP8 and
        /// H264.
        video_codecs: impl Into<Vec<VideoCodec>> = |value| value.into();
    }

    call_option_setters!();

    /// Creates the room.
    ///
    /// # Errors
    ///
    /// A value is out of range, which is detected before anything is sent; no response arrives; or the response is an
    /// error. The client retries only if the request certainly had no effect; see [`Error::is_outcome_unknown`].
    pub async fn send(self) -> Result<Room, Error> {
        self.into_request().send().await
    }

    /// Creates the room and returns the response with its status and headers.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send).
    pub async fn response(self) -> Result<Response<Room>, Error> {
        self.into_request().response().await
    }

    fn into_request(self) -> Request<Room> {
        let Self { connection, options, form, or_get } = self;
        let request = Request::new(&connection, async move |context: RequestContext| {
            form.check().map_err(|error| Error::invalid(error.to_string()))?;
            form.recording_rules.as_deref().map_or(Ok(()), validate_rule_count)?;
            if or_get {
                return get_or_create_room(&context, form).await;
            }
            form.unique_name.as_deref().map_or(Ok(()), |name| validate_not_dot_segment("room", name))?;
            context.call(Effect::NonIdempotent, async move |api| api.create_room().body(form).send().await).await
        });
        request.with_options(options)
    }
}

impl IntoFuture for CreateRoom {
    type Output = Result<Room, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        self.into_request().into_future()
    }
}
