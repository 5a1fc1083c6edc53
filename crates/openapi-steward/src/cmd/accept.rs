//! `accept`: writes an entry with a reason into `steward.toml` for changes that `diff` lists.

use std::fmt::Write;
use std::fs;

use super::compare::{compare, today};
use super::diff_args::AcceptArgs;
use super::document_version::Generated;
use super::revision::Revision;
use super::shell::Shell;
use crate::config::{Config, FILE};
use crate::diff::Change;
use crate::document::Source;
use crate::files;
use crate::outcome::{CouldNotRun, Outcome};
use crate::project::Project;
use crate::text::suggest;

pub(super) fn run(args: &AcceptArgs, shell: &Shell) -> Result<Outcome, CouldNotRun> {
    if args.reason.trim().is_empty() {
        return Err(CouldNotRun("the reason is empty: write why the change is right".to_owned()));
    }
    let project = Project::open(args.document.as_deref())?;
    let base = Revision::base(args.base.as_deref(), &project)?;
    let packages = project.packages()?;
    let generated = Generated::of(&packages)?;
    let config = &project.config;
    let changes = compare((&base, &project.source), config, &packages, generated.as_ref(), &today())?.changes;
    let mut text = config.source.text.clone();
    for fingerprint in &args.fingerprints {
        let change = find(&changes, fingerprint, &base.source)?;
        let known = config.accepted_breaks.iter().any(|entry| entry.fingerprint.as_deref() == Some(fingerprint));
        if known {
            shell.status("Fresh", format_args!("{fingerprint} is accepted already"));
            continue;
        }
        text.push_str(&entry(change, args.reason.trim()));
        shell.status("Accepted", format_args!("{} {}", change.item, change.predicate));
    }
    let path = project.path(FILE);
    Config::parse(Source::new(path.display().to_string(), text.clone()))?;
    fs::write(&path, text).map_err(|error| files::failed("write", &path, &error))?;
    Ok(Outcome::Success)
}

/// Finds the change with a fingerprint.
fn find<'a>(changes: &'a [Change], fingerprint: &str, base: &Source) -> Result<&'a Change, CouldNotRun> {
    changes.iter().find(|change| change.fingerprint() == fingerprint).ok_or_else(|| {
        let all: Vec<String> = changes.iter().map(Change::fingerprint).collect();
        let help = suggest(fingerprint, all.iter().map(String::as_str), "`diff --format json` shows the fingerprints");
        CouldNotRun(format!("no change since {} has the fingerprint {fingerprint}: {help}", base.path))
    })
}

/// Returns the entry for a change. An entry of its own follows an empty line.
fn entry(change: &Change, reason: &str) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let mut text = String::from("\n[[accepted-breaks]]\n");
    let lines = [
        ("item", change.item.as_str()),
        ("change", change.predicate.as_str()),
        ("fingerprint", &change.fingerprint()),
        ("reason", reason),
    ];
    for (key, value) in lines {
        let _ = writeln!(text, "{key} = {}", quoted(value));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::{ChangeSeverity, Surface};

    #[test]
    fn an_entry_is_read_as_it_was_written() -> Result<(), CouldNotRun> {
        let change = Change::new(
            Surface::Wire,
            ChangeSeverity::Breaking,
            "pattern-changed",
            "GET /a, query parameter `b`",
            "the pattern was `\"\\d` and is 'none'",
        );
        let config = Config::parse(Source::new("steward.toml", entry(&change, "It was \"wrong\".")))?;
        let entries: Vec<_> = config
            .accepted_breaks
            .iter()
            .map(|entry| (entry.item.clone(), entry.change.clone(), entry.fingerprint.clone(), entry.reason.clone()))
            .collect();
        let reason = "It was \"wrong\".".to_owned();
        assert_eq!(entries, [(change.item.clone(), change.predicate.clone(), Some(change.fingerprint()), reason)]);
        Ok(())
    }

    #[test]
    fn an_unknown_fingerprint_is_an_error() {
        let error = find(&[], "0123456789abcdef", &Source::new("old.yaml", "")).map_err(|error| error.0);
        assert!(
            error.is_err_and(|error| error.contains("no change since old.yaml has the fingerprint 0123456789abcdef"))
        );
    }
}
