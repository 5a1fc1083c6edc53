//! Programs that do the same, run in turn so that what else the machine does falls on all of them.

use super::child::Reading;
use super::row::{Measured, Unit, median};

/// One of those that are compared.
pub(super) type Runner<'a> = Box<dyn Fn() -> Result<Reading, String> + 'a>;

/// What came of the runs of one of them.
pub(super) type Runs = Result<Vec<Reading>, String>;

/// Runs each so many times, in turn. What has not read the same as the first is an error, as is what cannot run.
pub(super) fn race<const N: usize>(rounds: u32, runners: &[Result<Runner<'_>, String>; N]) -> [Runs; N] {
    let mut runs = std::array::from_fn(|_| Ok(Vec::new()));
    let mut expected: Option<Reading> = None;
    for _ in 0..rounds {
        for (runner, runs) in runners.iter().zip(&mut runs) {
            let Ok(readings) = runs else { continue };
            let read = runner.as_ref().map_err(Clone::clone).and_then(|run| run());
            let read = read.and_then(|read| match read.difference(expected.get_or_insert_with(|| read.clone())) {
                None => Ok(read),
                Some(difference) => Err(difference),
            });
            match read {
                Ok(read) => readings.push(read),
                Err(error) => *runs = Err(error),
            }
        }
    }
    runs
}

/// What is compared of two: the medians of that number.
pub(super) fn compare(ours: &Runs, reference: &Runs, unit: Unit, number: fn(&Reading) -> Option<f64>) -> Measured {
    let (ours, reference) = match (ours, reference) {
        (Ok(ours), Ok(reference)) => (ours, reference),
        (Err(error), _) | (_, Err(error)) => return Measured::Failed(error.clone()),
    };
    let middle = |readings: &[Reading]| {
        let numbers: Option<Vec<f64>> = readings.iter().map(number).collect();
        median(numbers?)
    };
    match (middle(ours), middle(reference)) {
        (Some(ours), Some(reference)) => Measured::Both { ours, reference, unit },
        _ => Measured::Skipped("not measured on this system".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    fn reading(rooms: u64, seconds: f64) -> Reading {
        let value = serde_json::json!({ "rooms": rooms, "checksum": 1, "seconds": seconds });
        serde_json::from_value(value).unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn they_run_in_turn_and_the_medians_are_compared() {
        let turn = Cell::new(0.0);
        let next = || {
            turn.set(turn.get() + 1.0);
            Ok(reading(5, turn.get()))
        };
        let [ours, reference] = race(3, &[Ok(Box::new(next) as Runner<'_>), Ok(Box::new(next))]);
        let measured = compare(&ours, &reference, Unit::Seconds, |reading| Some(reading.seconds));
        assert_eq!(measured, Measured::Both { ours: 3.0, reference: 4.0, unit: Unit::Seconds });
        let unknown = compare(&ours, &reference, Unit::Seconds, |reading| reading.cpu_seconds);
        assert_eq!(unknown, Measured::Skipped("not measured on this system".to_owned()));
    }

    #[test]
    fn whoever_reads_something_else_or_cannot_run_fails_alone() {
        let runners: [Result<Runner<'_>, String>; 4] = [
            Ok(Box::new(|| Ok(reading(5, 1.0)))),
            Ok(Box::new(|| Ok(reading(4, 1.0)))),
            Ok(Box::new(|| Err("broken".to_owned()))),
            Err("missing".to_owned()),
        ];
        let [ours, short, broken, missing] = race(2, &runners);
        assert_eq!(ours.as_ref().map(Vec::len).ok(), Some(2));
        let compared = |with| compare(&ours, with, Unit::Seconds, |reading| Some(reading.seconds));
        assert!(matches!(compared(&short), Measured::Failed(why) if why.starts_with("it has read 4 rooms")));
        assert_eq!(compared(&broken), Measured::Failed("broken".to_owned()));
        assert_eq!(compared(&missing), Measured::Failed("missing".to_owned()));
    }
}
