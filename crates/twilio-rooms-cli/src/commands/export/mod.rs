//! `twilio-rooms export`: rooms, participants and recordings as files, one of each for a day.

mod failures;
mod file_format;
mod journal;
mod part;
mod reader;

use std::path::PathBuf;

use chrono::{NaiveDate, TimeDelta, Utc};
use serde::Serialize;

use self::failures::out_of_range;
use self::file_format::FileFormat;
use self::journal::{Entry, Journal};
use self::part::Parts;
use crate::console::note;
use crate::days::{self, DayOptions};
use crate::failure::Failure;
use crate::interrupt::interrupted;
use crate::output::{Column, Row, Value};
use crate::progress::Progress;
use crate::session::{Global, Session};

/// A day that is read this long after its end is not read again, unless something in it was in progress.
const SETTLED_AFTER: TimeDelta = TimeDelta::hours(1);

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twilio-rooms export rooms --from -30d --format parquet
  twilio-rooms export rooms --month 2026-11 --format csv

DIR gets rooms/day=2026-11-01/part.ndjson and so on, by day (UTC) of creation.
Repeat the command to continue, and to update the days that can have changed.")]
pub(crate) struct Export {
    /// The folder to export to
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    #[command(flatten)]
    days: DayOptions,
    /// ndjson, csv or parquet
    #[arg(long, value_enum, value_name = "FORM", default_value_t, hide_possible_values = true)]
    format: FileFormat,
    /// Read all days again
    #[arg(long)]
    again: bool,
}

/// A day that was exported, and the number of its items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Exported {
    day: String,
    rooms: u64,
    participants: u64,
    recordings: u64,
    /// The rooms and recordings that were in progress, for which the day is read again.
    in_progress: u64,
}

impl Row for Exported {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("day", "DAY", |day| Value::text(Some(&day.day))),
        Column::<Self>::new("rooms", "ROOMS", |day| Value::Count(day.rooms)).number(),
        Column::<Self>::new("participants", "PARTICIPANTS", |day| Value::Count(day.participants)).number(),
        Column::<Self>::new("recordings", "RECORDINGS", |day| Value::Count(day.recordings)).number(),
        Column::<Self>::new("in_progress", "IN PROGRESS", |day| Value::Count(day.in_progress)).number(),
    ];
}

impl Export {
    pub(crate) async fn run(self, global: &Global) -> Result<(), Failure> {
        self.format.output().check()?;
        let days = self.days.resolve(&global.now())?;
        let journal = Journal::new(&self.folder);
        let mut pending = Vec::new();
        let mut unchanged = 0;
        for day in days.iter() {
            if self.is_settled(&journal, day)? { unchanged += 1 } else { pending.push(day) }
        }
        let session = global.session().await?;
        if global.verbose {
            note(&format!("{} through {} (UTC): {} days to read", days.first, days.last, pending.len()));
        }
        let (total, mut done) = (pending.len(), 0);
        let mut printer = global.list_printer::<Exported>()?;
        let progress = Progress::up_to(total, "days");
        let mut interrupted = std::pin::pin!(interrupted());
        let failure = loop {
            let Some(day) = pending.get(done) else { break None };
            let exported = tokio::select! {
                biased;
                exported = self.day(&session, &journal, *day) => exported,
                () = &mut interrupted => Err(Failure::failed("interrupted")),
            };
            match exported {
                Ok(exported) => progress.suspend(|| printer.print(&exported).and_then(|()| printer.flush()))?,
                Err(failure) => break Some(failure),
            }
            progress.add();
            done += 1;
        };
        progress.finish();
        if let Some(mut failure) = failure {
            failure.message = format!("{}: {done} of {total} days were exported", failure.message);
            return Err(failure.hint("Repeat the command for the rest."));
        }
        printer.finish()?;
        note(&format!("Days exported to {}: {done}. Days up to date: {unchanged}.", self.folder.display()));
        Ok(())
    }

    /// The day is in the folder, and is not expected to change.
    fn is_settled(&self, journal: &Journal, day: NaiveDate) -> Result<bool, Failure> {
        let Some(entry) = journal.get(day)? else { return Ok(false) };
        if entry.format != self.format.extension() {
            let failure = Failure::usage(format!("{} has {day} as {}", self.folder.display(), entry.format));
            return Err(failure.hint("Export in another form to another folder."));
        }
        let (_, end) = days::bounds(day, &Utc).ok_or_else(|| out_of_range(day))?;
        let is_settled = entry.in_progress == 0 && entry.read_at >= end + SETTLED_AFTER;
        Ok(is_settled && !self.again && self.parts(day).exist(&entry))
    }

    fn parts(&self, day: NaiveDate) -> Parts<'_> {
        Parts::new(&self.folder, day, self.format)
    }

    /// Reads a day, and replaces its files once all of it is read.
    async fn day(&self, session: &Session<'_>, journal: &Journal, day: NaiveDate) -> Result<Exported, Failure> {
        let read_at = session.global.now();
        let mut parts = self.parts(day);
        let in_progress = reader::read(&session.client, day, &mut parts).await?;
        journal.forget(day)?;
        let (rooms, participants, recordings) = parts.publish()?;
        let format = self.format.extension().to_owned();
        journal.set(day, &Entry { format, read_at, rooms, participants, recordings, in_progress })?;
        Ok(Exported { day: day.to_string(), rooms, participants, recordings, in_progress })
    }
}
