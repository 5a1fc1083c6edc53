//! A row of the table: a measurement, its reference, its aim and its result.

use serde::{Deserialize, Deserializer, Serialize};

/// One comparison.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Row {
    /// The name on the command line.
    pub(super) name: &'static str,
    pub(super) what: &'static str,
    pub(super) reference: &'static str,
    pub(super) aim: Aim,
    pub(super) result: Measured,
}

/// A row of earlier results.
#[derive(Deserialize)]
struct WrittenRow {
    name: String,
    what: String,
    reference: String,
    aim: Aim,
    result: Measured,
}

impl<'de> Deserialize<'de> for Row {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let WrittenRow { name, what, reference, aim, result } = WrittenRow::deserialize(deserializer)?;
        // They are read once, and live as long as the program.
        Ok(Self { name: name.leak(), what: what.leak(), reference: reference.leak(), aim, result })
    }
}

/// The limit that a measurement should keep.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Aim {
    /// At most this multiple of the reference.
    Times(f64),
    /// At most this much more than the reference.
    More(f64),
    /// At most this multiple of the reference, and at most this value.
    TimesAndMost(f64, f64),
}

/// The result of a measurement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Measured {
    Both {
        ours: f64,
        reference: f64,
        unit: Unit,
    },
    /// The row was not measured, for this reason.
    Skipped(String),
    /// The row could not be measured, or the two programs read different rooms.
    Failed(String),
}

/// The unit of a measurement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Unit {
    Instructions,
    Seconds,
    Bytes,
    Crates,
}

impl Row {
    /// Our value divided by that of the reference.
    pub(super) fn ratio(&self) -> Option<f64> {
        let Measured::Both { ours, reference, .. } = &self.result else { return None };
        (*reference > 0.0).then(|| ours / reference)
    }

    /// `true` if the row meets its aim; `None` if it was not measured.
    pub(super) fn is_met(&self) -> Option<bool> {
        let Measured::Both { ours, reference, .. } = self.result else { return None };
        Some(match self.aim {
            Aim::Times(times) => ours <= times * reference,
            Aim::More(more) => ours <= reference + more,
            Aim::TimesAndMost(times, most) => ours <= times * reference && ours <= most,
        })
    }

    /// The aim divided by the value of the reference.
    pub(super) fn aimed_ratio(&self) -> Option<f64> {
        let Measured::Both { reference, .. } = self.result else { return None };
        Some(match self.aim {
            Aim::Times(times) => times,
            Aim::More(more) => (reference + more) / reference,
            Aim::TimesAndMost(times, most) => times.min(most / reference),
        })
    }

    /// The cells of the table.
    pub(super) fn cells(&self) -> [String; 8] {
        let [name, what, reference] = [self.name, self.what, self.reference].map(str::to_owned);
        let aim = self.aim_text();
        let nothing = String::new;
        match &self.result {
            Measured::Both { ours, reference: theirs, unit } => {
                let ratio = self.ratio().map(ratio_text).unwrap_or_default();
                let met = if self.is_met() == Some(true) { "met" } else { "missed" };
                [name, what, reference, unit.text(*ours), unit.text(*theirs), ratio, aim, met.to_owned()]
            }
            Measured::Skipped(why) => {
                [name, what, reference, nothing(), nothing(), nothing(), aim, format!("skipped: {why}")]
            }
            Measured::Failed(why) => {
                [name, what, reference, nothing(), nothing(), nothing(), aim, format!("failed: {why}")]
            }
        }
    }

    fn aim_text(&self) -> String {
        match self.aim {
            Aim::Times(times) => format!("≤ {times}"),
            Aim::More(more) => format!("≤ +{more}"),
            Aim::TimesAndMost(times, most) => match &self.result {
                Measured::Both { unit, .. } => format!("≤ {times} and {}", unit.text(most)),
                _ => format!("≤ {times}"),
            },
        }
    }
}

impl Unit {
    /// The number with its unit, to about three digits.
    pub(super) fn text(self, number: f64) -> String {
        const MIB: f64 = 1_048_576.0;
        match self {
            Self::Instructions => format!("{:.2} M instr.", number / 1e6),
            Self::Seconds if number < 1.0 => format!("{:.0} ms", number * 1e3),
            Self::Seconds => format!("{number:.1} s"),
            Self::Bytes => format!("{:.1} MiB", number / MIB),
            Self::Crates => format!("{number:.0}"),
        }
    }
}

/// A count as a floating-point number. No count here exceeds `u32::MAX`.
pub(super) fn number(count: impl TryInto<u32>) -> f64 {
    count.try_into().map_or(f64::INFINITY, f64::from)
}

/// A ratio with its meaningful digits.
pub(super) fn ratio_text(ratio: f64) -> String {
    if ratio < 0.1 { format!("{ratio:.3}") } else { format!("{ratio:.2}") }
}

/// The median, which is `None` without numbers.
pub(super) fn median(numbers: impl IntoIterator<Item = f64>) -> Option<f64> {
    let mut sorted: Vec<f64> = numbers.into_iter().collect();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    let upper = *sorted.get(middle)?;
    if sorted.len() % 2 == 1 { Some(upper) } else { Some(f64::midpoint(sorted[middle - 1], upper)) }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(crate) fn row(name: &'static str, aim: Aim, result: Measured) -> Row {
        Row { name, what: "list rooms", reference: "by hand", aim, result }
    }

    pub(crate) fn both(ours: f64, reference: f64, unit: Unit) -> Measured {
        Measured::Both { ours, reference, unit }
    }

    #[test]
    fn the_median_does_not_depend_on_the_order() {
        assert_eq!(median([3.0, 1.0, 100.0]), Some(3.0));
        assert_eq!(median([4.0, 1.0, 2.0, 100.0]), Some(3.0));
        assert_eq!((median([7.0]), median([])), (Some(7.0), None));
    }

    #[test]
    fn an_aim_includes_its_limit() {
        let met = |aim, ours| row("x", aim, both(ours, 10.0, Unit::Crates)).is_met();
        assert_eq!([10.0, 11.0, 12.0].map(|ours| met(Aim::Times(1.1), ours)), [Some(true), Some(true), Some(false)]);
        assert_eq!([18.0, 19.0].map(|ours| met(Aim::More(8.0), ours)), [Some(true), Some(false)]);
        assert_eq!([9.0, 10.0].map(|ours| met(Aim::TimesAndMost(1.1, 9.5), ours)), [Some(true), Some(false)]);
        assert_eq!(row("x", Aim::Times(1.0), Measured::Skipped(String::new())).is_met(), None);
    }

    #[test]
    fn numbers_have_their_unit() {
        let numbers =
            [(Unit::Instructions, 30_004_000.0), (Unit::Seconds, 0.0566), (Unit::Seconds, 22.46), (Unit::Bytes, 12e6)];
        let texts = numbers.map(|(unit, number)| unit.text(number));
        assert_eq!(texts, ["30.00 M instr.", "57 ms", "22.5 s", "11.4 MiB"]);
        assert_eq!([0.0512, 0.17, 1.0103].map(ratio_text), ["0.051", "0.17", "1.01"]);
    }
}
