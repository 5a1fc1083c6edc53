//! The value of a date filter.

use std::time::SystemTime;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, SubsecRound, TimeDelta, TimeZone, Timelike, Utc};

use crate::error::Error;

/// A date, which means its midnight in UTC, or an instant.
///
/// A [`chrono::NaiveDate`], a [`chrono::DateTime`] in any time zone and a [`SystemTime`] convert to it, so methods that
/// take a `DateOrInstant` accept all of them.
///
/// Instants are sent in UTC with a precision of one second, which is that of the service. A fraction is rounded up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DateOrInstant(Kind);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Date(NaiveDate),
    Instant(DateTime<Utc>),
}

impl From<NaiveDate> for DateOrInstant {
    fn from(date: NaiveDate) -> Self {
        Self(Kind::Date(date))
    }
}

impl<Tz: TimeZone> From<DateTime<Tz>> for DateOrInstant {
    fn from(instant: DateTime<Tz>) -> Self {
        Self(Kind::Instant(instant.with_timezone(&Utc)))
    }
}

impl From<SystemTime> for DateOrInstant {
    fn from(instant: SystemTime) -> Self {
        Self(Kind::Instant(instant.into()))
    }
}

impl DateOrInstant {
    /// Returns the text that is sent: `2026-11-01`, or `2026-11-01T09:00:00Z`.
    pub(super) fn to_wire(self) -> String {
        match self.0 {
            Kind::Date(date) => date.format("%Y-%m-%d").to_string(),
            Kind::Instant(instant) => round_up(instant).format("%Y-%m-%dT%H:%M:%SZ").to_string(),
        }
    }

    /// Rejects a year that does not have four digits. `field` is the name of the filter.
    pub(super) fn validate_year(self, field: &'static str) -> Result<(), Error> {
        let year = match self.0 {
            Kind::Date(date) => date.year(),
            Kind::Instant(instant) => round_up(instant).year(),
        };
        if (1..=9999).contains(&year) {
            return Ok(());
        }
        Err(Error::invalid(format!("{field} is in the year {year}, but must be in 1 to 9999")))
    }

    /// Returns the instant that is sent, in seconds since 1970.
    pub(super) fn to_seconds(self) -> i64 {
        match self.0 {
            Kind::Date(date) => date.and_time(NaiveTime::MIN).and_utc().timestamp(),
            Kind::Instant(instant) => round_up(instant).timestamp(),
        }
    }
}

/// Rounds an instant up to a full second.
fn round_up(instant: DateTime<Utc>) -> DateTime<Utc> {
    if instant.nanosecond() == 0 {
        return instant;
    }
    instant.trunc_subsecs(0).checked_add_signed(TimeDelta::seconds(1)).unwrap_or(instant)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wire(value: impl Into<DateOrInstant>) -> String {
        value.into().to_wire()
    }

    #[test]
    fn a_date_is_sent_as_a_date_and_an_instant_in_utc_to_the_second() {
        assert_eq!(wire(NaiveDate::from_ymd_opt(2026, 11, 1).unwrap_or_default()), "2026-11-01");
        let cases = [
            ("2026-11-01T09:00:00Z", "2026-11-01T09:00:00Z"),
            ("2026-11-01T01:30:00+02:00", "2026-10-31T23:30:00Z"),
            ("2026-11-01T09:00:00.000000001Z", "2026-11-01T09:00:01Z"),
        ];
        for (instant, sent) in cases {
            assert_eq!(DateTime::parse_from_rfc3339(instant).map(wire), Ok(sent.to_owned()));
        }
        assert_eq!(wire(SystemTime::UNIX_EPOCH), "1970-01-01T00:00:00Z");
    }
}
