//! Lengths of time, in the unit that the service counts them in.

use std::fmt;
use std::time::Duration;

macro_rules! unit {
    ($(#[$doc:meta])* $name:ident, $seconds:literal, $symbol:literal, $format:literal) => {
        $(#[$doc])*
        ///
        /// It is a [`Duration`] that is written as the service writes it; compare and convert it as one.
        #[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd, serde::Deserialize, serde::Serialize)]
        #[serde(transparent)]
        pub struct $name(u64);

        impl $name {
            /// So many of the unit.
            #[must_use]
            pub const fn new(count: u64) -> Self {
                Self(count)
            }

            /// How many of the unit.
            #[must_use]
            pub const fn get(self) -> u64 {
                self.0
            }

            /// The same length of time as a [`Duration`], which is long enough for every length that a room can last.
            #[must_use]
            pub const fn as_duration(self) -> Duration {
                Duration::from_secs(self.0.saturating_mul($seconds))
            }
        }

        impl From<$name> for Duration {
            fn from(length: $name) -> Self {
                length.as_duration()
            }
        }

        impl PartialEq<Duration> for $name {
            fn eq(&self, other: &Duration) -> bool {
                self.as_duration() == *other
            }
        }

        impl PartialOrd<Duration> for $name {
            fn partial_cmp(&self, other: &Duration) -> Option<std::cmp::Ordering> {
                self.as_duration().partial_cmp(other)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&format!(concat!("{}", $symbol), self.0))
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
                schemars::json_schema!({ "type": "integer", "format": $format })
            }
        }
    };
}

unit! {
    /// A length of time in whole seconds.
    Seconds, 1, "s", "seconds"
}

unit! {
    /// A length of time in whole minutes.
    Minutes, 60, "min", "minutes"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_a_duration_that_is_written_as_a_number() {
        assert_eq!(Seconds::new(930), Duration::from_secs(930));
        assert_eq!(Duration::from(Minutes::new(5)), Duration::from_secs(300));
        assert!(Minutes::new(2) > Duration::from_secs(119));
        assert_eq!(Minutes::new(u64::MAX).as_duration(), Duration::from_secs(u64::MAX));
        assert_eq!(format!("{:>6}|{}", Seconds::new(930), Minutes::new(5)), "  930s|5min");
        assert_eq!(serde_json::to_value(Seconds::new(930)).ok(), Some(serde_json::json!(930)));
    }
}
