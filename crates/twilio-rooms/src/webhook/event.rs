//! The events that status callbacks report.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use twilio_rooms_api::OpenEnum;

/// Defines the enum of events and its values on the wire.
macro_rules! events {
    ($($(#[$doc:meta])* $event:ident = $value:literal,)*) => {
        /// The event that a [`Callback`](crate::Callback) reports.
        ///
        /// An event that this version of the crate does not know is kept as [`Unknown`](Self::Unknown).
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum CallbackEvent {
            $(
                #[doc = concat!("`", $value, "`:")]
                $(#[$doc])*
                $event,
            )*
            /// An event that this version of the crate does not know, as it was sent.
            Unknown(String),
        }

        impl OpenEnum for CallbackEvent {
            const KNOWN: &'static [&'static str] = &[$($value),*];

            fn as_str(&self) -> &str {
                match self {
                    $(Self::$event => $value,)*
                    Self::Unknown(event) => event,
                }
            }

            fn known(event: &str) -> Option<Self> {
                match event {
                    $($value => Some(Self::$event),)*
                    _ => None,
                }
            }
        }
    };
}

events! {
    /// The room was created.
    RoomCreated = "room-created",
    /// The room has ended: it was completed, or was empty for its timeout.
    RoomEnded = "room-ended",
    /// A participant has joined.
    ParticipantConnected = "participant-connected",
    /// A participant has left or was disconnected.
    ParticipantDisconnected = "participant-disconnected",
    /// A participant has published a track.
    TrackAdded = "track-added",
    /// A participant has unpublished a track.
    TrackRemoved = "track-removed",
    /// A paused track has resumed.
    TrackEnabled = "track-enabled",
    /// A track was paused.
    TrackDisabled = "track-disabled",
    /// The recording of a track has started.
    RecordingStarted = "recording-started",
    /// The recording of a track is completed.
    RecordingCompleted = "recording-completed",
    /// The recording of a track could not be started, completed or stored.
    RecordingFailed = "recording-failed",
}

impl CallbackEvent {
    /// The events that this version of the crate knows, as they are on the wire.
    pub const KNOWN: &'static [&'static str] = <Self as OpenEnum>::KNOWN;

    /// Returns the event as it is on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        OpenEnum::as_str(self)
    }
}

impl fmt::Display for CallbackEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl AsRef<str> for CallbackEvent {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl From<&str> for CallbackEvent {
    fn from(event: &str) -> Self {
        OpenEnum::known(event).unwrap_or_else(|| Self::Unknown(event.to_owned()))
    }
}

impl From<String> for CallbackEvent {
    fn from(event: String) -> Self {
        OpenEnum::known(&event).unwrap_or(Self::Unknown(event))
    }
}

impl FromStr for CallbackEvent {
    type Err = Infallible;

    fn from_str(event: &str) -> Result<Self, Infallible> {
        Ok(Self::from(event))
    }
}

impl serde::Serialize for CallbackEvent {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for CallbackEvent {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for CallbackEvent {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "CallbackEvent".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "anyOf": [{ "type": "string", "enum": Self::KNOWN }, { "type": "string" }] })
    }
}

#[cfg(test)]
mod tests {
    use super::CallbackEvent;

    #[test]
    fn known_events_keep_their_text() {
        for &known in CallbackEvent::KNOWN {
            let event = CallbackEvent::from(known);
            assert!(!matches!(event, CallbackEvent::Unknown(_)), "{known}");
            assert_eq!(event.to_string(), known);
            assert_eq!(known.parse(), Ok(event));
        }
    }

    #[test]
    fn unknown_events_keep_their_text() {
        let unknown = CallbackEvent::from("composition-available");
        assert_eq!(unknown, CallbackEvent::Unknown("composition-available".to_owned()));
        assert_eq!(unknown.as_str(), "composition-available");
        assert_eq!(CallbackEvent::from("composition-available".to_owned()), unknown);
    }

    #[test]
    fn events_are_serialized_as_strings() {
        for event in [CallbackEvent::RoomEnded, CallbackEvent::from("composition-available")] {
            let json = serde_json::to_value(&event).ok();
            assert_eq!(json, Some(event.as_str().into()));
            assert_eq!(json.and_then(|json| serde_json::from_value(json).ok()), Some(event));
        }
    }
}
