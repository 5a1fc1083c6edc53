//! `watch`: prints what is there, and again whatever begins, changes or ends.

use std::collections::{HashMap, VecDeque};
use std::future::Future;

use twilio_rooms::{Error, Participant, Room};

use crate::console::note;
use crate::failure::Failure;
use crate::interrupt::interrupted;
use crate::output::{Printer, Row};
use crate::session::Session;
use crate::when::Span;

/// The resources that are watched, by SID.
struct Seen<T> {
    /// As they were last seen.
    now: HashMap<String, T>,
    /// Those that are gone, whose last state is not yet printed.
    gone: VecDeque<String>,
}

impl<T: Row + PartialEq + Clone> Seen<T> {
    fn new() -> Self {
        Self { now: HashMap::new(), gone: VecDeque::new() }
    }

    /// Prints what is new or has changed, and keeps in mind what is gone.
    fn update(&mut self, now: Vec<(String, T)>, printer: &mut Printer<T>) -> Result<(), Failure> {
        let mut before = std::mem::take(&mut self.now);
        for (sid, resource) in now {
            if before.remove(&sid).as_ref() != Some(&resource) {
                printer.print(&resource)?;
            }
            self.now.insert(sid, resource);
        }
        let mut gone: Vec<String> = before.into_keys().collect();
        gone.sort();
        self.gone.extend(gone);
        Ok(())
    }

    /// Prints the last state of what is gone, unless the service has forgotten it.
    async fn print_gone(
        &mut self,
        fetch: impl AsyncFn(&str) -> Result<T, Error>,
        printer: &mut Printer<T>,
    ) -> Result<(), Failure> {
        while let Some(sid) = self.gone.front() {
            match fetch(sid).await {
                Ok(resource) => printer.print(&resource)?,
                Err(error) if error.is_not_found() => {}
                Err(error) => return Err(error.into()),
            }
            self.gone.pop_front();
        }
        printer.flush()
    }
}

/// Watches the rooms in progress until Ctrl-C.
pub(super) async fn rooms(session: &Session<'_>, interval: Span) -> Result<(), Failure> {
    let mut printer = session.global.list_printer::<Room>()?;
    let mut seen = Seen::new();
    let client = &session.client;
    let look = async || {
        let rooms = client.rooms().list().collect().await?;
        let rooms = rooms.into_iter().map(|room| (room.sid.to_string(), room));
        seen.update(rooms.collect(), &mut printer)?;
        seen.print_gone(async |sid| client.room(sid).fetch().send().await, &mut printer).await?;
        Ok(true)
    };
    repeat(interval, interrupted(), look, note_failure).await?;
    printer.finish()
}

/// Watches the connected participants of a room until it ends, or until Ctrl-C.
pub(super) async fn participants(session: &Session<'_>, room: &str, interval: Span) -> Result<(), Failure> {
    let room = session.client.room(session.sid(room).await?);
    let mut printer = session.global.list_printer::<Participant>()?;
    let mut seen = Seen::new();
    let look = async || {
        // Asked before the participants are, so that the last look is after the end.
        let is_in_progress = room.fetch().send().await?.end_time.is_none();
        let connected = room.participants().list().status("connected").collect().await?;
        let connected = connected.into_iter().map(|participant| (participant.sid.to_string(), participant));
        seen.update(connected.collect(), &mut printer)?;
        seen.print_gone(async |sid| room.participant(sid).fetch().send().await, &mut printer).await?;
        Ok(is_in_progress)
    };
    repeat(interval, interrupted(), look, note_failure).await?;
    printer.finish()
}

/// Looks again and again, until a look returns `false` or Ctrl-C comes. After the first look, a failure that may pass does not end
/// it, and is told once.
async fn repeat(
    Span(interval): Span,
    interrupted: impl Future<Output = ()>,
    mut look: impl AsyncFnMut() -> Result<bool, Failure>,
    mut tell: impl FnMut(&Failure),
) -> Result<(), Failure> {
    let interval = interval.to_std().unwrap_or_default();
    let (mut has_looked, mut is_failing) = (false, false);
    let watch = async {
        loop {
            match look().await {
                Ok(true) => (has_looked, is_failing) = (true, false),
                Ok(false) => return Ok(()),
                Err(failure) if has_looked && failure.may_pass => {
                    if !is_failing {
                        tell(&failure);
                    }
                    is_failing = true;
                }
                Err(failure) => return Err(failure),
            }
            tokio::time::sleep(interval).await;
        }
    };
    tokio::select! {
        biased;
        () = interrupted => Ok(()),
        result = watch => result,
    }
}

fn note_failure(failure: &Failure) {
    note(&format!("{}. The watch goes on.", failure.message));
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use super::*;

    /// Watches with the results of these looks. Returns the result, the number of looks, and the number of failures that were told.
    async fn watch(looks: Vec<Result<bool, bool>>) -> (Result<(), String>, usize, usize) {
        let mut results = looks.into_iter();
        let (mut taken, mut told) = (0, 0);
        let look = async || {
            taken += 1;
            match results.next() {
                Some(result) => result.map_err(|may_pass| Failure { may_pass, ..Failure::failed("no") }),
                None => pending().await,
            }
        };
        let result = repeat(Span::default(), pending(), look, |_| told += 1).await;
        (result.map_err(|failure| failure.message), taken, told)
    }

    #[tokio::test]
    async fn a_failure_that_may_pass_ends_a_watch_only_at_its_first_look() {
        assert_eq!(watch(vec![Ok(true), Err(true), Err(true), Ok(true), Ok(false)]).await, (Ok(()), 5, 1));
        assert_eq!(watch(vec![Ok(true), Err(true), Err(false)]).await, (Err("no".to_owned()), 3, 1));
        assert_eq!(watch(vec![Err(true)]).await, (Err("no".to_owned()), 1, 0));
    }

    #[tokio::test]
    async fn ctrl_c_ends_a_watch_while_it_looks() {
        let result = repeat(Span::default(), async {}, async || pending().await, |_| ()).await;
        assert!(result.is_ok());
    }
}
