//! `watch`: prints what is there, and again whatever begins, changes or ends.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;

use twilio_rooms::{Error, Participant, Room};

use crate::failure::Failure;
use crate::interrupt::interrupted;
use crate::output::{Printer, Row};
use crate::session::Session;
use crate::when::Span;

/// The resources as they were last seen, by SID.
struct Seen<T>(HashMap<String, T>);

impl<T: Row + PartialEq + Clone> Seen<T> {
    /// Prints what is new or has changed, and returns the SIDs of those that are gone.
    fn update(&mut self, now: Vec<(String, T)>, printer: &mut Printer<T>) -> Result<Vec<String>, Failure> {
        let mut before = std::mem::take(&mut self.0);
        for (sid, resource) in now {
            if before.remove(&sid).as_ref() != Some(&resource) {
                printer.print(&resource)?;
            }
            self.0.insert(sid, resource);
        }
        let mut gone: Vec<String> = before.into_keys().collect();
        gone.sort();
        Ok(gone)
    }
}

/// Watches the rooms in progress until Ctrl-C.
pub(super) async fn rooms(session: &Session<'_>, interval: Span) -> Result<(), Failure> {
    let mut printer = session.global.list_printer::<Room>()?;
    let mut seen = Seen(HashMap::new());
    let client = &session.client;
    let mut interrupted = std::pin::pin!(interrupted());
    loop {
        let Some(rooms) = until(&mut interrupted, client.rooms().list().collect()).await else { break };
        let rooms = rooms?.into_iter().map(|room| (room.sid.to_string(), room));
        for sid in seen.update(rooms.collect(), &mut printer)? {
            print_last(client.room(sid).fetch().send().await, &mut printer)?;
        }
        printer.flush()?;
        if pause(&mut interrupted, interval).await.is_none() {
            break;
        }
    }
    printer.finish()
}

/// Watches the connected participants of a room until it ends, or until Ctrl-C.
pub(super) async fn participants(session: &Session<'_>, room: &str, interval: Span) -> Result<(), Failure> {
    let room = session.client.room(session.sid(room).await?);
    let mut printer = session.global.list_printer::<Participant>()?;
    let mut seen = Seen(HashMap::new());
    let mut interrupted = std::pin::pin!(interrupted());
    loop {
        // Asked before the participants are, so that the last look is after the end.
        let Some(state) = until(&mut interrupted, room.fetch().send()).await else { break };
        let has_ended = state?.end_time.is_some();
        let connected = room.participants().list().status("connected").collect().await?;
        let connected = connected.into_iter().map(|participant| (participant.sid.to_string(), participant));
        for sid in seen.update(connected.collect(), &mut printer)? {
            print_last(room.participant(sid).fetch().send().await, &mut printer)?;
        }
        printer.flush()?;
        if has_ended || pause(&mut interrupted, interval).await.is_none() {
            break;
        }
    }
    printer.finish()
}

/// Prints the last state of a resource, unless the service has forgotten it.
fn print_last<T: Row>(last: Result<T, Error>, printer: &mut Printer<T>) -> Result<(), Failure> {
    match last {
        Ok(resource) => printer.print(&resource),
        Err(error) if error.is_not_found() => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Waits for the future; `None` if Ctrl-C comes first, or came before.
async fn until<T>(interrupted: &mut Pin<&mut impl Future<Output = ()>>, future: impl Future<Output = T>) -> Option<T> {
    tokio::select! {
        biased;
        () = interrupted => None,
        value = future => Some(value),
    }
}

async fn pause(interrupted: &mut Pin<&mut impl Future<Output = ()>>, Span(interval): Span) -> Option<()> {
    until(interrupted, tokio::time::sleep(interval.to_std().unwrap_or_default())).await
}
