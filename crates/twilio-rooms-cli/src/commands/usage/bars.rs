//! Bars in a terminal, one for each day.

use std::io::{self, Write};

use chrono::TimeZone;

use super::tally::{CHARTS, Chart, Tally};
use crate::days::Days;
use crate::output::Value;

/// The width without a terminal.
const WIDTH: usize = 80;
/// The width of `2026-11-01` and of the space after it.
const DAY: usize = 12;
const SHORTEST: usize = 10;
/// Parts of a character, from an eighth to seven eighths.
const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

pub(super) fn draw<Z: TimeZone>(
    days: Days,
    tally: &Tally<Z>,
    zone: &str,
    width: Option<usize>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let amounts: Vec<_> = days.iter().map(|day| (day, tally.of(day))).collect();
    for (index, Chart { title, seconds }) in CHARTS.into_iter().enumerate() {
        let blank = if index == 0 { "" } else { "\n" };
        writeln!(out, "{blank}{title} a day ({zone})")?;
        let most = amounts.iter().map(|(_, amount)| seconds(amount)).max().unwrap_or_default();
        let number = Value::Minutes(most).human().len();
        let longest = width.unwrap_or(WIDTH).saturating_sub(DAY + 2 + number).max(SHORTEST);
        for (day, amount) in &amounts {
            let minutes = Value::Minutes(seconds(amount)).human();
            let bar = bar(seconds(amount), most, longest);
            let space = longest - bar.chars().count();
            writeln!(out, "{day}  {bar}{:space$}  {minutes:>number$}", "")?;
        }
    }
    Ok(())
}

/// A bar of a length in proportion to the longest one. Only nothing has no bar.
fn bar(value: u64, most: u64, longest: usize) -> String {
    if value == 0 {
        return String::new();
    }
    let eighths = u128::from(value) * longest as u128 * 8 / u128::from(most.max(1));
    let eighths = usize::try_from(eighths.max(1)).unwrap_or(usize::MAX);
    format!("{}{}", "█".repeat(eighths / 8), PARTS[eighths % 8])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_in_proportion_and_the_smallest_is_seen() {
        let bars = [0, 1, 50, 55, 100].map(|value| bar(value, 100, 10));
        assert_eq!(bars, ["", "▏", "█████", "█████▌", "██████████"]);
        assert_eq!(bar(u64::MAX, u64::MAX, 2), "██");
    }
}
