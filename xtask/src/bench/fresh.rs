//! A fresh clone of this repository: the README's first command, and CI.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::row::{Aim, Measured, Row, Unit};
use super::setup::folder;
use crate::cargo::{cargo, output};
use crate::git::git;
use crate::workspace::root;

const FIRST: &str = "the README's first command in a fresh clone";
/// The time that the README's first command may take, in seconds.
const MOST_SECONDS: f64 = 65.0;
/// The time that CI may take, in seconds.
const MOST_SECONDS_OF_CI: f64 = 480.0;
/// The steps of CI that take less, in seconds, have no row.
const SHORT: f64 = 5.0;

/// Measures the README's first command and CI, each from nothing but the downloaded crates.
pub(super) fn clone() -> Result<Vec<Row>, String> {
    let clone = match fresh_clone() {
        Ok(clone) => clone,
        Err(why) => return Ok(vec![row("first-command", FIRST, Measured::Skipped(why))]),
    };
    let first = timed(&clone, &["run", "--quiet", "--example", "list_rooms"]).map(|(seconds, _)| seconds);
    remove(&clone.join("target"))?;
    let ci = timed(&clone, &["xtask", "ci"]);
    let measured = |seconds: Result<f64, String>, reference| match seconds {
        Ok(ours) => Measured::Both { ours, reference, unit: Unit::Seconds },
        Err(error) => Measured::Failed(error),
    };
    let (total, steps) = match ci {
        Ok((seconds, printed)) => (Ok(seconds), steps(&printed)),
        Err(error) => (Err(error), Vec::new()),
    };
    let all = total.clone().unwrap_or_default();
    let mut rows = vec![
        row("first-command", FIRST, measured(first, MOST_SECONDS)),
        row("ci", "`cargo xtask ci` in a fresh clone", measured(total, MOST_SECONDS_OF_CI)),
    ];
    rows.extend(steps.into_iter().filter(|(_, seconds)| *seconds >= SHORT).map(|(name, seconds)| Row {
        // The names live as long as the program.
        name: format!("ci-{name}").leak(),
        what: format!("the step `{name}` of CI").leak(),
        reference: "all steps",
        aim: Aim::Times(1.0),
        result: Measured::Both { ours: seconds, reference: all, unit: Unit::Seconds },
    }));
    remove(&clone)?;
    Ok(rows)
}

fn row(name: &'static str, what: &'static str, result: Measured) -> Row {
    Row { name, what, reference: "the limit", aim: Aim::Times(1.0), result }
}

/// Clones the last commit.
fn fresh_clone() -> Result<PathBuf, String> {
    let clone = folder()?.join("clone");
    remove(&clone)?;
    output(git(&["clone", "--quiet"]).arg(root()).arg(&clone))?;
    Ok(clone)
}

fn remove(folder: &Path) -> Result<(), String> {
    match fs::remove_dir_all(folder) {
        Err(error) if folder.exists() => Err(format!("cannot remove {}: {error}", folder.display())),
        _ => Ok(()),
    }
}

/// Runs cargo in the clone, and returns the seconds and what it printed.
fn timed(clone: &Path, arguments: &[&str]) -> Result<(f64, String), String> {
    let mut command = cargo(arguments);
    command.current_dir(clone).env_remove("CARGO_TARGET_DIR");
    for variable in ["TWILIO_API_KEY", "TWILIO_API_SECRET", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"] {
        command.env_remove(variable);
    }
    let started = Instant::now();
    let printed = output(&mut command).map_err(|error| last_lines(&error))?;
    // The table of the steps is on standard error.
    Ok((started.elapsed().as_secs_f64(), String::from_utf8_lossy(&printed.stderr).into_owned()))
}

/// The end of a long output, in one line.
fn last_lines(output: &str) -> String {
    let lines: Vec<&str> = output.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines[lines.len().saturating_sub(4)..].join("; ")
}

/// The steps in the table that CI prints, with their seconds.
fn steps(printed: &str) -> Vec<(String, f64)> {
    let step = |line| {
        let [name, seconds] = <[&str; 2]>::try_from(str::split_whitespace(line).collect::<Vec<_>>()).ok()?;
        let is_name = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        is_name.then_some((name.to_owned(), seconds.strip_suffix('s')?.parse().ok()?))
    };
    printed.lines().filter_map(step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_told_by_the_end_of_its_output() {
        assert_eq!(last_lines("a\nb\nc\n\n d\nerror: e\n"), "b; c; d; error: e");
        assert_eq!(last_lines(""), "");
    }

    #[test]
    fn the_steps_of_ci_are_read_from_its_table() {
        let printed = "test result: ok. 3 passed; finished in 0.00s\n\n         fmt     0.2s\n  standalone   100.0s\n";
        assert_eq!(steps(printed), [("fmt".to_owned(), 0.2), ("standalone".to_owned(), 100.0)]);
    }
}
