//! Lengths of time and sizes, in the unit that the service counts them in.

use std::fmt;
use std::time::Duration;

/// A count of a unit that is written as a plain number.
macro_rules! quantity {
    ($(#[$doc:meta])* $name:ident, $symbol:literal, $format:literal) => {
        $(#[$doc])*
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
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&format!(concat!("{}", $symbol), self.0))
            }
        }

        impl crate::runtime::Count for $name {
            fn count(&self) -> i128 {
                i128::from(self.0)
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

/// A count of a unit of time.
macro_rules! unit {
    ($(#[$doc:meta])* $name:ident, |$count:ident| $duration:expr, $symbol:literal, $format:literal) => {
        quantity! {
            $(#[$doc])*
            ///
            /// It is a [`Duration`] that is written as the service writes it; compare and convert it as one.
            $name, $symbol, $format
        }

        impl $name {
            /// The same length of time as a [`Duration`], which is long enough for every length that a room can last.
            #[must_use]
            pub const fn as_duration(self) -> Duration {
                let $count = self.0;
                $duration
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
    };
}

unit! {
    /// A length of time in whole milliseconds.
    Milliseconds, |count| Duration::from_millis(count), "ms", "milliseconds"
}

unit! {
    /// A length of time in whole seconds.
    Seconds, |count| Duration::from_secs(count), "s", "seconds"
}

unit! {
    /// A length of time in whole minutes.
    Minutes, |count| Duration::from_secs(count.saturating_mul(60)), "min", "minutes"
}

quantity! {
    /// A size in bytes.
    Bytes, "B", "bytes"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_a_duration_that_is_written_as_a_number() {
        assert_eq!(Seconds::new(930), Duration::from_secs(930));
        assert_eq!(Duration::from(Minutes::new(5)), Duration::from_secs(300));
        assert!(Minutes::new(2) > Duration::from_secs(119));
        assert_eq!(Milliseconds::new(1500), Duration::from_millis(1500));
        assert_eq!(Minutes::new(u64::MAX).as_duration(), Duration::from_secs(u64::MAX));
        assert_eq!(format!("{:>6}|{}", Seconds::new(930), Minutes::new(5)), "  930s|5min");
        assert_eq!(serde_json::to_value(Seconds::new(930)).ok(), Some(serde_json::json!(930)));
    }
    #[test]
    fn a_size_is_written_as_a_number_too() {
        assert_eq!(format!("{:>6}", Bytes::new(4234)), " 4234B");
        assert_eq!(serde_json::to_value(Bytes::new(4234)).ok(), Some(serde_json::json!(4234)));
        assert_eq!(serde_json::from_str("171092213859").ok(), Some(Bytes::new(171_092_213_859)));
    }
}
