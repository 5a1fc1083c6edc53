//! Spans of days, as `export` and `usage` take them.

use std::str::FromStr;

use chrono::{DateTime, Months, NaiveDate, NaiveTime, TimeZone, Utc};

use clap::ArgGroup;

use crate::failure::Failure;
use crate::when::{When, first_instant};

/// The options that name a span of days.
#[derive(Debug, Clone, clap::Args)]
#[command(group = ArgGroup::new("first-day").args(["from", "month"]).required(true))]
pub(crate) struct DayOptions {
    /// The first day, such as 2026-11-01, yesterday or -30d
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    from: Option<When>,
    /// The last day, which is included [default: today]
    #[arg(long, value_name = "DAY", allow_hyphen_values = true, conflicts_with = "month")]
    through: Option<When>,
    /// All days of this month, such as 2026-11
    #[arg(long, value_name = "MONTH")]
    month: Option<Month>,
}

/// A month, by its first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Month(NaiveDate);

impl FromStr for Month {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let first = NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d");
        first.map(Self).map_err(|_| "expected a month such as 2026-11".to_owned())
    }
}

/// Days from the first to the last, both included, which is today at the latest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Days {
    pub(crate) first: NaiveDate,
    pub(crate) last: NaiveDate,
}

impl DayOptions {
    /// The days that are meant, in the time zone of `now`.
    pub(crate) fn resolve<Z: TimeZone>(&self, now: &DateTime<Z>) -> Result<Days, Failure> {
        let out_of_range = |option: &str| Failure::usage(format!("{option} is out of range"));
        let day = |option: &str, when: When| {
            let instant = when.resolve(now).ok_or_else(|| out_of_range(option))?;
            Ok::<_, Failure>(instant.with_timezone(&now.timezone()).date_naive())
        };
        let today = now.date_naive();
        let (first, last) = match (self.month, self.from) {
            (Some(Month(first)), _) => {
                let next = first.checked_add_months(Months::new(1)).ok_or_else(|| out_of_range("--month"))?;
                (first, next.pred_opt().unwrap_or(first))
            }
            (None, Some(from)) => {
                let last = self.through.map_or(Ok(today), |through| day("--through", through))?;
                (day("--from", from)?, last)
            }
            (None, None) => return Err(Failure::usage("no days are given")),
        };
        if first > today {
            return Err(Failure::usage(format!("{first} is in the future")));
        }
        if last < first {
            return Err(Failure::usage(format!("the last day, {last}, is before the first, {first}")));
        }
        Ok(Days { first, last: last.min(today) })
    }
}

impl Days {
    pub(crate) fn iter(self) -> impl Iterator<Item = NaiveDate> {
        self.first.iter_days().take_while(move |day| *day <= self.last)
    }
}

/// The instants at which a day of a time zone begins and ends. Where clocks are changed, it does not have 24 hours.
pub(crate) fn bounds<Z: TimeZone>(day: NaiveDate, zone: &Z) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    Some((beginning(day, zone)?, beginning(day.succ_opt()?, zone)?))
}

fn beginning<Z: TimeZone>(day: NaiveDate, zone: &Z) -> Option<DateTime<Utc>> {
    first_instant(zone, day.and_time(NaiveTime::MIN))
}

#[cfg(test)]
mod tests {
    use chrono::FixedOffset;
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Options {
        #[command(flatten)]
        days: DayOptions,
    }

    /// The days in a zone two hours east of UTC, where it is 01:30 on 2026-11-02.
    fn days(options: &str) -> Result<(usize, String, String), String> {
        let zone = FixedOffset::east_opt(2 * 3600).ok_or("no zone")?;
        let now = zone.with_ymd_and_hms(2026, 11, 2, 1, 30, 0).single().ok_or("no time")?;
        let arguments = ["test"].into_iter().chain(options.split_whitespace());
        let parsed = Options::try_parse_from(arguments).map_err(|error| error.to_string())?;
        let days = parsed.days.resolve(&now).map_err(|failure| failure.message)?;
        Ok((days.iter().count(), days.first.to_string(), days.last.to_string()))
    }

    #[test]
    fn a_span_of_days_includes_the_first_and_the_last() {
        let span = |count, first: &str, last: &str| Ok((count, first.to_owned(), last.to_owned()));
        assert_eq!(days("--from yesterday"), span(2, "2026-11-01", "2026-11-02"));
        assert_eq!(days("--from -7d --through 2026-10-26"), span(1, "2026-10-26", "2026-10-26"));
        assert_eq!(days("--month 2026-02"), span(28, "2026-02-01", "2026-02-28"));
        assert_eq!(days("--month 2026-11"), span(2, "2026-11-01", "2026-11-02"), "it ends today");
        assert_eq!(days("--from 2026-11-01 --through 2027-11-01"), span(2, "2026-11-01", "2026-11-02"));
    }

    #[test]
    fn other_spans_are_errors() {
        for (options, expected) in [
            ("", "--from"),
            ("--month 2026-13", "expected a month such as 2026-11"),
            ("--month 2026-12", "2026-12-01 is in the future"),
            ("--month 2026-11 --from today", "cannot be used with"),
            ("--from 2026-11-02 --through 2026-11-01", "the last day, 2026-11-01, is before the first, 2026-11-02"),
            ("--from -99999999d", "--from is out of range"),
        ] {
            let result = days(options);
            assert!(result.as_ref().is_err_and(|error| error.contains(expected)), "{options}: {result:?}");
        }
    }

    #[test]
    fn days_begin_at_midnight_of_their_zone() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 1).unwrap_or_default();
        let text = |(from, until): (DateTime<Utc>, DateTime<Utc>)| format!("{from:?} {until:?}");
        assert_eq!(bounds(day, &Utc).map(text).as_deref(), Some("2026-11-01T00:00:00Z 2026-11-02T00:00:00Z"));
        let zone = FixedOffset::east_opt(3600);
        let bounds = zone.and_then(|zone| bounds(day, &zone)).map(text);
        assert_eq!(bounds.as_deref(), Some("2026-10-31T23:00:00Z 2026-11-01T23:00:00Z"));
    }
}
