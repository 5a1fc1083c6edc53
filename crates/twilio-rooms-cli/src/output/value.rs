//! The value of a cell: one for people, one for programs.

use anstyle::{AnsiColor, Style};
use chrono::{DateTime, Local, Utc};

use crate::console::escape;

/// A value of a resource, in a column of a table or of CSV.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    /// The service sent nothing.
    Missing,
    Text(String),
    /// A text that says nothing new to people.
    Redundant(String),
    /// The address of a page, which tables link to.
    Url(String),
    /// A status, which tables show in colour.
    Status(String),
    Flag(bool),
    Count(u64),
    Seconds(u64),
    Bytes(u64),
    /// Whole minutes.
    WholeMinutes(u64),
    /// Minutes and their fraction, given in seconds.
    Minutes(u64),
    Time(DateTime<Utc>),
}

impl Value {
    /// A text, or nothing.
    pub(crate) fn text(text: Option<impl ToString>) -> Self {
        text.map_or(Self::Missing, |text| Self::Text(text.to_string()))
    }

    pub(crate) fn url(url: Option<impl ToString>) -> Self {
        url.map_or(Self::Missing, |url| Self::Url(url.to_string()))
    }

    pub(crate) fn status(status: Option<impl ToString>) -> Self {
        status.map_or(Self::Missing, |status| Self::Status(status.to_string()))
    }

    pub(crate) fn flag(flag: Option<bool>) -> Self {
        flag.map_or(Self::Missing, Self::Flag)
    }

    pub(crate) fn count(count: Option<impl Into<u64>>) -> Self {
        count.map_or(Self::Missing, |count| Self::Count(count.into()))
    }

    pub(crate) fn time(time: Option<DateTime<Utc>>) -> Self {
        time.map_or(Self::Missing, Self::Time)
    }

    /// The text for programs: as the service sends it, with times in UTC.
    pub(crate) fn machine(&self) -> String {
        match self {
            Self::Missing => String::new(),
            Self::Text(text) | Self::Redundant(text) | Self::Url(text) | Self::Status(text) => text.clone(),
            Self::Flag(flag) => flag.to_string(),
            Self::Count(number) | Self::Seconds(number) | Self::Bytes(number) | Self::WholeMinutes(number) => {
                number.to_string()
            }
            Self::Minutes(seconds) => minutes(*seconds, 100),
            Self::Time(time) => time.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
        }
    }

    /// The text for people: times are local, and control characters, which could change the terminal, are escaped.
    pub(crate) fn human(&self) -> String {
        match self {
            Self::Missing | Self::Redundant(_) => "-".to_owned(),
            Self::Text(text) | Self::Url(text) | Self::Status(text) => escape(text),
            Self::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
            Self::Count(number) => number.to_string(),
            Self::Seconds(seconds) => duration(*seconds),
            Self::Bytes(bytes) => size_text(*bytes),
            Self::WholeMinutes(minutes) => format!("{minutes}m"),
            Self::Minutes(seconds) => minutes(*seconds, 10),
            Self::Time(time) => time.with_timezone(&Local).format("%Y-%m-%d %H:%M").to_string(),
        }
    }

    pub(crate) fn style(&self) -> Style {
        let Self::Status(status) = self else { return Style::new() };
        match status.as_str() {
            "in-progress" | "connected" | "started" | "processing" => AnsiColor::Green.on_default(),
            "failed" => AnsiColor::Red.on_default(),
            "reconnecting" => AnsiColor::Yellow.on_default(),
            _ => Style::new().dimmed(),
        }
    }
}

fn duration(seconds: u64) -> String {
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match (hours, minutes) {
        (0, 0) => format!("{rest}s"),
        (0, _) => format!("{minutes}m{rest:02}s"),
        _ => format!("{hours}h{minutes:02}m"),
    }
}

/// Minutes with a fraction in tenths or hundredths, rounded to the nearest.
fn minutes(seconds: u64, parts: u64) -> String {
    let rounded = (u128::from(seconds) * u128::from(parts) + 30) / 60;
    let (whole, fraction) = (rounded / u128::from(parts), rounded % u128::from(parts));
    if parts == 10 { format!("{whole}.{fraction}") } else { format!("{whole}.{fraction:02}") }
}

/// A size in powers of 1024, rounded down to a tenth.
pub(crate) fn size_text(bytes: u64) -> String {
    let units = ["KiB", "MiB", "GiB", "TiB"];
    let mut tenths = u128::from(bytes) * 10;
    let mut unit = "B";
    for next in units {
        if tenths < 10_240 {
            break;
        }
        (tenths, unit) = (tenths / 1024, next);
    }
    if unit == "B" { format!("{bytes} B") } else { format!("{}.{} {unit}", tenths / 10, tenths % 10) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_and_sizes_are_short() {
        assert_eq!([0, 59, 61, 3599, 3600, 90_061].map(duration), ["0s", "59s", "1m01s", "59m59s", "1h00m", "25h01m"]);
        assert_eq!(
            [0, 1023, 1024, 1_572_864, u64::MAX].map(size_text),
            ["0 B", "1023 B", "1.0 KiB", "1.5 MiB", "16777215.9 TiB"]
        );
    }

    #[test]
    fn minutes_have_a_fraction_that_is_rounded() {
        let texts = |seconds: u64| [Value::Minutes(seconds).human(), Value::Minutes(seconds).machine()];
        assert_eq!(texts(0), ["0.0", "0.00"]);
        assert_eq!(texts(61), ["1.0", "1.02"]);
        assert_eq!(texts(119), ["2.0", "1.98"]);
        assert_eq!(texts(3600), ["60.0", "60.00"]);
    }

    #[test]
    fn control_characters_are_escaped_for_people_only() {
        let value = Value::Text("a\u{1b}[31m\n\u{202e}b ü".to_owned());
        assert_eq!(value.human(), "a\\u{1b}[31m\\n\\u{202e}b ü");
        assert_eq!(value.machine(), "a\u{1b}[31m\n\u{202e}b ü");
    }

    #[test]
    fn a_missing_value_is_a_dash_for_people_and_empty_for_programs() {
        let value = Value::text(None::<&str>);
        assert_eq!((value.human().as_str(), value.machine().as_str()), ("-", ""));
    }
}
