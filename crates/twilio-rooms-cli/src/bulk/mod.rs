//! Commands that change many items: what would happen, a confirmation, bounded concurrency, a result for each, and a journal to
//! continue with.

mod action;
mod apply;
mod journal;

use std::future::Future;
use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;

pub(crate) use self::action::{Action, ItemError, Target, quoted};
use self::apply::{Work, apply};
use self::journal::{Journal, Recorded, Subject};
use crate::console::note;
use crate::failure::Failure;
use crate::folders;
use crate::interrupt::{interrupted, or_interrupted};
use crate::rows::{ItemResult, Outcome};
use crate::session::Session;

/// The options of all commands that change many items.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct BulkOptions {
    /// Show what would happen, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Do not ask for a confirmation
    #[arg(short, long)]
    yes: bool,
    /// Do the rest of a command, by its journal
    #[arg(long, value_name = "JOURNAL")]
    resume: Option<PathBuf>,
    /// Keep a journal here [default: until success]
    #[arg(long, value_name = "FILE", conflicts_with = "resume")]
    journal: Option<PathBuf>,
}

/// Changes items that were named one by one, which needs no confirmation.
pub(crate) async fn run_named<F: Future<Output = Result<Outcome, ItemError>>>(
    session: &Session<'_>,
    options: BulkOptions,
    action: Action,
    targets: Vec<Target>,
    change: impl Fn(Target) -> F,
) -> Result<(), Failure> {
    if options.dry_run {
        return show(session, &action, targets);
    }
    let targets = targets.into_iter().map(|target| (target, None)).collect();
    apply(session, Work { action, targets, journal: None, keep: false }, change).await
}

/// Changes items that are found, or that a journal has left: shows them if that was asked for, and asks before it changes any.
pub(crate) async fn run<F: Future<Output = Result<Outcome, ItemError>>>(
    session: &Session<'_>,
    options: BulkOptions,
    action: Action,
    find: impl Future<Output = Result<Vec<Target>, Failure>>,
    change: impl Fn(Target) -> F,
) -> Result<(), Failure> {
    let BulkOptions { dry_run, yes, resume, journal } = options;
    let command = action.command();
    let subject = Subject { command: &command, account: session.account.as_deref() };
    let is_elsewhere = |path: &PathBuf| folders::state().ok().as_deref() != path.parent();
    let keep = journal.is_some() || resume.as_ref().is_some_and(is_elsewhere);
    let (targets, recorded) = if let Some(path) = resume {
        let Recorded { left, journal } = Journal::open(&path, subject)?;
        (left, Some(journal))
    } else {
        // Looked at before the items are looked for, which can take long.
        if let Some(path) = journal.as_ref().filter(|path| path.exists()) {
            let failure = Failure::usage(format!("there already is a journal {}", path.display()));
            return Err(failure.hint(format!("To do the rest of it: --resume {}", quoted(&path.display().to_string()))));
        }
        (or_interrupted(find).await?.into_iter().map(|target| (target, None)).collect(), None)
    };
    let plain: Vec<Target> = targets.iter().map(|(target, _)| target.clone()).collect();
    if dry_run {
        return show(session, &action, plain);
    }
    if targets.is_empty() {
        session.global.list_printer::<ItemResult>()?.finish()?;
        note(&format!("There are no {}s to {}.", action.item, action.verb));
        return Ok(());
    }
    if !yes {
        confirm(&action.describe(&plain)).await?;
    }
    let journal = match (recorded, journal) {
        (Some(recorded), _) => Some(recorded),
        (None, Some(path)) => Some(
            Journal::create(path.clone(), subject, &plain)
                .map_err(|error| Failure::failed(format!("cannot write the journal {}: {error}", path.display())))?,
        ),
        (None, None) => default_journal(session, subject, &plain),
    };
    apply(session, Work { action, targets, journal, keep }, change).await
}

/// A journal in the folder of the program. Where there can be none, the command goes without.
fn default_journal(session: &Session<'_>, subject: Subject<'_>, targets: &[Target]) -> Option<Journal> {
    let folder = match folders::state() {
        Ok(folder) => folder,
        Err(failure) => {
            note(&format!("There is no journal: {}.", failure.message));
            return None;
        }
    };
    let time = session.global.now().format("%Y%m%dT%H%M%SZ");
    let name = format!("{}-{time}-{}.ndjson", subject.command.replace(' ', "-"), std::process::id());
    let path = folder.join(name);
    match Journal::create(path.clone(), subject, targets) {
        Ok(journal) => Some(journal),
        Err(error) => {
            note(&format!("There is no journal: cannot write {}: {error}.", path.display()));
            None
        }
    }
}

/// Prints what would happen.
fn show(session: &Session<'_>, action: &Action, targets: Vec<Target>) -> Result<(), Failure> {
    let mut printer = session.global.list_printer::<ItemResult>()?;
    let summary = action.describe(&targets);
    for Target { sid, name, .. } in targets {
        printer.print(&ItemResult { sid, name, result: Outcome::Planned, error: None })?;
    }
    printer.finish()?;
    note(&format!("Would {summary}. Nothing was changed."));
    Ok(())
}

/// Asks on the terminal.
async fn confirm(question: &str) -> Result<(), Failure> {
    let mut stderr = std::io::stderr();
    if !std::io::stdin().is_terminal() {
        let failure = Failure::usage(format!("{question}? There is no terminal to ask on"));
        return Err(failure.hint("Add --dry-run to see them, or --yes to do it."));
    }
    let cannot_ask = |error: &dyn std::fmt::Display| Failure::failed(format!("cannot ask: {error}"));
    write!(stderr, "{question}? [y/N] ").and_then(|()| stderr.flush()).map_err(|error| cannot_ask(&error))?;
    let (answered, answer) = tokio::sync::oneshot::channel();
    // The runtime does not wait for this thread at its end, as it would for one of its own.
    std::thread::spawn(move || {
        let mut line = String::new();
        let _ = answered.send(std::io::stdin().lock().read_line(&mut line).map(|_| line));
    });
    let answer = tokio::select! {
        answer = answer => answer,
        () = interrupted() => {
            // The answer would have ended the line.
            note("");
            return Err(Failure::failed("interrupted: nothing was changed"));
        }
    };
    let answer = answer.map_err(|error| cannot_ask(&error))?.map_err(|error| cannot_ask(&error))?;
    if matches!(answer.trim(), "y" | "Y" | "yes") { Ok(()) } else { Err(Failure::failed("nothing was changed")) }
}
