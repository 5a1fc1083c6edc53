//! Commands that change many items: what would happen, a confirmation, bounded concurrency, and a result for each.

use std::future::Future;
use std::io::{BufRead, IsTerminal, Write};

use futures_util::{StreamExt, stream};
use twilio_rooms::Error;

use crate::console::note;
use crate::failure::{Exit, Failure, describe};
use crate::progress::Progress;
use crate::rows::{ItemResult, Outcome};
use crate::session::Session;

/// The number of requests at a time. The client spaces them by the vendor's limit of writes.
const CONCURRENT: usize = 8;

/// The options of all commands that change many items.
#[derive(Debug, Clone, Copy, Default, clap::Args)]
pub(crate) struct BulkOptions {
    /// Show what would happen, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Do not ask for a confirmation
    #[arg(short, long)]
    yes: bool,
}

impl BulkOptions {
    /// The options for items that were named one by one, which needs no confirmation.
    pub(crate) fn named(self) -> Self {
        Self { yes: true, ..self }
    }
}

/// An item to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) sid: String,
    pub(crate) name: Option<String>,
    /// The room of a recording.
    pub(crate) room: String,
}

/// The action of a command, such as "complete 3 rooms".
#[derive(Debug, Clone, Copy)]
pub(crate) struct Action {
    pub(crate) verb: &'static str,
    /// The name of one item; that of several ends with an `s`.
    pub(crate) item: &'static str,
    pub(crate) outcome: Outcome,
}

impl Action {
    fn describe(self, count: usize) -> String {
        let plural = if count == 1 { "" } else { "s" };
        format!("{} {count} {}{plural}", self.verb, self.item)
    }
}

/// Runs the action: shows the targets if that was asked for, and asks before it changes any.
pub(crate) async fn run<F: Future<Output = Result<(), Error>>>(
    session: &Session<'_>,
    options: BulkOptions,
    action: Action,
    targets: Vec<Target>,
    change: impl Fn(Target) -> F,
) -> Result<(), Failure> {
    let global = session.global;
    if options.dry_run {
        let mut printer = global.list_printer::<ItemResult>()?;
        let count = targets.len();
        for Target { sid, name, .. } in targets {
            printer.print(&ItemResult { sid, name, result: Outcome::Planned, error: None })?;
        }
        printer.finish()?;
        note(&format!("Would {}. Nothing was changed.", action.describe(count)));
        return Ok(());
    }
    if targets.is_empty() {
        global.list_printer::<ItemResult>()?.finish()?;
        note(&format!("There are no {}s to {}.", action.item, action.verb));
        return Ok(());
    }
    if !options.yes {
        confirm(&action.describe(targets.len()))?;
    }
    apply(session, action, targets, change).await
}

/// Changes the targets, and prints a result for each in the order of the targets. Ctrl-C starts no further request, and waits for
/// those on their way.
async fn apply<F: Future<Output = Result<(), Error>>>(
    session: &Session<'_>,
    action: Action,
    targets: Vec<Target>,
    change: impl Fn(Target) -> F,
) -> Result<(), Failure> {
    let mut printer = session.global.list_printer::<ItemResult>()?;
    let total = targets.len();
    let progress = Progress::up_to(total, "done");
    let interrupted = tokio::signal::ctrl_c();
    let one = |target: Target| {
        let (sid, name) = (target.sid.clone(), target.name.clone());
        let changing = change(target);
        async move {
            match changing.await {
                Ok(()) => (ItemResult { sid, name, result: action.outcome, error: None }, None),
                Err(error) => {
                    (ItemResult { sid, name, result: Outcome::Failed, error: Some(describe(&error)) }, Some(error))
                }
            }
        }
    };
    let started = stream::iter(targets).take_until(interrupted).map(one).buffered(CONCURRENT);
    let mut started = std::pin::pin!(started);
    let (mut done, mut failed, mut last_error) = (0, 0, None);
    while let Some((result, error)) = started.next().await {
        done += 1;
        failed += usize::from(error.is_some());
        last_error = error.or(last_error);
        printer.print(&result)?;
        progress.add();
    }
    progress.finish();
    printer.finish()?;
    if done < total {
        let message = format!("interrupted: {done} of {total} {}s were tried", action.item);
        return Err(Failure::failed(message).hint("Repeat the command for the rest."));
    }
    if let (1, Some(error)) = (total, last_error) {
        return Err(error.into());
    }
    if failed > 0 {
        return Err(Failure::new(Exit::SomeFailed, format!("{failed} of {total} {}s failed", action.item)));
    }
    Ok(())
}

/// Asks on the terminal.
fn confirm(question: &str) -> Result<(), Failure> {
    let (stdin, mut stderr) = (std::io::stdin(), std::io::stderr());
    if !stdin.is_terminal() {
        let failure = Failure::usage(format!("{question}? There is no terminal to ask on"));
        return Err(failure.hint("Add --dry-run to see them, or --yes to do it."));
    }
    let asked = write!(stderr, "{question}? [y/N] ").and_then(|()| stderr.flush());
    let mut answer = String::new();
    let read = asked.and_then(|()| stdin.lock().read_line(&mut answer));
    read.map_err(|error| Failure::failed(format!("cannot ask: {error}")))?;
    if matches!(answer.trim(), "y" | "Y" | "yes") { Ok(()) } else { Err(Failure::failed("nothing was changed")) }
}
