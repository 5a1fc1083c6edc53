//! `cargo xtask release`: everything about a release that can run on any machine.
//!
//! `--dry-run` makes the packages and the archives, and uses them as a new user would. It reports findings, the tasks that are left
//! before the release (reminders), and the checks that only GitHub or crates.io can run. `RELEASE.md` has the steps.

mod actions;
mod changelog;
mod docs_rs;
mod install;
mod programs;
mod publish;
mod semver;
mod spec;
mod versions;

use std::fs;
use std::path::Path;
use std::time::Instant;

use openapi_steward::cli::{CouldNotRun, Outcome, Shell, count, did_you_mean};

use crate::args::ReleaseArgs;
use crate::ci::package;
use crate::workspace::root;

/// A check of the dry run. The text of its error is a finding; an empty text means that the check has printed its findings.
struct Check {
    name: &'static str,
    run: fn(&Shell, &mut Notes) -> Result<(), String>,
}

/// Things to know about a release that do not fail its dry run.
#[derive(Debug, Default, PartialEq, Eq)]
struct Notes {
    /// Things to do before the release.
    reminders: Vec<String>,
    /// Checks that this machine cannot run.
    not_run: Vec<String>,
}

/// The checks, the quick ones first.
const CHECKS: &[Check] = &[
    Check { name: "versions", run: |shell, notes| versions::check(shell, notes) },
    Check { name: "changelog", run: |_, notes| changelog::check(notes) },
    Check { name: "actions", run: |_, notes| actions::check(notes) },
    Check { name: "spec", run: |shell, notes| spec::check(shell, notes) },
    Check { name: "packages", run: |shell, _| package::check_alone(shell) },
    Check { name: "install", run: |shell, notes| install::check(shell, notes) },
    Check { name: "programs", run: |shell, _| programs::check(shell) },
    Check { name: "semver", run: |shell, notes| semver::check(shell, notes) },
    Check { name: "docs", run: |shell, notes| docs_rs::check(shell, notes) },
];

/// The heading of RELEASE.md above the list of what only GitHub and crates.io can run.
const NOT_RUN: &str = "## Not run by the dry run";

/// Runs the dry run, or publishes the packages.
pub(crate) fn run(args: &ReleaseArgs, shell: &Shell) -> Result<Outcome, CouldNotRun> {
    if args.publish {
        return publish::run(shell);
    }
    if let Some(file) = &args.notes {
        changelog::write_notes(file, std::env::var_os("GITHUB_OUTPUT").as_deref().map(Path::new))
            .map_err(CouldNotRun)?;
        return Ok(Outcome::Success);
    }
    if !args.dry_run {
        return Err(CouldNotRun(
            "a release is made by the workflow `release`, as RELEASE.md says; to check it here: `cargo xtask release --dry-run`"
                .to_owned(),
        ));
    }
    let started = Instant::now();
    let mut notes = Notes::default();
    for check in choose(&args.only)? {
        shell.status("Checking", check.name);
        if let Err(finding) = (check.run)(shell, &mut notes) {
            if !finding.is_empty() {
                shell.text(finding.trim_end());
            }
            shell.error(&format!(
                "a release would fail; to run this check alone: `cargo xtask release --dry-run --only {}`",
                check.name
            ));
            return Ok(Outcome::Findings);
        }
    }
    if args.only.is_empty() {
        notes.not_run.extend(only_elsewhere(&read("RELEASE.md")?));
    }
    show(&notes, shell);
    if args.strict && !notes.reminders.is_empty() {
        shell.error(&format!("the release waits for {}", count(notes.reminders.len(), "thing")));
        return Ok(Outcome::Findings);
    }
    shell.status("Passed", format_args!("the dry run in {:.1}s", started.elapsed().as_secs_f64()));
    Ok(Outcome::Success)
}

/// Returns whether there are checks with these names.
#[cfg(test)]
pub(crate) fn has_checks(names: &[String]) -> bool {
    choose(names).is_ok()
}

/// The checks with these names, or all checks.
fn choose(names: &[String]) -> Result<Vec<&'static Check>, CouldNotRun> {
    let all = || CHECKS.iter().map(|check| check.name);
    if let Some(name) = names.iter().find(|name| !all().any(|known| known == *name)) {
        let help = match did_you_mean(name, all()) {
            Some(similar) => format!("did you mean `{similar}`?"),
            None => format!("the checks are {}", all().collect::<Vec<_>>().join(", ")),
        };
        return Err(CouldNotRun(format!("there is no check `{name}`: {help}")));
    }
    let is_chosen = |check: &&Check| names.is_empty() || names.iter().any(|name| name == check.name);
    Ok(CHECKS.iter().filter(is_chosen).collect())
}

fn show(notes: &Notes, shell: &Shell) {
    for (heading, lines) in [("To do before the release:", &notes.reminders), ("Not run here:", &notes.not_run)] {
        if !lines.is_empty() {
            shell.text(format!("{heading}\n- {}\n", lines.join("\n- ")));
        }
    }
}

/// The first lines of the items below the heading of what only GitHub and crates.io can run.
fn only_elsewhere(page: &str) -> Vec<String> {
    let lines = page.lines().skip_while(|line| *line != NOT_RUN).skip(1).take_while(|line| !line.starts_with("## "));
    lines.filter_map(|line| line.strip_prefix("- ")).map(str::to_owned).collect()
}

/// The text of a file of the workspace.
fn read(path: &str) -> Result<String, CouldNotRun> {
    fs::read_to_string(root().join(path)).map_err(|error| CouldNotRun(format!("cannot read {path}: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_run_in_their_order() -> Result<(), String> {
        let names = ["docs".to_owned(), "versions".to_owned()];
        let chosen = choose(&names).map_err(|error| error.0)?;
        assert_eq!(chosen.iter().map(|check| check.name).collect::<Vec<_>>(), ["versions", "docs"]);
        assert_eq!(choose(&[]).map(|checks| checks.len()).ok(), Some(CHECKS.len()));
        let error = choose(&["doc".to_owned()]).err().map(|error| error.0);
        assert_eq!(error.as_deref(), Some("there is no check `doc`: did you mean `docs`?"));
        Ok(())
    }

    #[test]
    fn the_page_of_releases_lists_what_only_others_can_run() -> Result<(), String> {
        let listed = only_elsewhere(&read("RELEASE.md").map_err(|error| error.0)?);
        assert!(listed.len() > 4 && listed.iter().any(|line| line.contains("provenance")), "{listed:?}");
        assert_eq!(
            only_elsewhere("## Not run by the dry run\n\n- one\n  more\n- two\n\n## Other\n- three\n"),
            ["one", "two"]
        );
        Ok(())
    }

    #[test]
    fn a_release_without_a_dry_run_is_made_elsewhere() {
        let args = ReleaseArgs { dry_run: false, strict: false, publish: false, only: Vec::new(), notes: None };
        let error = run(&args, &Shell::new(std::io::sink())).err().map(|error| error.0);
        assert!(error.is_some_and(|error| error.contains("RELEASE.md")));
    }
}
