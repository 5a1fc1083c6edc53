//! What a status callback tells of.

use std::fmt;

/// The events, and what each is called on the wire.
macro_rules! events {
    ($($(#[$doc:meta])* $event:ident = $value:literal,)*) => {
        /// What a [`Callback`](crate::Callback) tells of.
        ///
        /// An event that this version of the crate does not know is no error: it is kept as [`Unknown`](Self::Unknown).
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

        impl CallbackEvent {
            /// The events that this version of the crate knows, as they are on the wire.
            pub const KNOWN: &'static [&'static str] = &[$($value),*];

            /// The event as it is on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$event => $value,)*
                    Self::Unknown(event) => event,
                }
            }
        }

        impl From<&str> for CallbackEvent {
            fn from(event: &str) -> Self {
                match event {
                    $($value => Self::$event,)*
                    _ => Self::Unknown(event.to_owned()),
                }
            }
        }
    };
}

events! {
    /// The room was created.
    RoomCreated = "room-created",
    /// The room is over: it was completed, or nobody was in it for as long as it stays open.
    RoomEnded = "room-ended",
    /// A participant has joined.
    ParticipantConnected = "participant-connected",
    /// A participant has left, or was removed.
    ParticipantDisconnected = "participant-disconnected",
    /// A participant publishes a track.
    TrackAdded = "track-added",
    /// A participant does not publish a track any more.
    TrackRemoved = "track-removed",
    /// A track goes on after a pause.
    TrackEnabled = "track-enabled",
    /// A track is paused.
    TrackDisabled = "track-disabled",
    /// The recording of a track has begun.
    RecordingStarted = "recording-started",
    /// The recording of a track is ready.
    RecordingCompleted = "recording-completed",
    /// The recording of a track could not be started, completed or stored.
    RecordingFailed = "recording-failed",
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

#[cfg(test)]
mod tests {
    use super::CallbackEvent;

    #[test]
    fn an_event_is_written_as_it_was_read() {
        for &known in CallbackEvent::KNOWN {
            let event = CallbackEvent::from(known);
            assert!(!matches!(event, CallbackEvent::Unknown(_)), "{known}");
            assert_eq!(event.to_string(), known);
        }
        let other = CallbackEvent::from("composition-available");
        assert_eq!(other, CallbackEvent::Unknown("composition-available".to_owned()));
        assert_eq!(other.as_str(), "composition-available");
    }
}
