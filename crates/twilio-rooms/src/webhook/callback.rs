//! The parameters of a status callback.

use chrono::{DateTime, Utc};
use twilio_rooms_api::types::{
    ContainerFormat, ParticipantStatus, RecordingCodec, RecordingType, RoomStatus, RoomType, TrackKind,
};
use twilio_rooms_api::{AccountSid, ByteSize, Milliseconds, ParticipantSid, RecordingSid, RoomSid, Seconds, TrackSid};

use super::error::{CallbackError, Kind};
use super::event::CallbackEvent;

/// A request of the service to the status callback of a room, which reports an event; returned by
/// [`CallbackValidator::verify`](crate::CallbackValidator::verify).
///
/// The event decides which fields are set; only the event itself is always present. A field whose value is empty or does
/// not parse is `None`. All values, including those of parameters unknown to this version of the crate, are in
/// [`parameters`](Self::parameters).
///
/// The same callback may arrive twice, and callbacks arrive in any order: [`timestamp`](Self::timestamp) orders them.
/// See the vendor's documentation of [status callbacks](https://www.twilio.com/docs/video/api/status-callbacks).
///
/// With the feature `schemars`, its schema has the parameters of all events by their names on the wire.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(rename_all = "PascalCase"))]
#[non_exhaustive]
pub struct Callback {
    /// The event.
    #[cfg_attr(feature = "schemars", schemars(rename = "StatusCallbackEvent"))]
    pub event: CallbackEvent,
    /// The time of the event.
    pub timestamp: Option<DateTime<Utc>>,
    /// A sequence number of the service. According to the vendor it does not order events.
    pub sequence_number: Option<u64>,
    /// The account of the room.
    pub account_sid: Option<AccountSid>,
    /// The room.
    pub room_sid: Option<RoomSid>,
    /// The unique name of the room.
    pub room_name: Option<String>,
    /// The status of the room.
    pub room_status: Option<RoomStatus>,
    /// The type of the room.
    pub room_type: Option<RoomType>,
    /// The duration of the room, once it has ended.
    pub room_duration: Option<Seconds>,
    /// The participant, in all events except those of the room itself.
    pub participant_sid: Option<ParticipantSid>,
    /// The identity of the participant, from its access token.
    pub participant_identity: Option<String>,
    /// The status of the participant, in events of participants and tracks.
    pub participant_status: Option<ParticipantStatus>,
    /// The time that the participant was connected, once it has left.
    pub participant_duration: Option<Seconds>,
    /// The track, in events of tracks. The track of a recording is [`source_sid`](Self::source_sid).
    pub track_sid: Option<TrackSid>,
    /// The kind of the track, in events of tracks.
    pub track_kind: Option<TrackKind>,
    /// The name of the track, in events of tracks and recordings.
    pub track_name: Option<String>,
    /// The recording, in events of recordings. The same applies to all fields below.
    pub recording_sid: Option<RecordingSid>,
    /// The recorded track.
    pub source_sid: Option<TrackSid>,
    /// The type of media.
    pub type_: Option<RecordingType>,
    /// The codec of the media. Case is ignored: `vp8` is [`RecordingCodec::Vp8`].
    pub codec: Option<RecordingCodec>,
    /// The file format.
    pub container: Option<ContainerFormat>,
    /// The start of the recorded track, relative to a point in time that is the same for all rooms.
    pub offset_from_twilio_video_epoch: Option<Milliseconds>,
    /// The duration of the recording, once it is completed.
    pub duration: Option<Seconds>,
    /// The size of the media, once the recording is completed.
    pub size: Option<ByteSize>,
    /// The path of the recording in the API.
    pub recording_uri: Option<String>,
    /// The path or URL of the media, once the recording is completed.
    pub media_uri: Option<String>,
    /// The URL of the media, if it is stored outside of the service.
    pub media_external_location: Option<String>,
    /// The operation that failed, if the recording has failed: `RecordingStart`, `RecordingComplete` or
    /// `RecordingUpload`.
    pub failed_operation: Option<String>,
    #[cfg_attr(feature = "schemars", schemars(skip))]
    parameters: Vec<(String, String)>,
}

impl Callback {
    /// Parses a callback **without verifying its signature**, so anyone may have sent it.
    ///
    /// Use it for callbacks that were verified before they were queued, and for tests. Incoming requests need
    /// [`CallbackValidator::verify`](crate::CallbackValidator::verify). `form` is the body of the request, or the query
    /// of a `GET`.
    ///
    /// # Errors
    ///
    /// `StatusCallbackEvent` is missing or empty ([`CallbackError::is_decode`]). Nothing else is an error.
    pub fn parse_unverified(form: impl AsRef<[u8]>) -> Result<Self, CallbackError> {
        let form = Parameters(form_urlencoded::parse(form.as_ref()).into_owned().collect());
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
            codec: form.value("Codec").map(parse_codec),
            container: form.text("Container"),
            offset_from_twilio_video_epoch: form.number("OffsetFromTwilioVideoEpoch", Milliseconds::new),
            duration: form.number("Duration", Seconds::new),
            size: form.number("Size", ByteSize::new),
            recording_uri: form.text("RecordingUri"),
            media_uri: form.text("MediaUri"),
            media_external_location: form.text("MediaExternalLocation"),
            failed_operation: form.text("FailedOperation"),
            parameters: form.0,
        })
    }

    /// Returns the first parameter with this name, as it was sent.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters().find_map(|(known, value)| (known == name).then_some(value))
    }

    /// Returns the names and values of all parameters, in the order in which they were sent.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, &str)> {
        self.parameters.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// The parameters of a callback.
struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// Returns the value of a parameter, unless it is empty.
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

/// Parses a codec and ignores its case.
fn parse_codec(value: &str) -> RecordingCodec {
    let known = RecordingCodec::KNOWN.iter().copied().find(|known| known.eq_ignore_ascii_case(value));
    RecordingCodec::from(known.unwrap_or(value))
}
