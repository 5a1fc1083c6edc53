//! Enums that keep unknown values.

/// An enum of strings that keeps an unknown value, and serializes it unchanged.
///
/// Each generated enum implements it, together with `Display`, `FromStr`, `From<&str>`, `Serialize` and `Deserialize`.
pub trait OpenEnum: Sized {
    /// The values in the document, in its order.
    const KNOWN: &'static [&'static str];

    /// Returns the value as it is sent and received.
    fn as_str(&self) -> &str;

    /// Returns the variant for a value in the document, or `None` for any other value.
    fn known(value: &str) -> Option<Self>;
}

/// Implements the conversions of an open enum, from its [`OpenEnum`].
macro_rules! open_enum {
    ($name:ident) => {
        impl $name {
            /// The values that this version of the crate knows, as they are sent and received.
            pub const KNOWN: &'static [&'static str] = <Self as crate::runtime::open_enum::OpenEnum>::KNOWN;

            /// Returns the value as it is sent and received.
            #[must_use]
            pub fn as_str(&self) -> &str {
                crate::runtime::open_enum::OpenEnum::as_str(self)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::std::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::convert::From<&str> for $name {
            fn from(value: &str) -> Self {
                crate::runtime::open_enum::OpenEnum::known(value).unwrap_or_else(|| Self::Unknown(::std::borrow::ToOwned::to_owned(value)))
            }
        }

        impl ::std::convert::From<::std::string::String> for $name {
            fn from(value: ::std::string::String) -> Self {
                crate::runtime::open_enum::OpenEnum::known(&value).unwrap_or(Self::Unknown(value))
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            // `Self::Err` can be a variant.
            fn from_str(value: &str) -> ::std::result::Result<Self, ::std::convert::Infallible> {
                ::std::result::Result::Ok(<Self as ::std::convert::From<&str>>::from(value))
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                crate::runtime::open_enum::deserialize(deserializer)
            }
        }

        #[cfg(feature = "schemars")]
        impl ::schemars::JsonSchema for $name {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                ::schemars::json_schema!({
                    "anyOf": [{ "type": "string", "enum": Self::KNOWN }, { "type": "string" }]
                })
            }
        }
    };
}
pub(crate) use open_enum;

/// Deserializes an open enum. A known value is not allocated.
pub(crate) fn deserialize<'de, D, E>(deserializer: D) -> Result<E, D::Error>
where
    D: serde::Deserializer<'de>,
    E: OpenEnum + From<String>,
{
    struct Visitor<E>(std::marker::PhantomData<E>);

    impl<E: OpenEnum + From<String>> serde::de::Visitor<'_> for Visitor<E> {
        type Value = E;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a string")
        }

        fn visit_str<Error>(self, value: &str) -> Result<E, Error> {
            Ok(E::known(value).unwrap_or_else(|| E::from(value.to_owned())))
        }
    }

    deserializer.deserialize_str(Visitor(std::marker::PhantomData))
}

#[cfg(test)]
mod tests {
    #[derive(Debug, PartialEq)]
    enum Status {
        InProgress,
        Err,
        Unknown(String),
    }

    impl crate::runtime::open_enum::OpenEnum for Status {
        const KNOWN: &'static [&'static str] = &["in-progress", "err"];

        fn as_str(&self) -> &str {
            match self {
                Self::InProgress => "in-progress",
                Self::Err => "err",
                Self::Unknown(value) => value,
            }
        }

        fn known(value: &str) -> Option<Self> {
            match value {
                "in-progress" => Some(Self::InProgress),
                "err" => Some(Self::Err),
                _ => None,
            }
        }
    }

    open_enum!(Status);

    #[test]
    fn every_conversion_of_a_known_value_gives_its_variant() {
        assert_eq!(Status::from("in-progress"), Status::InProgress);
        assert_eq!(Status::from("in-progress".to_owned()), Status::InProgress);
        assert_eq!("in-progress".parse(), Ok(Status::InProgress));
        assert_eq!("err".parse(), Ok(Status::Err));
        assert_eq!(serde_json::from_str(r#""in-progress""#).ok(), Some(Status::InProgress));
    }

    #[test]
    fn an_unknown_value_is_kept_and_serialized_unchanged() {
        let status = Status::from("In-Progress");
        assert_eq!(status, Status::Unknown("In-Progress".to_owned()));
        assert_eq!(status.to_string(), "In-Progress");
        assert_eq!(serde_json::to_string(&status).ok().as_deref(), Some(r#""In-Progress""#));
    }

    #[test]
    fn a_value_that_is_not_a_string_is_an_error() {
        let error = serde_json::from_str::<Status>("7").map_err(|error| error.to_string());
        assert_eq!(error, Err("invalid type: integer `7`, expected a string at line 1 column 1".to_owned()));
    }
}
