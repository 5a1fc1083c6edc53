//! `cargo xtask release --publish`, which the workflow of a release runs with a token of trusted publishing.

use std::process::{Command, Stdio};

use openapi_steward::cli::{CouldNotRun, Outcome, Shell};

use super::{Notes, changelog, versions};
use crate::cargo::{self, cargo};
use crate::packages::{Published, published_in_order};

/// The variable with the token of crates.io.
const TOKEN: &str = "CARGO_REGISTRY_TOKEN";

/// Publishes the packages in their order. Those that crates.io has already are left out, so that a release that was interrupted can be
/// run again.
fn run_with(shell: &Shell, token: Option<&str>) -> Result<Outcome, CouldNotRun> {
    if token.is_none_or(str::is_empty) {
        return Err(CouldNotRun(format!(
            "there is no token in {TOKEN}: the workflow `release` publishes, as RELEASE.md says"
        )));
    }
    let mut notes = Notes::default();
    versions::check(shell, &mut notes).and_then(|()| changelog::check(&mut notes)).map_err(CouldNotRun)?;
    if let Some(reminder) = notes.reminders.first() {
        return Err(CouldNotRun(format!("the release is not complete: {reminder}")));
    }
    for package in waiting(published_in_order().map_err(CouldNotRun)?, is_published) {
        shell.status("Publishing", format_args!("{} {}", package.name, package.version));
        if let Err(finding) = cargo::run(&mut cargo(&["publish", "--locked", "--package", &package.name])) {
            shell.text(finding.trim_end());
            return Ok(Outcome::Findings);
        }
    }
    Ok(Outcome::Success)
}

pub(super) fn run(shell: &Shell) -> Result<Outcome, CouldNotRun> {
    run_with(shell, std::env::var(TOKEN).ok().as_deref())
}

/// The packages that are not on crates.io in their version.
fn waiting(packages: Vec<Published>, is_published: impl Fn(&Published) -> bool) -> Vec<Published> {
    packages.into_iter().filter(|package| !is_published(package)).collect()
}

fn is_published(package: &Published) -> bool {
    let mut command: Command = cargo(&["info", "--quiet", "--registry", "crates-io"]);
    command.arg(format!("{}@{}", package.name, package.version)).current_dir(std::env::temp_dir());
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_published_without_a_token() {
        for token in [None, Some("")] {
            let error = run_with(&Shell::new(std::io::sink()), token).err().map(|error| error.0);
            assert!(error.is_some_and(|error| error.contains(TOKEN)));
        }
    }

    #[test]
    fn packages_that_are_published_are_left_out() {
        let package = |name: &str| Published {
            name: name.to_owned(),
            version: "1.2.3".to_owned(),
            needs: Vec::new(),
            metadata: serde_json::Value::Null,
        };
        let waiting = waiting(vec![package("api"), package("client")], |package| package.name == "api");
        assert_eq!(waiting, [package("client")]);
    }
}
