//! `twilio-rooms usage`: room-minutes and participant-minutes.

mod bars;
mod reader;
mod svg;
mod tally;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Local, TimeZone, Utc};
use serde::{Serialize, Serializer};

use self::reader::{Period, read};
use self::tally::{Amount, Key, Tally};
use crate::console::note;
use crate::days::{DayOptions, Days};
use crate::failure::Failure;
use crate::output::{Column, Fit, Kind, Row, Screen, Value};
use crate::session::Global;
use crate::when::Span;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twilio-rooms usage --from -30d
  twilio-rooms usage --month 2026-10 --output csv > october.csv
  twilio-rooms usage --from -7d --local --plot --svg week.svg

Rooms count from creation to end, participants from joining to leaving, to the
second, split at midnight. Invoices may count otherwise: see docs/usage.md.")]
pub(crate) struct Usage {
    #[command(flatten)]
    days: DayOptions,
    /// Split days at local midnight, instead of that of UTC
    #[arg(long)]
    local: bool,
    /// Read rooms up to this old at the start
    #[arg(long, value_name = "TIME", default_value = "1d")]
    lookback: Span,
    /// Print bars instead of a table
    #[arg(long)]
    plot: bool,
    /// Write bars to this SVG file, too
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
}

/// The use of rooms of a type in a region on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Used {
    day: String,
    #[serde(rename = "type")]
    room_type: String,
    media_region: String,
    rooms: u64,
    #[serde(rename = "room_minutes", serialize_with = "minutes")]
    room_seconds: u64,
    participants: u64,
    #[serde(rename = "participant_minutes", serialize_with = "minutes")]
    participant_seconds: u64,
}

impl Row for Used {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("day", "DAY", |used| Value::text(Some(&used.day))),
        Column::<Self>::new("type", "TYPE", |used| Value::text(Some(&used.room_type))),
        Column::<Self>::new("media_region", "REGION", |used| Value::text(Some(&used.media_region))),
        Column::<Self>::new("rooms", "ROOMS", |used| Value::Count(used.rooms)).number(),
        Column::<Self>::new("room_minutes", "ROOM MIN", |used| Value::Minutes(used.room_seconds))
            .kind(Kind::Minutes)
            .fit(Fit::Right),
        Column::<Self>::new("participants", "PARTICIPANTS", |used| Value::Count(used.participants)).number(),
        Column::<Self>::new("participant_minutes", "PARTICIPANT MIN", |used| Value::Minutes(used.participant_seconds))
            .kind(Kind::Minutes)
            .fit(Fit::Right),
    ];
}

/// The same digits as in CSV.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it like this")]
fn minutes<S: Serializer>(seconds: &u64, serializer: S) -> Result<S::Ok, S::Error> {
    let text = Value::Minutes(*seconds).machine();
    serializer.serialize_f64(text.parse().map_err(serde::ser::Error::custom)?)
}

impl Usage {
    pub(crate) async fn run(self, global: &Global) -> Result<(), Failure> {
        let now = global.now();
        if self.local {
            self.run_in(global, &now.with_timezone(&Local), "local time").await
        } else {
            self.run_in(global, &now, "UTC").await
        }
    }

    /// Counts days of the time zone of `now`.
    async fn run_in<Z: TimeZone>(&self, global: &Global, now: &DateTime<Z>, zone: &'static str) -> Result<(), Failure> {
        global.output.output.check()?;
        let days = self.days.resolve(now)?;
        let mut tally = Tally::new(days, now).ok_or_else(|| Failure::usage("the days are out of range"))?;
        if let Some(folder) = self.svg.as_deref().and_then(Path::parent)
            && !folder.as_os_str().is_empty()
            && !folder.is_dir()
        {
            return Err(Failure::usage(format!("there is no folder {} for the drawing", folder.display())));
        }
        let session = global.session().await?;
        let created_from = tally.from().checked_sub_signed(self.lookback.0);
        let created_from = created_from.ok_or_else(|| Failure::usage("--lookback is out of range"))?;
        let period = Period { created_from, from: tally.from(), until: tally.until() };
        let in_progress = read(&session.client, period, &mut tally).await?;
        if let Some(file) = &self.svg {
            let drawing = svg::draw(days, &tally, zone);
            fs::write(file, drawing)
                .map_err(|error| Failure::failed(format!("cannot write {}: {error}", file.display())))?;
        }
        if self.plot {
            let Screen { mut out, width, .. } = Screen::stdout();
            bars::draw(days, &tally, zone, width.columns(), &mut out)?;
            out.flush()?;
        } else {
            let mut printer = global.list_printer::<Used>()?;
            for (key, amount) in tally.amounts() {
                printer.print(&used(key, *amount))?;
            }
            printer.finish()?;
        }
        summarize(&tally, days, zone, in_progress, now.to_utc());
        Ok(())
    }
}

fn used(key: &Key, amount: Amount) -> Used {
    let Amount { rooms, room_seconds, participants, participant_seconds } = amount;
    let Key { day, room_type, media_region } = key.clone();
    Used { day: day.to_string(), room_type, media_region, rooms, room_seconds, participants, participant_seconds }
}

/// Says what was counted.
fn summarize<Z: TimeZone>(tally: &Tally<Z>, days: Days, zone: &str, in_progress: u64, now: DateTime<Utc>) {
    let minutes = |seconds: u64| Value::Minutes(seconds).human();
    let Amount { room_seconds, participant_seconds, .. } = tally.total();
    let Days { first, last } = days;
    note(&format!(
        "{first} through {last} ({zone}): {} room-minutes, {} participant-minutes, counted to the second.",
        minutes(room_seconds),
        minutes(participant_seconds)
    ));
    if in_progress > 0 {
        let now = now.format("%Y-%m-%dT%H:%M:%SZ");
        note(&format!("Rooms in progress: {in_progress}, counted until {now}."));
    }
    note("The vendor's invoice may round each participant's time, and also charges for recordings and other services.");
}
