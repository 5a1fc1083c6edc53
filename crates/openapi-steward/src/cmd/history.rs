//! `history`: lists the changes of a document over the revisions of git, the newest first.

use std::path::Path;

use serde_json::{Value, json};

use super::accepted::with_severities;
use super::compare::today;
use super::diff_args::{HistoryArgs, HistoryFormat};
use super::document_version::document_version;
use super::revision::{Revision, git};
use super::shell::Shell;
use super::timeline::{self, TimelineStep};
use crate::diff::{self, Change, Format as DiffFormat, Report, Settings};
use crate::document::Source;
use crate::outcome::{CouldNotRun, Outcome};
use crate::project::Project;
use crate::text::count;

/// A commit that changed the document.
#[derive(Debug, PartialEq, Eq)]
struct Commit {
    revision: String,
    date: String,
    subject: String,
    /// The path of the document in this commit, relative to the root of the repository.
    path: String,
}

pub(super) fn run(args: &HistoryArgs, shell: &Shell) -> Result<Outcome, CouldNotRun> {
    let project = Project::open(args.document.as_deref())?;
    let name = Path::new(&project.source.path).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let from = args.from.as_deref().unwrap_or("HEAD");
    let commits = commits(&project.folder, from, &name, args.limit)?;
    if commits.is_empty() {
        let path = &project.source.path;
        return Err(CouldNotRun(format!(
            "{from} has no commit of {path}: commit the document, or name another --from"
        )));
    }
    if args.format == HistoryFormat::Html {
        return timeline(&project, &commits, shell);
    }
    let (today, mut revisions, mut steps) = (today(), Vec::new(), 0_usize);
    for (index, commit) in commits.iter().enumerate() {
        let before = commits.get(index + 1);
        let step = before.map(|before| step(&project, before, commit, &today, args.format));
        steps += usize::from(step.is_some());
        match args.format {
            HistoryFormat::Human => {
                let report = match step {
                    None => "the oldest revision that was read".to_owned(),
                    Some(Ok(report)) if report.is_empty() => "no changes".to_owned(),
                    Some(Ok(report)) => report,
                    Some(Err(CouldNotRun(message))) => format!("cannot be compared: {message}"),
                };
                shell.out(format_args!("{} {} {}\n{report}\n", commit.revision, commit.date, commit.subject));
            }
            HistoryFormat::Json | HistoryFormat::Html => {
                let (report, error) = match step {
                    None => (Value::Null, None),
                    Some(Ok(report)) => (serde_json::from_str(&report).unwrap_or_default(), None),
                    Some(Err(CouldNotRun(message))) => (Value::Null, Some(message)),
                };
                revisions.push(json!({
                    "revision": commit.revision,
                    "date": commit.date,
                    "subject": commit.subject,
                    "changes": report.get("changes").cloned().unwrap_or_default(),
                    "error": error,
                }));
            }
        }
    }
    if args.format == HistoryFormat::Json {
        shell.out(format_args!("{:#}", json!({ "revisions": revisions })));
    }
    shell.status("Compared", format_args!("{} of {}", count(steps, "step"), project.source.path));
    Ok(Outcome::Success)
}

/// Prints the history as a page.
fn timeline(project: &Project, commits: &[Commit], shell: &Shell) -> Result<Outcome, CouldNotRun> {
    let today = today();
    let compared: Vec<Option<Result<Step, CouldNotRun>>> = commits
        .iter()
        .enumerate()
        .map(|(index, after)| Some(compare_step(project, commits.get(index + 1)?, after, &today)))
        .collect();
    let steps: Vec<TimelineStep<'_>> = commits
        .iter()
        .zip(&compared)
        .map(|(commit, step)| TimelineStep {
            revision: &commit.revision,
            date: &commit.date,
            subject: &commit.subject,
            report: match step {
                None => None,
                Some(Ok(step)) => Some(Ok(step.report())),
                Some(Err(CouldNotRun(message))) => Some(Err(message)),
            },
        })
        .collect();
    shell.out(timeline::page(&project.source.path, &steps));
    shell.status(
        "Compared",
        format_args!("{} of {}", count(steps.len().saturating_sub(1), "step"), project.source.path),
    );
    Ok(Outcome::Success)
}

/// Two revisions, and the changes between them.
struct Step {
    old: Source,
    new: Source,
    changes: Vec<Change>,
}

impl Step {
    fn report(&self) -> Report<'_> {
        Report { old: &self.old, new: &self.new, changes: &self.changes, versions: &[] }
    }
}

/// Compares a revision with the one before it, and returns the report.
fn step(
    project: &Project,
    before: &Commit,
    after: &Commit,
    today: &str,
    format: HistoryFormat,
) -> Result<String, CouldNotRun> {
    let step = compare_step(project, before, after, today)?;
    Ok(step.report().render(if format == HistoryFormat::Json { DiffFormat::Json } else { DiffFormat::Human }))
}

fn compare_step(project: &Project, before: &Commit, after: &Commit, today: &str) -> Result<Step, CouldNotRun> {
    let read = |commit: &Commit| -> Result<_, CouldNotRun> {
        let root = git(&project.folder, &["rev-parse", "--show-toplevel"]).map_err(CouldNotRun)?;
        let source = Revision::at(Path::new(root.trim()), &commit.revision, &commit.path, &commit.path)?.source;
        let version = document_version(&source, &project.config, None)?.version;
        Ok((source, version))
    };
    let ((old, old_version), (new, new_version)) = (read(before)?, read(after)?);
    let settings = Settings { formats: &project.config.formats, today };
    let changes = diff::changes(&old_version, &new_version, settings);
    let changes = with_severities(changes, &project.config.change_severities);
    Ok(Step { old, new, changes })
}

/// Returns the commits that changed a file, the newest first. A renamed file is followed.
fn commits(folder: &Path, from: &str, name: &str, limit: u32) -> Result<Vec<Commit>, CouldNotRun> {
    let limit = format!("--max-count={}", limit.saturating_add(1));
    let arguments = [
        "log",
        "--follow",
        "--name-only",
        "--format=%x00%h%x01%cs%x01%s",
        &limit,
        "--end-of-options",
        from,
        "--",
        name,
    ];
    let log = git(folder, &arguments).map_err(|error| {
        CouldNotRun(format!("the history of {name} cannot be read: {error}; name a document in a git repository"))
    })?;
    Ok(parse(&log))
}

fn parse(log: &str) -> Vec<Commit> {
    let commit = |text: &str| {
        let (head, path) = text.split_once('\n')?;
        let mut parts = head.splitn(3, '\u{1}').map(str::to_owned);
        let path = path.lines().find(|line| !line.is_empty())?.to_owned();
        Some(Commit { revision: parts.next()?, date: parts.next()?, subject: parts.next()?, path })
    };
    log.split('\0').filter_map(commit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_has_the_path_that_the_file_had() {
        let log = "\0abc\u{1}2024-01-02\u{1}Move it\n\nspec/new.yaml\n\0def\u{1}2024-01-01\u{1}Add it\n\nold.yaml\n";
        let commits: Vec<(String, String)> =
            parse(log).into_iter().map(|commit| (commit.revision, commit.path)).collect();
        assert_eq!(commits, [("abc", "spec/new.yaml"), ("def", "old.yaml")].map(|(a, b)| (a.to_owned(), b.to_owned())));
    }
}
