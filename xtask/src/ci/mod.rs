//! `cargo xtask ci`: everything that CI runs, in an order that fails fast.

mod dependencies;
mod package;
mod snapshots;
mod standalone;
mod steps;

use std::process::{Command, Output};
use std::time::{Duration, Instant};

use openapi_steward::cli::{CouldNotRun, Outcome, Shell, count, did_you_mean};

use crate::workspace::root;

/// One step: its name, and what it does. Text that it returns is a finding.
struct Step {
    name: &'static str,
    run: fn(&Shell) -> Result<(), String>,
}

pub(crate) fn run(names: &[String], shell: &Shell) -> Result<Outcome, CouldNotRun> {
    let steps = choose(names)?;
    let started = Instant::now();
    let mut done = Vec::new();
    for step in steps {
        shell.status("Running", step.name);
        let began = Instant::now();
        if let Err(finding) = (step.run)(shell) {
            shell.text(finding.trim_end());
            shell.failure("Failed", format_args!("{} after {}", step.name, seconds(began.elapsed())));
            shell.error(&format!("CI would fail; to run this step alone: `cargo xtask ci {}`", step.name));
            return Ok(Outcome::Findings);
        }
        done.push((step.name, began.elapsed()));
    }
    shell.text(summary(&done));
    let steps = count(done.len(), "step");
    shell.status("Passed", format_args!("{steps} in {}", seconds(started.elapsed())));
    Ok(Outcome::Success)
}

/// The steps of these names, or all, in their order.
fn choose(names: &[String]) -> Result<Vec<&'static Step>, CouldNotRun> {
    let all = || steps::STEPS.iter().map(|step| step.name);
    for name in names {
        if !all().any(|known| known == name) {
            let help = match did_you_mean(name, all()) {
                Some(similar) => format!("did you mean `{similar}`?"),
                None => format!("there are {}", all().collect::<Vec<_>>().join(", ")),
            };
            return Err(CouldNotRun(format!("there is no step `{name}`: {help}")));
        }
    }
    let chosen = |step: &&Step| names.is_empty() || names.iter().any(|name| name == step.name);
    Ok(steps::STEPS.iter().filter(chosen).collect())
}

/// A table of the steps and their times.
fn summary(done: &[(&str, Duration)]) -> String {
    let rows = done.iter().map(|(name, time)| format!("{name:>12} {:>8}", seconds(*time)));
    format!("\n{}\n", rows.collect::<Vec<_>>().join("\n"))
}

fn seconds(time: Duration) -> String {
    format!("{:.1}s", time.as_secs_f64())
}

/// A call of cargo in the root of the workspace.
fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root()).args(arguments);
    command
}

/// Runs the command; when it fails, all that it has written is the finding.
fn check(command: &mut Command) -> Result<Output, String> {
    let shown = show(command);
    let output = command.output().map_err(|error| format!("cannot run {shown}: {error}"))?;
    if output.status.success() {
        return Ok(output);
    }
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Err(format!("{}{}\n{shown} ended with {}", text(&output.stdout), text(&output.stderr), output.status))
}

/// The command as one would type it.
fn show(command: &Command) -> String {
    let arguments: Vec<String> = command.get_args().map(|argument| argument.to_string_lossy().into_owned()).collect();
    format!("`cargo {}`", arguments.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_keep_their_order_whatever_order_they_are_named_in() -> Result<(), String> {
        let names = ["test".to_owned(), "fmt".to_owned()];
        let chosen = choose(&names).map_err(|error| error.0)?;
        assert_eq!(chosen.iter().map(|step| step.name).collect::<Vec<_>>(), ["fmt", "test"]);
        assert_eq!(choose(&[]).map(|steps| steps.len()).ok(), Some(steps::STEPS.len()));
        Ok(())
    }

    #[test]
    fn a_step_that_does_not_exist_is_named_with_the_one_that_was_meant() {
        let error = choose(&["clipy".to_owned()]).err().map(|error| error.0);
        assert_eq!(error.as_deref(), Some("there is no step `clipy`: did you mean `clippy`?"));
    }

    #[test]
    fn the_summary_is_a_table() {
        let done = [("fmt", Duration::from_millis(250)), ("generated", Duration::from_secs(100))];
        assert_eq!(summary(&done), "\n         fmt     0.2s\n   generated   100.0s\n");
    }

    #[test]
    fn a_command_that_fails_is_shown_with_what_it_has_written() {
        let finding = check(&mut cargo(&["no-such-command"])).err().unwrap_or_default();
        assert!(
            finding.contains("no such command") && finding.contains("`cargo no-such-command` ended with"),
            "{finding}"
        );
    }
}
