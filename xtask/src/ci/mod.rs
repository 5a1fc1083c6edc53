//! `cargo xtask ci`: all checks and tests that CI runs, in an order that fails fast.

mod action;
mod browser;
mod dependencies;
mod examples;
pub(crate) mod foreign;
mod hooks;
pub(crate) mod markdown;
pub(crate) mod package;
mod package_contents;
mod readme;
mod snapshots;
mod standalone;
mod steps;
pub(crate) mod yaml;

use openapi_steward::cli::{CouldNotRun, Outcome, Shell, count, did_you_mean};
use std::time::{Duration, Instant};

/// A step of CI. The text of its error is a finding; an empty text means that the step has printed its findings.
struct Step {
    name: &'static str,
    run: fn(&Shell) -> Result<(), String>,
}

/// The finding of a task, which is empty if the task has printed its findings.
pub(crate) fn finding(outcome: Result<Outcome, CouldNotRun>) -> Result<(), String> {
    match outcome {
        Ok(Outcome::Success) => Ok(()),
        Ok(_) => Err(String::new()),
        Err(CouldNotRun(message)) => Err(message),
    }
}

/// Runs the steps with these names, or all steps, and prints how long each took. With `extended`, the extended steps belong to all.
pub(crate) fn run(names: &[String], extended: bool, shell: &Shell) -> Result<Outcome, CouldNotRun> {
    let steps = choose(names, extended)?;
    let started = Instant::now();
    let mut times = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        shell.status("Running", format_args!("{} ({} of {})", step.name, index + 1, steps.len()));
        let step_started = Instant::now();
        let result = (step.run)(shell);
        let time = step_started.elapsed();
        times.push((step.name, time));
        if let Err(finding) = result {
            if !finding.is_empty() {
                shell.text(finding.trim_end());
            }
            shell.text(time_table(&times));
            shell.failure("Failed", format_args!("{} in {}", step.name, seconds(time)));
            shell.error(&format!("CI would fail; to run this step alone: `cargo xtask ci {}`", step.name));
            return Ok(Outcome::Findings);
        }
        shell.status("Passed", format_args!("{} in {}", step.name, seconds(time)));
    }
    shell.text(time_table(&times));
    shell.status("Passed", format_args!("{} in {}", count(times.len(), "step"), seconds(started.elapsed())));
    Ok(Outcome::Success)
}

/// Returns whether there are steps with these names.
#[cfg(test)]
pub(crate) fn has_steps(names: &[String]) -> bool {
    choose(names, false).is_ok()
}

/// The steps with these names, or all steps, in the order of CI.
fn choose(names: &[String], extended: bool) -> Result<Vec<&'static Step>, CouldNotRun> {
    let all = || steps::STEPS.iter().chain(steps::EXTENDED).map(|step| step.name);
    for name in names {
        if !all().any(|known| known == name) {
            let help = match did_you_mean(name, all()) {
                Some(similar) => format!("did you mean `{similar}`?"),
                None => format!("the steps are {}", all().collect::<Vec<_>>().join(", ")),
            };
            return Err(CouldNotRun(format!("there is no step `{name}`: {help}")));
        }
    }
    let is_named = |step: &&Step| names.iter().any(|name| name == step.name);
    let normal = steps::STEPS.iter().filter(|step| names.is_empty() || is_named(step));
    let more = steps::EXTENDED.iter().filter(|step| (names.is_empty() && extended) || is_named(step));
    Ok(normal.chain(more).collect())
}

/// A table of steps and their times.
fn time_table(times: &[(&str, Duration)]) -> String {
    let rows = times.iter().map(|(name, time)| format!("{name:>12} {:>8}", seconds(*time)));
    format!("\n{}\n", rows.collect::<Vec<_>>().join("\n"))
}

fn seconds(time: Duration) -> String {
    format!("{:.1}s", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_run_in_the_order_of_ci() -> Result<(), String> {
        let names = ["test".to_owned(), "fmt".to_owned()];
        let chosen = choose(&names, true).map_err(|error| error.0)?;
        assert_eq!(chosen.iter().map(|step| step.name).collect::<Vec<_>>(), ["fmt", "test"]);
        assert_eq!(choose(&[], false).map(|steps| steps.len()).ok(), Some(steps::STEPS.len()));
        Ok(())
    }

    #[test]
    fn an_extended_step_runs_if_it_is_named_or_asked_for() {
        let names = |names: &[&str], extended| -> Vec<&str> {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            choose(&names, extended).map(|steps| steps.iter().map(|step| step.name).collect()).unwrap_or_default()
        };
        assert_eq!(names(&["browser"], false), ["browser"]);
        assert!(!names(&[], false).contains(&"browser"));
        assert_eq!(names(&[], true).last(), Some(&"browser"));
    }

    #[test]
    fn an_unknown_step_suggests_a_similar_one() {
        let error = choose(&["clipy".to_owned()], false).err().map(|error| error.0);
        assert_eq!(error.as_deref(), Some("there is no step `clipy`: did you mean `clippy`?"));
    }

    #[test]
    fn the_times_are_a_table() {
        let times = [("fmt", Duration::from_millis(250)), ("generated", Duration::from_secs(100))];
        assert_eq!(time_table(&times), "\n         fmt     0.2s\n   generated   100.0s\n");
    }
}
