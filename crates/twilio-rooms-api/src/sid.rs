//! Identifiers of resources: one type per kind of resource.

macro_rules! sid {
    ($(#[$doc:meta])* $name:ident, $prefix:literal, $format:literal) => {
        sid! { $(#[$doc])* $name, $prefix, $format, "32 hexadecimal digits", is_hexadecimal }
    };
    ($(#[$doc:meta])* $name:ident, $prefix:literal, $format:literal, $rest:literal, $is_rest:ident) => {
        $(#[$doc])*
        ///
        /// Any string converts to this type without validation, so that a response with an unusual identifier still
        /// decodes.
        /// [`is_well_formed`](Self::is_well_formed) checks the format.
        #[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, serde::Serialize)]
        #[serde(transparent)]
        pub struct $name(Box<str>);

        impl $name {
            /// The prefix of every SID of this kind.
            pub const PREFIX: &'static str = $prefix;

            /// Returns the SID as a string slice.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            #[doc = concat!("Returns `true` if this is the prefix followed by ", $rest, ".")]
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

        impl From<&$name> for $name {
            fn from(sid: &$name) -> Self {
                sid.clone()
            }
        }

        impl From<$name> for String {
            fn from(sid: $name) -> Self {
                sid.0.into()
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;

            fn from_str(sid: &str) -> Result<Self, Self::Err> {
                Ok(Self::from(sid))
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
                deserializer.deserialize_str(BoxedStr).map(Self)
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
    /// The SID of an account: `AC` followed by 32 hexadecimal digits.
    AccountSid, "AC", "account-sid"
}

sid! {
    /// The SID of a room: `RM` followed by 32 hexadecimal digits.
    RoomSid, "RM", "room-sid"
}

sid! {
    /// The SID of a participant: `PA` followed by 32 hexadecimal digits.
    ParticipantSid, "PA", "participant-sid"
}

sid! {
    /// The SID of a track: `MT` followed by 32 hexadecimal digits.
    TrackSid, "MT", "track-sid"
}

sid! {
    /// The SID of a recording: `RT` followed by 32 hexadecimal digits.
    RecordingSid, "RT", "recording-sid"
}

sid! {
    /// The SID of a call: `CA` followed by 32 hexadecimal digits.
    CallSid, "CA", "call-sid"
}

sid! {
    /// The identifier of a transcription: `video_extension_` followed by a UUID.
    TranscriptionId, "video_extension_", "transcription-id", "a UUID", is_uuid
}

/// Reads a string into a `Box<str>` without an intermediate `String`.
struct BoxedStr;

impl serde::de::Visitor<'_> for BoxedStr {
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
    fn any_string_is_kept_and_the_format_can_be_checked() {
        let sid = RoomSid::from("RM0123456789abcdefABCDEF0123456789");
        assert!(sid.is_well_formed());
        for malformed in
            ["", "RM", "string", "AC0123456789abcdef0123456789abcdef", "RMXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX"]
        {
            let sid = RoomSid::from(malformed);
            assert!(!sid.is_well_formed(), "{malformed}");
            assert_eq!(sid, malformed);
        }
    }

    #[test]
    fn a_sid_converts_from_and_to_strings() {
        let sid: Result<RoomSid, _> = "RM1".parse();
        assert_eq!(sid, Ok(RoomSid::from("RM1".to_owned())));
        let sid = RoomSid::from("RM1");
        assert_eq!(RoomSid::from(&sid), sid);
        assert_eq!(String::from(sid), "RM1");
    }

    #[test]
    fn sids_are_ordered_as_strings() {
        let mut sids = ["RM2", "RM10", "RM1"].map(RoomSid::from);
        sids.sort();
        assert_eq!(sids, ["RM1", "RM10", "RM2"]);
    }

    #[test]
    fn a_transcription_id_ends_in_a_uuid() {
        assert!(TranscriptionId::from("video_extension_2C70be23-4788-423d-9351-df6705efa035").is_well_formed());
        for malformed in
            ["", "video_extension_", "2c70be23-4788-423d-9351-df6705efa035", "video_extension_2c70be234788423d"]
        {
            assert!(!TranscriptionId::from(malformed).is_well_formed(), "{malformed}");
        }
        let misplaced_hyphens = "video_extension_2c70be2347-88-423d-9351-df6705efa035";
        assert!(!TranscriptionId::from(misplaced_hyphens).is_well_formed());
    }
}
