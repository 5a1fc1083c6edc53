//! Changes items, some at a time, and prints a result for each.

use std::cell::{Cell, RefCell};
use std::fmt::Write as _;
use std::future::{Future, ready};

use futures_util::{StreamExt, stream};
use twilio_rooms::Error;

use super::action::{Action, ItemError, Target, quoted};
use super::journal::{Journal, State};
use crate::console::note;
use crate::failure::{Exit, Failure};
use crate::interrupt::interrupted;
use crate::progress::Progress;
use crate::rows::{ItemResult, Outcome};
use crate::session::Session;

/// The number of requests at a time. The client spaces them by the vendor's limits.
const CONCURRENT: usize = 8;

/// The items to change.
pub(super) struct Work {
    pub(super) action: Action,
    /// The items, with what the journal says of them.
    pub(super) targets: Vec<(Target, Option<State>)>,
    pub(super) journal: Option<Journal>,
    /// Keeps the journal after success.
    pub(super) keep: bool,
}

/// Changes the items, and prints a result for each in their order. Ctrl-C starts no further request, and waits for those on their
/// way; so do a result that cannot be printed, and an error that the other items would have as well.
pub(super) async fn apply<F: Future<Output = Result<Outcome, ItemError>>>(
    session: &Session<'_>,
    work: Work,
    change: impl Fn(Target) -> F,
) -> Result<(), Failure> {
    let Work { action, targets, journal, keep } = work;
    let mut printer = session.global.list_printer::<ItemResult>()?;
    let total = targets.len();
    let progress = Progress::up_to(total, "done");
    let journal = RefCell::new(journal);
    let record = |sid: &str, state: State| journal.borrow_mut().as_mut().map_or(Ok(()), |it| it.record(sid, state));
    let (is_done, done_outcome) = (action.is_done, action.outcome);
    let one = |(target, state): (Target, Option<State>)| {
        let (sid, name) = (target.sid.clone(), target.name.clone());
        let begun = record(&sid, State::Begun);
        let changing = change(target);
        async move {
            begun?;
            let (result, error) = match changing.await {
                Ok(outcome) => (outcome, None),
                Err(error) if was_done_before(&error, state, is_done) => (done_outcome, None),
                Err(error) => (Outcome::Failed, Some(error)),
            };
            let item = ItemResult { sid, name, result, error: error.as_ref().map(ItemError::describe) };
            Ok::<_, Failure>((item, error))
        }
    };
    let is_stopping = Cell::new(false);
    let going_on = stream::iter(targets).take_while(|_| ready(!is_stopping.get()));
    let mut started = std::pin::pin!(going_on.map(one).buffered(CONCURRENT));
    let (mut interrupted, mut is_interrupted) = (std::pin::pin!(interrupted()), false);
    let (mut done, mut failed, mut last_error, mut trouble) = (0, 0, None, None);
    loop {
        let result = tokio::select! {
            biased;
            () = &mut interrupted, if !is_interrupted => {
                is_interrupted = true;
                is_stopping.set(true);
                progress.suspend(|| note("Waiting for the requests on their way. Press Ctrl-C again to end at once."));
                continue;
            }
            result = started.next() => result,
        };
        let Some(result) = result else { break };
        let handled = result.and_then(|(item, error)| {
            done += 1;
            failed += usize::from(error.is_some());
            record(&item.sid, if error.is_some() { State::Failed } else { State::Done })?;
            progress.suspend(|| printer.print(&item).and_then(|()| printer.flush_rows()))?;
            match error {
                Some(error) if error.is_of_all() && done < total => Err(error.into()),
                Some(error) => {
                    last_error = Some(error);
                    Ok(())
                }
                None => Ok(()),
            }
        });
        progress.add();
        if let Err(failure) = handled {
            trouble.get_or_insert(failure);
            is_stopping.set(true);
        }
    }
    progress.finish();
    let finished = printer.finish();
    let path = journal.borrow().as_ref().map(|journal| quoted(&journal.path.display().to_string()));
    let resume = |failure: Failure| match &path {
        Some(path) => {
            let command = format!("{} {}", action.command(), action.arguments);
            failure.hint(format!("To try the rest: twilio-rooms {} --resume {path}", command.trim_end()))
        }
        None => failure.hint("Repeat the command for the rest."),
    };
    if done < total {
        let mut failure = match trouble {
            Some(Failure { exit: Exit::BrokenPipe, .. }) => Failure::failed("the output was closed"),
            Some(failure) => failure,
            None => Failure::failed("interrupted"),
        };
        let _ = write!(failure.message, ": {done} of {total} {}s were tried", action.item);
        return Err(resume(failure));
    }
    if failed > 0 {
        let failure = match last_error {
            Some(error) if total == 1 => error.into(),
            last_error => {
                let failure = Failure::new(Exit::SomeFailed, format!("{failed} of {total} {}s failed", action.item));
                match last_error {
                    Some(error) => failure.hint(format!("The last error: {}", error.describe())),
                    None => failure,
                }
            }
        };
        return Err(if path.is_some() { resume(failure) } else { failure });
    }
    if let Some(journal) = journal.borrow_mut().take().filter(|_| !keep) {
        journal.remove();
    }
    trouble.map_or(finished, Err)
}

/// The request took effect earlier: the program was ended before its response came, or an attempt before had no response.
fn was_done_before(error: &ItemError, state: Option<State>, is_done: fn(&Error) -> bool) -> bool {
    let ItemError::Client(error) = error else { return false };
    (state == Some(State::Begun) || error.is_outcome_unknown()) && is_done(error)
}
