//! Points and lengths of time as people type them: `2026-11-01`, `yesterday`, `-7d`, `4h`.

use std::str::FromStr;

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};

const WHEN_FORMS: &str = "expected a date (2026-11-01), a time (2026-11-01T09:30, with `Z` or `+02:00` if not local), \
     `today`, `yesterday`, `now`, or a time ago (-30m, -4h, -7d, -2w)";
const SPAN_FORMS: &str = "expected a length of time such as 30m, 4h, 1h30m, 90d or 2w";

/// A point in time. Dates and times without a zone are local.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// The beginning of the day this number of days ago.
    Day(u64),
    /// The beginning of this day.
    Date(NaiveDate),
    /// This time of the local clock.
    Clock(NaiveDateTime),
    Instant(DateTime<Utc>),
    Ago(Span),
}

impl FromStr for When {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "now" => return Ok(Self::Ago(Span(TimeDelta::zero()))),
            "today" => return Ok(Self::Day(0)),
            "yesterday" => return Ok(Self::Day(1)),
            _ => {}
        }
        if let Some(span) = text.strip_prefix('-') {
            return span.parse().map(Self::Ago).map_err(|_: String| WHEN_FORMS.to_owned());
        }
        if let Ok(date) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            return Ok(Self::Date(date));
        }
        if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
            return Ok(Self::Instant(instant.to_utc()));
        }
        let with_space = text.replacen('T', " ", 1);
        let formats = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"];
        let clock = formats.iter().find_map(|format| NaiveDateTime::parse_from_str(&with_space, format).ok());
        clock.map(Self::Clock).ok_or_else(|| match text.parse::<Span>() {
            Ok(_) => format!("for a time ago write -{text}"),
            Err(_) if is_no_day(text) => "there is no such day".to_owned(),
            Err(_) => WHEN_FORMS.to_owned(),
        })
    }
}

/// The text begins like a date, such as 2026-02-30, but the calendar does not have it.
fn is_no_day(text: &str) -> bool {
    let Some(date) = text.get(..10) else { return false };
    let has_form = date.bytes().zip(b"0000-00-00").all(|(byte, form)| match form {
        b'0' => byte.is_ascii_digit(),
        _ => byte == *form,
    });
    has_form && NaiveDate::parse_from_str(date, "%Y-%m-%d").is_err()
}

impl When {
    /// The instant that is meant, in the time zone of `now`.
    pub(crate) fn resolve<Z: TimeZone>(self, now: &DateTime<Z>) -> Option<DateTime<Utc>> {
        let clock = match self {
            Self::Instant(instant) => return Some(instant),
            Self::Ago(Span(span)) => return now.to_utc().checked_sub_signed(span),
            Self::Day(ago) => now.date_naive().checked_sub_days(Days::new(ago))?.and_time(NaiveTime::MIN),
            Self::Date(date) => date.and_time(NaiveTime::MIN),
            Self::Clock(clock) => clock,
        };
        first_instant(&now.timezone(), clock)
    }
}

/// The first instant at which clocks of the zone show this time. Where clocks are put forward, some times do not exist: then it is
/// that of an hour later.
pub(crate) fn first_instant<Z: TimeZone>(zone: &Z, clock: NaiveDateTime) -> Option<DateTime<Utc>> {
    [0, 1].into_iter().find_map(|hours| {
        let clock = clock.checked_add_signed(TimeDelta::hours(hours))?;
        let shown = zone.from_local_datetime(&clock);
        // `earliest` can be the second of two instants where clocks are put back.
        [shown.clone().earliest(), shown.latest()].into_iter().flatten().map(|time| time.to_utc()).min()
    })
}

/// A length of time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Span(pub(crate) TimeDelta);

impl FromStr for Span {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let invalid = || SPAN_FORMS.to_owned();
        let mut rest = text;
        let mut total = TimeDelta::zero();
        while !rest.is_empty() {
            let digits = rest.find(|c: char| !c.is_ascii_digit()).ok_or_else(invalid)?;
            let count: i64 = rest[..digits].parse().map_err(|_| invalid())?;
            let unit = rest[digits..].chars().next().ok_or_else(invalid)?;
            let seconds = match unit {
                's' => 1,
                'm' => 60,
                'h' => 3600,
                'd' => 86_400,
                'w' => 604_800,
                _ => return Err(invalid()),
            };
            let part = count.checked_mul(seconds).and_then(TimeDelta::try_seconds).ok_or_else(invalid)?;
            total = total.checked_add(&part).ok_or_else(invalid)?;
            rest = &rest[digits + unit.len_utf8()..];
        }
        if text.is_empty() { Err(invalid()) } else { Ok(Self(total)) }
    }
}

#[cfg(test)]
mod tests {
    use chrono::FixedOffset;

    use super::*;

    fn resolve(text: &str) -> Result<String, String> {
        let zone = FixedOffset::east_opt(2 * 3600).ok_or("no zone")?;
        let now = zone.with_ymd_and_hms(2026, 11, 2, 1, 30, 0).single().ok_or("no time")?;
        let time = text.parse::<When>()?.resolve(&now).ok_or("out of range")?;
        Ok(time.format("%Y-%m-%dT%H:%M:%SZ").to_string())
    }

    #[test]
    fn dates_and_times_are_local_unless_they_have_a_zone() {
        for (typed, meant) in [
            ("2026-11-01", "2026-10-31T22:00:00Z"),
            ("today", "2026-11-01T22:00:00Z"),
            ("yesterday", "2026-10-31T22:00:00Z"),
            ("now", "2026-11-01T23:30:00Z"),
            ("-7d", "2026-10-25T23:30:00Z"),
            ("-1h30m", "2026-11-01T22:00:00Z"),
            ("2026-11-01T09:30", "2026-11-01T07:30:00Z"),
            ("2026-11-01 09:30:15", "2026-11-01T07:30:15Z"),
            ("2026-11-01T09:30:00Z", "2026-11-01T09:30:00Z"),
            ("2026-11-01T09:30:00+05:30", "2026-11-01T04:00:00Z"),
        ] {
            assert_eq!(resolve(typed).as_deref(), Ok(meant), "{typed}");
        }
    }

    #[test]
    fn other_texts_are_errors_that_say_what_is_expected() {
        for wrong in [
            "",
            "-",
            "tomorrow",
            "2026-11",
            "2026-11-01T25:00",
            "-7y",
            "-99999999999999999999d",
            "-9999999999999w",
            "-7dé",
        ] {
            assert!(resolve(wrong).is_err_and(|error| error.contains("-7d")), "{wrong}");
        }
        for wrong in ["2026-02-30", "2026-13-01", "2026-02-29T09:30", "2026-00-10T09:30:00Z"] {
            assert_eq!(resolve(wrong).err().as_deref(), Some("there is no such day"), "{wrong}");
        }
        assert_eq!(resolve("7d").err().as_deref(), Some("for a time ago write -7d"));
        assert_eq!(resolve("-99999999d").err().as_deref(), Some("out of range"));
    }

    #[test]
    fn spans_add_their_parts() {
        let span = |text: &str| text.parse::<Span>().map(|Span(span)| span.num_seconds());
        assert_eq!([span("90d"), span("1h30m"), span("0s")], [Ok(7_776_000), Ok(5400), Ok(0)]);
        for wrong in ["", "4", "h", "4 h", "-4h", "4h5"] {
            assert!(span(wrong).is_err(), "{wrong}");
        }
    }
}
