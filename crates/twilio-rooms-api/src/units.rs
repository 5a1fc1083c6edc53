//! Durations and sizes in the unit in which the service counts them.

use std::fmt;
use std::time::Duration;

/// A count of a unit, serialized as a plain number.
macro_rules! quantity {
    ($(#[$doc:meta])* $name:ident, $symbol:literal, $format:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd, serde::Deserialize, serde::Serialize)]
        #[serde(transparent)]
        pub struct $name(u64);

        impl $name {
            /// Creates a value from a count of the unit.
            #[must_use]
            pub const fn new(count: u64) -> Self {
                Self(count)
            }

            /// Returns the count of the unit.
            #[must_use]
            pub const fn get(self) -> u64 {
                self.0
            }
        }

        impl From<u64> for $name {
            fn from(count: u64) -> Self {
                Self(count)
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
macro_rules! time_unit {
    ($(#[$doc:meta])* $name:ident, |$count:ident| $duration:expr, $nanos:expr, $plural:literal, $symbol:literal) => {
        quantity! {
            $(#[$doc])*
            ///
            /// It converts to a [`Duration`] and compares with one. A [`Duration`] converts to it with `try_from`,
            /// unless that would round it.
            $name, $symbol, $plural
        }

        impl $name {
            /// Returns the same length of time as a [`Duration`]. A count too large for a [`Duration`] saturates.
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

        impl TryFrom<Duration> for $name {
            type Error = TryFromDurationError;

            fn try_from(duration: Duration) -> Result<Self, Self::Error> {
                whole_units(duration, $nanos, $plural).map(Self)
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

time_unit! {
    /// A length of time in whole milliseconds.
    Milliseconds, |count| Duration::from_millis(count), 1_000_000, "milliseconds", "ms"
}

time_unit! {
    /// A length of time in whole seconds.
    Seconds, |count| Duration::from_secs(count), 1_000_000_000, "seconds", "s"
}

time_unit! {
    /// A length of time in whole minutes.
    Minutes, |count| Duration::from_secs(count.saturating_mul(60)), 60_000_000_000, "minutes", "min"
}

quantity! {
    /// A size in bytes.
    ByteSize, "B", "bytes"
}

/// The error of converting a [`Duration`] to a unit of time that cannot represent it exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TryFromDurationError {
    duration: Duration,
    /// The plural of the unit.
    unit: &'static str,
    reason: Reason,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reason {
    Fraction,
    TooLarge,
}

impl fmt::Display for TryFromDurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { duration, unit, reason } = self;
        match reason {
            Reason::Fraction => write!(f, "{duration:?} is not a whole number of {unit}"),
            Reason::TooLarge => write!(f, "{duration:?} is too large to count in {unit}"),
        }
    }
}

impl std::error::Error for TryFromDurationError {}

/// Counts the units of this many nanoseconds in a duration.
fn whole_units(duration: Duration, nanos: u128, unit: &'static str) -> Result<u64, TryFromDurationError> {
    let error = |reason| TryFromDurationError { duration, unit, reason };
    if !duration.as_nanos().is_multiple_of(nanos) {
        return Err(error(Reason::Fraction));
    }
    u64::try_from(duration.as_nanos() / nanos).map_err(|_| error(Reason::TooLarge))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_unit_compares_with_a_duration_and_is_serialized_as_a_number() {
        assert_eq!(Seconds::new(930), Duration::from_secs(930));
        assert_eq!(Duration::from(Minutes::new(5)), Duration::from_secs(300));
        assert!(Minutes::new(2) > Duration::from_secs(119));
        assert_eq!(Milliseconds::new(1500), Duration::from_millis(1500));
        assert_eq!(Minutes::new(u64::MAX).as_duration(), Duration::from_secs(u64::MAX));
        assert_eq!(format!("{:>6}|{}", Seconds::new(930), Minutes::new(5)), "  930s|5min");
        assert_eq!(serde_json::to_value(Seconds::from(930)).ok(), Some(serde_json::json!(930)));
    }

    #[test]
    fn a_duration_converts_only_if_it_is_a_whole_number_of_units() {
        assert_eq!(Minutes::try_from(Duration::from_secs(300)), Ok(Minutes::new(5)));
        assert_eq!(Seconds::try_from(Duration::from_secs(u64::MAX)), Ok(Seconds::new(u64::MAX)));
        let message = |error: TryFromDurationError| error.to_string();
        let fraction = Seconds::try_from(Duration::from_millis(1500)).map_err(message);
        assert_eq!(fraction, Err("1.5s is not a whole number of seconds".to_owned()));
        let fraction = Minutes::try_from(Duration::from_secs(90)).map_err(message);
        assert_eq!(fraction, Err("90s is not a whole number of minutes".to_owned()));
        let too_large = Milliseconds::try_from(Duration::from_secs(u64::MAX)).map_err(message);
        assert_eq!(too_large, Err("18446744073709551615s is too large to count in milliseconds".to_owned()));
    }

    #[test]
    fn a_size_is_serialized_as_a_number() {
        assert_eq!(format!("{:>6}", ByteSize::new(4234)), " 4234B");
        assert_eq!(serde_json::to_value(ByteSize::from(4234)).ok(), Some(serde_json::json!(4234)));
        assert_eq!(serde_json::from_str("171092213859").ok(), Some(ByteSize::new(171_092_213_859)));
    }
}
