//! Comparable programs, run in turn so that other load on the machine affects all of them.

use super::row::{Measured, Unit, median};
use super::workloads::Run;

/// Runs one of the compared programs.
pub(super) type Runner<'a> = Box<dyn Fn() -> Result<Run, String> + 'a>;

/// The runs of one of them.
pub(super) type Runs = Result<Vec<Run>, String>;

/// Runs each program `rounds` times, in turn. A program fails if it cannot run or reads other rooms than the first.
pub(super) fn run_in_turn<const N: usize>(rounds: u32, runners: &[Result<Runner<'_>, String>; N]) -> [Runs; N] {
    let mut runs = std::array::from_fn(|_| Ok(Vec::new()));
    let mut expected: Option<Run> = None;
    for _ in 0..rounds {
        for (runner, runs) in runners.iter().zip(&mut runs) {
            let Ok(done) = runs else { continue };
            let run = runner.as_ref().map_err(Clone::clone).and_then(|run| run());
            let run = run.and_then(|run| match run.difference(expected.get_or_insert_with(|| run.clone())) {
                None => Ok(run),
                Some(difference) => Err(difference),
            });
            match run {
                Ok(run) => done.push(run),
                Err(error) => *runs = Err(error),
            }
        }
    }
    runs
}

/// Compares the medians of a number of two programs.
pub(super) fn compare(ours: &Runs, reference: &Runs, unit: Unit, value: fn(&Run) -> Option<f64>) -> Measured {
    let (ours, reference) = match (ours, reference) {
        (Ok(ours), Ok(reference)) => (ours, reference),
        (Err(error), _) | (_, Err(error)) => return Measured::Failed(error.clone()),
    };
    let middle = |runs: &[Run]| {
        let numbers: Option<Vec<f64>> = runs.iter().map(value).collect();
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

    fn run_of(rooms: u64, seconds: f64) -> Run {
        let value = serde_json::json!({ "rooms": rooms, "checksum": 1, "seconds": seconds });
        serde_json::from_value(value).unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn programs_run_in_turn_and_their_medians_are_compared() {
        let turn = Cell::new(0.0);
        let next = || {
            turn.set(turn.get() + 1.0);
            Ok(run_of(5, turn.get()))
        };
        let [ours, reference] = run_in_turn(3, &[Ok(Box::new(next) as Runner<'_>), Ok(Box::new(next))]);
        let measured = compare(&ours, &reference, Unit::Seconds, |run| Some(run.seconds));
        assert_eq!(measured, Measured::Both { ours: 3.0, reference: 4.0, unit: Unit::Seconds });
        let unknown = compare(&ours, &reference, Unit::Seconds, |run| run.cpu_seconds);
        assert_eq!(unknown, Measured::Skipped("not measured on this system".to_owned()));
    }

    #[test]
    fn a_program_that_reads_other_rooms_or_cannot_run_fails_alone() {
        let runners: [Result<Runner<'_>, String>; 4] = [
            Ok(Box::new(|| Ok(run_of(5, 1.0)))),
            Ok(Box::new(|| Ok(run_of(4, 1.0)))),
            Ok(Box::new(|| Err("broken".to_owned()))),
            Err("missing".to_owned()),
        ];
        let [ours, short, broken, missing] = run_in_turn(2, &runners);
        assert_eq!(ours.as_ref().map(Vec::len).ok(), Some(2));
        let compared = |with| compare(&ours, with, Unit::Seconds, |run| Some(run.seconds));
        assert!(matches!(compared(&short), Measured::Failed(why) if why.starts_with("it read 4 rooms")));
        assert_eq!(compared(&broken), Measured::Failed("broken".to_owned()));
        assert_eq!(compared(&missing), Measured::Failed("missing".to_owned()));
    }
}
