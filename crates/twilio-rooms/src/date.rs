//! The date filters of a listing.

use std::time::SystemTime;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, SubsecRound, TimeDelta, TimeZone, Timelike, Utc};

use crate::error::Error;

/// A date, which means its first moment in UTC, or an instant.
///
/// Made from a [`chrono::NaiveDate`], a [`chrono::DateTime`] of any time zone, or a [`SystemTime`]; methods that take one
/// take any of these.
///
/// An instant is sent in UTC and to the second. The service keeps times to the second, so one with a fraction means the same
/// as the next full second.
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
    /// As it is sent: `2026-11-01`, or `2026-11-01T09:00:00Z`.
    pub(crate) fn to_wire(self, field: &'static str) -> Result<String, Error> {
        let (year, text) = match self.0 {
            Kind::Date(date) => (date.year(), date.format("%Y-%m-%d").to_string()),
            Kind::Instant(instant) => {
                let whole = whole(instant);
                (whole.year(), whole.format("%Y-%m-%dT%H:%M:%SZ").to_string())
            }
        };
        if (1..=9999).contains(&year) {
            Ok(text)
        } else {
            Err(Error::invalid(format!("{field} is in the year {year}, but must be in 1 to 9999")))
        }
    }

    /// The instant that is sent, in seconds since 1970.
    pub(crate) fn to_seconds(self) -> i64 {
        match self.0 {
            Kind::Date(date) => date.and_time(NaiveTime::MIN).and_utc().timestamp(),
            Kind::Instant(instant) => whole(instant).timestamp(),
        }
    }
}

/// The next full second.
fn whole(instant: DateTime<Utc>) -> DateTime<Utc> {
    if instant.nanosecond() == 0 {
        return instant;
    }
    instant.trunc_subsecs(0).checked_add_signed(TimeDelta::seconds(1)).unwrap_or(instant)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wire(value: impl Into<DateOrInstant>) -> Result<String, String> {
        value.into().to_wire("created_before").map_err(|error| error.to_string())
    }

    #[test]
    fn a_date_is_sent_as_one_and_an_instant_in_utc_to_the_second() {
        assert_eq!(wire(NaiveDate::from_ymd_opt(2026, 11, 1).unwrap_or_default()), Ok("2026-11-01".to_owned()));
        let cases = [
            ("2026-11-01T09:00:00Z", "2026-11-01T09:00:00Z"),
            ("2026-11-01T01:30:00+02:00", "2026-10-31T23:30:00Z"),
            ("2026-11-01T09:00:00.000000001Z", "2026-11-01T09:00:01Z"),
        ];
        for (given, sent) in cases {
            assert_eq!(DateTime::parse_from_rfc3339(given).map(wire), Ok(Ok(sent.to_owned())));
        }
        assert_eq!(wire(SystemTime::UNIX_EPOCH), Ok("1970-01-01T00:00:00Z".to_owned()));
    }

    #[test]
    fn a_year_that_has_not_four_digits_is_refused() {
        for far in [DateTime::<Utc>::MAX_UTC, DateTime::<Utc>::MIN_UTC] {
            assert!(wire(far).is_err_and(|message| message.starts_with("created_before is in the year")));
        }
    }
}
