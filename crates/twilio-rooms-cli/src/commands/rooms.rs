//! `twilio-rooms rooms`.

use clap::ArgGroup;
use clap::builder::PossibleValuesParser;
use twilio_rooms::Room;

use super::create_room::Create;
use super::watch;
use crate::bulk::{self, Action, BulkOptions, Target};
use crate::console::note_if_none;
use crate::failure::Failure;
use crate::interrupt::or_unknown;
use crate::listing::{self, CreatedOptions, ListOptions};
use crate::progress::Progress;
use crate::rows::Outcome;
use crate::session::{Global, Session};
use crate::when::Span;

/// The vendor's error codes of a room that has ended.
const NOT_IN_PROGRESS: u32 = 53112;
const ALREADY_COMPLETED: u32 = 53118;

#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// List rooms: those in progress, unless --status says otherwise
    List(ListRooms),
    /// Show a room
    Get(Get),
    /// Create a room
    Create(Create),
    /// Complete rooms, which disconnects their participants
    Complete(Complete),
    /// Print rooms, and again when one begins, changes or ends
    Watch(Watch),
}

#[derive(Debug, Default, clap::Args)]
#[command(after_help = "Examples:
  twilio-rooms rooms list --status any --created-after yesterday
  twilio-rooms rooms list --status completed --created-after -30d -o csv > a.csv

Times: 2026-11-01, 2026-11-01T09:30 (both local), today, yesterday, -4h, -7d")]
pub(crate) struct ListRooms {
    /// completed, failed or any [default: in-progress]
    #[arg(long, value_name = "STATUS", value_parser = PossibleValuesParser::new(["in-progress", "completed", "failed", "any"]), hide_possible_values = true)]
    status: Option<String>,
    /// Only rooms with exactly this unique name
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    #[command(flatten)]
    created: CreatedOptions,
    #[command(flatten)]
    paging: ListOptions,
    /// Read up to this number of pages at a time
    #[arg(long, value_name = "COUNT", conflicts_with = "resume", value_parser = clap::value_parser!(u32).range(1..))]
    parallel: Option<u32>,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twilio-rooms rooms get DailyStandup
  twilio-rooms rooms get RM0123456789abcdef0123456789abcdef --output json")]
pub(crate) struct Get {
    /// The SID of a room, or its name while it is in progress
    room: String,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twilio-rooms rooms complete DailyStandup
  twilio-rooms rooms complete --older-than 4h --dry-run
  twilio-rooms rooms complete --older-than 4h --yes --output ndjson

Ctrl-C waits for the requests on their way, and tells how to do the rest.",
    group = ArgGroup::new("selection").args(["rooms", "older_than", "resume"]).required(true).multiple(true),
    override_usage = "twilio-rooms rooms complete [OPTIONS] [ROOM]..."
)]
pub(crate) struct Complete {
    /// The SIDs or unique names of rooms in progress
    #[arg(value_name = "ROOM", conflicts_with_all = ["older_than", "resume", "journal"])]
    rooms: Vec<String>,
    /// All rooms in progress created longer ago, such as 4h
    #[arg(long, value_name = "TIME", conflicts_with = "resume", allow_hyphen_values = true)]
    older_than: Option<Span>,
    #[command(flatten)]
    bulk: BulkOptions,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twilio-rooms rooms watch
  twilio-rooms rooms watch --interval 30s --output ndjson")]
pub(crate) struct Watch {
    /// The time between two looks
    #[arg(long, value_name = "TIME", default_value = "5s")]
    interval: Span,
}

impl Command {
    pub(crate) async fn run(self, global: &Global) -> Result<(), Failure> {
        let session = global.session().await?;
        let rooms = session.client.rooms();
        match self {
            Self::List(list) => list.run(&session).await,
            Self::Get(Get { room }) => global.print_one(&session.client.room(room).fetch().await?),
            Self::Create(create) => global.print_one(&or_unknown(create.into_request(&rooms)?.send()).await?),
            Self::Complete(complete) => complete.run(&session).await,
            Self::Watch(Watch { interval }) => watch::rooms(&session, interval).await,
        }
    }
}

impl ListRooms {
    async fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let mut list = session.client.rooms().list();
        let default = self.status.is_none();
        list = match self.status.as_deref() {
            Some("any") => list.any_status(),
            Some(status) => list.status(status),
            None => list,
        };
        if let Some(name) = self.name {
            list = list.unique_name(name);
        }
        let span = self.created.resolve(session.global)?;
        list = self.paging.apply(span.apply(list));
        if let Some(parallel) = self.parallel {
            list = list.parallel(parallel);
        }
        let printed = listing::print_span(session, list.stream(), "rooms", span, |room| room.date_created).await?;
        let in_progress = "There are no such rooms in progress. To list ended ones too, add --status any.";
        note_if_none(printed, if default { in_progress } else { "There are no such rooms." });
        Ok(())
    }
}

impl Complete {
    async fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let action = Action {
            verb: "complete",
            item: "room",
            arguments: String::new(),
            outcome: Outcome::Completed,
            is_done: |error| matches!(error.code(), Some(NOT_IN_PROGRESS | ALREADY_COMPLETED)),
        };
        let client = session.client.clone();
        let complete = |target: Target| {
            let room = client.room(target.sid);
            async move { Ok(room.complete().await.map(|_| Outcome::Completed)?) }
        };
        if !self.rooms.is_empty() {
            let target = |room: String| Target { room: room.clone(), sid: room, ..Target::default() };
            let targets = self.rooms.into_iter().map(target).collect();
            return bulk::run_named(session, self.bulk, action, targets, complete).await;
        }
        let find = async {
            let before = session.global.before(self.older_than.unwrap_or_default())?;
            let mut rooms = session.client.rooms().list().created_before(before).stream();
            let progress = Progress::counting("rooms found");
            let mut targets = Vec::new();
            while let Some(room) = rooms.next().await {
                targets.push(target(room?));
                progress.add();
            }
            progress.finish();
            Ok(targets)
        };
        bulk::run(session, self.bulk, action, find, complete).await
    }
}

fn target(room: Room) -> Target {
    let sid = room.sid.to_string();
    // The service makes the SID the name of a room without one.
    Target { name: room.unique_name.filter(|name| *name != sid), room: sid.clone(), sid, ..Target::default() }
}
