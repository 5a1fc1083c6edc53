//! Commands that change many items: what would happen, a confirmation, bounded concurrency, a result for each, and a journal to
//! continue with.

mod apply;
mod journal;

use std::future::Future;
use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use twilio_rooms::Error;

use self::apply::{Work, apply};
use self::journal::{Journal, Recorded};
use crate::console::note;
use crate::failure::{Failure, describe};
use crate::folders;
use crate::interrupt::{interrupted, or_interrupted};
use crate::output::size_text;
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
    /// Do the rest of an interrupted command, by its journal
    #[arg(long, value_name = "JOURNAL")]
    resume: Option<PathBuf>,
    /// Keep a journal in this file [default: one until success]
    #[arg(long, value_name = "FILE", conflicts_with = "resume")]
    journal: Option<PathBuf>,
}

/// An item to change.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Target {
    pub(crate) sid: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
    /// The room that the item is or belongs to.
    pub(crate) room: String,
    /// The size of a recording, in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) size: Option<u64>,
    /// The format of a recording, such as "mkv".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) format: Option<String>,
}

/// The action of a command, such as "complete 3 rooms".
#[derive(Debug, Clone)]
pub(crate) struct Action {
    /// The arguments that the command needs to be continued, besides its journal.
    pub(crate) arguments: String,
    pub(crate) verb: &'static str,
    /// The name of one item; that of several ends with an `s`.
    pub(crate) item: &'static str,
    /// The outcome of an item that is done.
    pub(crate) outcome: Outcome,
    /// Tells from the error of a request that may have been sent before that it took effect then.
    pub(crate) is_done: fn(&Error) -> bool,
}

/// The reason for which an item was not changed.
#[derive(Debug)]
pub(crate) enum ItemError {
    Client(Box<Error>),
    Other(String),
}

impl From<Error> for ItemError {
    fn from(error: Error) -> Self {
        Self::Client(Box::new(error))
    }
}

impl ItemError {
    /// The service rejects the credentials.
    fn is_refusal(&self) -> bool {
        matches!(self, Self::Client(error) if error.status() == Some(401))
    }

    fn describe(&self) -> String {
        match self {
            Self::Client(error) => describe(error),
            Self::Other(message) => message.clone(),
        }
    }
}

impl From<ItemError> for Failure {
    fn from(error: ItemError) -> Self {
        match error {
            ItemError::Client(error) => (*error).into(),
            ItemError::Other(message) => Self::failed(message),
        }
    }
}

impl Action {
    /// The command, such as "rooms complete".
    fn command(&self) -> String {
        format!("{}s {}", self.item, self.verb)
    }

    fn describe(&self, targets: &[Target]) -> String {
        let count = targets.len();
        let plural = if count == 1 { "" } else { "s" };
        let sizes: Option<u64> = targets.iter().map(|target| target.size).sum();
        let size = sizes.filter(|_| count > 0).map_or_else(String::new, |bytes| format!(" ({})", size_text(bytes)));
        format!("{} {count} {}{plural}{size}", self.verb, self.item)
    }
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
    let is_elsewhere = |path: &PathBuf| folders::state().ok().as_deref() != path.parent();
    let keep = journal.is_some() || resume.as_ref().is_some_and(is_elsewhere);
    let (targets, recorded) = if let Some(path) = resume {
        let Recorded { left, journal } = Journal::open(&path, &command)?;
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
            Journal::create(path.clone(), &command, &plain)
                .map_err(|error| Failure::failed(format!("cannot write the journal {}: {error}", path.display())))?,
        ),
        (None, None) => default_journal(session, &command, &plain),
    };
    apply(session, Work { action, targets, journal, keep }, change).await
}

/// A journal in the folder of the program. Where there can be none, the command goes without.
fn default_journal(session: &Session<'_>, command: &str, targets: &[Target]) -> Option<Journal> {
    let folder = match folders::state() {
        Ok(folder) => folder,
        Err(failure) => {
            note(&format!("There is no journal: {}.", failure.message));
            return None;
        }
    };
    let time = session.global.now().format("%Y%m%dT%H%M%SZ");
    let name = format!("{}-{time}-{}.ndjson", command.replace(' ', "-"), std::process::id());
    let path = folder.join(name);
    match Journal::create(path.clone(), command, targets) {
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

/// An argument as it is typed in a shell.
pub(crate) fn quoted(argument: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:=@%+,".contains(&byte);
    if !argument.is_empty() && argument.bytes().all(is_plain) {
        return argument.to_owned();
    }
    format!("'{}'", argument.replace('\'', r"'\''"))
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

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn arguments_are_quoted_for_a_shell() {
        let typed = ["media/RT1.mka", "", "a b", "it's", "$HOME", "~"].map(quoted);
        assert_eq!(typed, ["media/RT1.mka", "''", "'a b'", r"'it'\''s'", "'$HOME'", "'~'"]);
    }
}
