//! Identifiers of resources, a type for each kind of resource.

macro_rules! sid {
    ($(#[$doc:meta])* $name:ident, $prefix:literal, $format:literal) => {
        $(#[$doc])*
        ///
        /// It holds whatever the service has sent; [`is_well_formed`](Self::is_well_formed) tells whether that has the form
        /// of such a SID.
        #[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, serde::Deserialize, serde::Serialize)]
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

            /// Whether this is the prefix and 32 hexadecimal digits.
            #[must_use]
            pub fn is_well_formed(&self) -> bool {
                let digits = self.0.strip_prefix(Self::PREFIX);
                digits.is_some_and(|digits| digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
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

#[cfg(test)]
mod tests {
    use super::RoomSid;

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
}
