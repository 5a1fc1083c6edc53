//! Identifiers of resources, a type for each kind of resource.

macro_rules! sid {
    ($(#[$doc:meta])* $name:ident, $prefix:literal, $format:literal) => {
        sid! { $(#[$doc])* $name, $prefix, $format, "32 hexadecimal digits", is_hexadecimal }
    };
    ($(#[$doc:meta])* $name:ident, $prefix:literal, $format:literal, $rest:literal, $is_rest:ident) => {
        $(#[$doc])*
        ///
        /// It holds whatever the service has sent; [`is_well_formed`](Self::is_well_formed) tells whether that has the form
        /// of such a SID.
        #[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, serde::Serialize)]
        #[serde(transparent)]
        pub struct $name(Box<str>);

        impl $name {
            /// What a SID of this kind begins with.
            pub const PREFIX: &'static str = $prefix;

            /// The SID as a string.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            #[doc = concat!("Whether this is the prefix and ", $rest, ".")]
            #[must_use]
            pub fn is_well_formed(&self) -> bool {
                self.0.strip_prefix(Self::PREFIX).is_some_and($is_rest)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(sid: &str) -> Self {
                Self(sid.into())
            }
        }

        impl From<String> for $name {
            fn from(sid: String) -> Self {
                Self(sid.into())
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                &*self.0 == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                &*self.0 == *other
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(Text).map(Self)
            }
        }

        #[cfg(feature = "schemars")]
        impl schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "format": $format })
            }
        }
    };
}

sid! {
    /// The SID of an account, `AC` and 32 hexadecimal digits.
    AccountSid, "AC", "account-sid"
}

sid! {
    /// The SID of a room, `RM` and 32 hexadecimal digits.
    RoomSid, "RM", "room-sid"
}

sid! {
    /// The SID of a participant, `PA` and 32 hexadecimal digits.
    ParticipantSid, "PA", "participant-sid"
}

sid! {
    /// The SID of a track, `MT` and 32 hexadecimal digits.
    TrackSid, "MT", "track-sid"
}

sid! {
    /// The SID of a recording, `RT` and 32 hexadecimal digits.
    RecordingSid, "RT", "recording-sid"
}

sid! {
    /// The SID of a call, `CA` and 32 hexadecimal digits.
    CallSid, "CA", "call-sid"
}

sid! {
    /// The identifier of a transcription, `video_extension_` and a UUID.
    TranscriptionId, "video_extension_", "transcription-id", "a UUID", is_uuid
}

/// The text of a SID, with no string in between.
struct Text;

impl serde::de::Visitor<'_> for Text {
    type Value = Box<str>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(text.into())
    }
}

fn is_hexadecimal(digits: &str) -> bool {
    digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_uuid(text: &str) -> bool {
    let is_hyphen = |index| [8, 13, 18, 23].contains(&index);
    let has_form = |(index, byte): (usize, u8)| if is_hyphen(index) { byte == b'-' } else { byte.is_ascii_hexdigit() };
    text.len() == 36 && text.bytes().enumerate().all(has_form)
}

#[cfg(test)]
mod tests {
    use super::{RoomSid, TranscriptionId};

    #[test]
    fn a_sid_keeps_what_was_sent_and_tells_whether_it_has_the_form() {
        let sid = RoomSid::from("RM0123456789abcdefABCDEF0123456789");
        assert!(sid.is_well_formed());
        for odd in ["", "RM", "string", "AC0123456789abcdef0123456789abcdef", "RMXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX"] {
            let sid = RoomSid::from(odd);
            assert!(!sid.is_well_formed(), "{odd}");
            assert_eq!(sid, odd);
        }
    }
    #[test]
    fn the_identifier_of_a_transcription_ends_in_a_uuid() {
        assert!(TranscriptionId::from("video_extension_2C70be23-4788-423d-9351-df6705efa035").is_well_formed());
        for odd in ["", "video_extension_", "2c70be23-4788-423d-9351-df6705efa035", "video_extension_2c70be234788423d"]
        {
            assert!(!TranscriptionId::from(odd).is_well_formed(), "{odd}");
        }
        let ill_placed = "video_extension_2c70be2347-88-423d-9351-df6705efa035";
        assert!(!TranscriptionId::from(ill_placed).is_well_formed());
    }
}
