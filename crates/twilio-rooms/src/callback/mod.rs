//! What the service sends to the status callback of a room.

mod error;
mod event;
mod validator;

use chrono::{DateTime, Utc};
use twilio_rooms_api::types::{
    ContainerFormat, ParticipantStatus, RecordingCodec, RecordingType, RoomStatus, RoomType, TrackKind,
};
use twilio_rooms_api::{AccountSid, Bytes, Milliseconds, ParticipantSid, RecordingSid, RoomSid, Seconds, TrackSid};

pub use self::error::CallbackError;
use self::error::Kind;
pub use self::event::CallbackEvent;
pub use self::validator::CallbackValidator;

/// A request to the status callback of a room: something has happened there.
///
/// Made by [`CallbackValidator::verify`]. Which fields there are depends on the event, and only the event is always there. A
/// value that is empty, or not what its field is of, is left out of its field, and still among the
/// [`parameters`](Self::parameters); so is all that this version of the crate does not know.
///
/// The same callback may come twice, and callbacks come in any order: [`timestamp`](Self::timestamp) tells which event was
/// first. See the vendor's documentation of [status callbacks](https://www.twilio.com/docs/video/api/status-callbacks).
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Callback {
    /// What has happened.
    pub event: CallbackEvent,
    /// When it has happened.
    pub timestamp: Option<DateTime<Utc>>,
    /// A number of the service's own. It does not tell the order of events, says the vendor.
    pub sequence_number: Option<u64>,
    /// The account that the room is of.
    pub account_sid: Option<AccountSid>,
    /// The room.
    pub room_sid: Option<RoomSid>,
    /// The unique name of the room.
    pub room_name: Option<String>,
    /// The status of the room.
    pub room_status: Option<RoomStatus>,
    /// The type of the room.
    pub room_type: Option<RoomType>,
    /// How long the room has lasted, when it is over.
    pub room_duration: Option<Seconds>,
    /// The participant, in all events but those of the room itself.
    pub participant_sid: Option<ParticipantSid>,
    /// The identity of the participant, which its access token has given it.
    pub participant_identity: Option<String>,
    /// The status of the participant, in events of participants and tracks.
    pub participant_status: Option<ParticipantStatus>,
    /// How long the participant was connected, when it has left.
    pub participant_duration: Option<Seconds>,
    /// The track, in events of tracks. That of a recording is [`source_sid`](Self::source_sid).
    pub track_sid: Option<TrackSid>,
    /// What is in the track, in events of tracks.
    pub track_kind: Option<TrackKind>,
    /// The name of the track, in events of tracks and recordings.
    pub track_name: Option<String>,
    /// The recording, in events of recordings, as all fields below.
    pub recording_sid: Option<RecordingSid>,
    /// The track that is recorded.
    pub source_sid: Option<TrackSid>,
    /// What is recorded.
    pub type_: Option<RecordingType>,
    /// How the media is encoded. The service writes it in any case: `vp8` is [`RecordingCodec::Vp8`] here.
    pub codec: Option<RecordingCodec>,
    /// The format of the file.
    pub container: Option<ContainerFormat>,
    /// When the recorded track has started, from a moment that is the same for all rooms.
    pub offset_from_twilio_video_epoch: Option<Milliseconds>,
    /// How long the recording is, when it is ready.
    pub duration: Option<Seconds>,
    /// The size of the media, when it is ready.
    pub size: Option<Bytes>,
    /// The path of the recording in the API.
    pub recording_uri: Option<String>,
    /// The path or URL of the media, when it is ready.
    pub media_uri: Option<String>,
    /// The URL of the media, when it is ready and is stored outside of the service.
    pub media_external_location: Option<String>,
    /// What could not be done, when the recording has failed: `RecordingStart`, `RecordingComplete` or `RecordingUpload`.
    pub failed_operation: Option<String>,
    parameters: Vec<(String, String)>,
}

impl Callback {
    /// Reads a callback **that anybody may have sent**: for what was verified before, as it comes out of a queue, and for
    /// tests. What comes in is for [`CallbackValidator::verify`].
    ///
    /// `form` is the body, or the query of a `GET`.
    ///
    /// # Errors
    ///
    /// There is no `StatusCallbackEvent`, or it is empty ([`CallbackError::is_decode`]). Nothing else is an error.
    pub fn parse_unverified(form: impl AsRef<[u8]>) -> Result<Self, CallbackError> {
        let form = Form(form_urlencoded::parse(form.as_ref()).into_owned().collect());
        Ok(Self {
            event: form.text("StatusCallbackEvent").ok_or(CallbackError::new(Kind::Event))?,
            timestamp: form.value("Timestamp").and_then(|time| Some(DateTime::parse_from_rfc3339(time).ok()?.to_utc())),
            sequence_number: form.number("SequenceNumber", u64::from),
            account_sid: form.text("AccountSid"),
            room_sid: form.text("RoomSid"),
            room_name: form.text("RoomName"),
            room_status: form.text("RoomStatus"),
            room_type: form.text("RoomType"),
            room_duration: form.number("RoomDuration", Seconds::new),
            participant_sid: form.text("ParticipantSid"),
            participant_identity: form.text("ParticipantIdentity"),
            participant_status: form.text("ParticipantStatus"),
            participant_duration: form.number("ParticipantDuration", Seconds::new),
            track_sid: form.text("TrackSid"),
            track_kind: form.text("TrackKind"),
            track_name: form.text("TrackName"),
            recording_sid: form.text("RecordingSid"),
            source_sid: form.text("SourceSid"),
            type_: form.text("Type"),
            codec: form.value("Codec").map(codec),
            container: form.text("Container"),
            offset_from_twilio_video_epoch: form.number("OffsetFromTwilioVideoEpoch", Milliseconds::new),
            duration: form.number("Duration", Seconds::new),
            size: form.number("Size", Bytes::new),
            recording_uri: form.text("RecordingUri"),
            media_uri: form.text("MediaUri"),
            media_external_location: form.text("MediaExternalLocation"),
            failed_operation: form.text("FailedOperation"),
            parameters: form.0,
        })
    }

    /// The parameter of this name, as it was sent: the first, if there are more.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters().find_map(|(known, value)| (known == name).then_some(value))
    }

    /// All parameters, names and values, in the order in which they were sent.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, &str)> {
        self.parameters.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// The parameters of a callback, to be read by their names.
struct Form(Vec<(String, String)>);

impl Form {
    /// The value, if it says something.
    fn value(&self, name: &str) -> Option<&str> {
        self.0.iter().find_map(|(known, value)| (known == name && !value.is_empty()).then_some(value.as_str()))
    }

    fn text<'a, T: From<&'a str>>(&'a self, name: &str) -> Option<T> {
        self.value(name).map(T::from)
    }

    fn number<T>(&self, name: &str, unit: impl FnOnce(u64) -> T) -> Option<T> {
        self.value(name)?.parse().ok().map(unit)
    }
}

/// The codec, in whatever case it is written.
fn codec(value: &str) -> RecordingCodec {
    let known = RecordingCodec::KNOWN.iter().copied().find(|known| known.eq_ignore_ascii_case(value));
    RecordingCodec::from(known.unwrap_or(value))
}
