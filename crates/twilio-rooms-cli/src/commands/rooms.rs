//! `twilio-rooms rooms`.

use std::io::IsTerminal;

use clap::builder::PossibleValuesParser;
use twilio_rooms::Room;

use super::create_room::Create;
use super::watch;
use crate::bulk::{self, Action, BulkOptions, Target};
use crate::console::note;
use crate::failure::Failure;
use crate::listing::{self, CreatedOptions, ListOptions};
use crate::rows::Outcome;
use crate::session::{Global, Session};
use crate::when::Span;

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
    /// Print the rooms in progress, and again whenever one begins, changes or ends
    Watch(Watch),
}

#[derive(Debug, Default, clap::Args)]
#[command(after_help = "Examples:
  twilio-rooms rooms list --status any --created-after yesterday
  twilio-rooms rooms list --status completed --created-after -30d --output csv > rooms.csv

Times: 2026-11-01, 2026-11-01T09:30 (both local), today, yesterday, -4h, -7d")]
pub(crate) struct ListRooms {
    /// in-progress, completed, failed or any [default: in-progress]
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
    /// The SID of a room, or its unique name while it is in progress
    room: String,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twilio-rooms rooms complete DailyStandup
  twilio-rooms rooms complete --older-than 4h --dry-run
  twilio-rooms rooms complete --older-than 4h --yes --output ndjson

An interrupted command is repeated as it is: what is completed is not found again.")]
pub(crate) struct Complete {
    /// The SIDs or unique names of rooms in progress
    #[arg(value_name = "ROOM", required_unless_present = "older_than", conflicts_with = "older_than")]
    rooms: Vec<String>,
    /// All rooms in progress that were created longer ago than this, such as 4h
    #[arg(long, value_name = "TIME")]
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
            Self::Create(create) => global.print_one(&create.into_request(&rooms)?.send().await?),
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
        list = self.paging.apply(self.created.apply(session.global, list)?);
        if let Some(parallel) = self.parallel {
            list = list.parallel(parallel);
        }
        let printed = listing::print(session, list.stream(), "rooms").await?;
        if printed == 0 && default && std::io::stderr().is_terminal() {
            note("There are no such rooms in progress. To list ended ones too, add --status any.");
        }
        Ok(())
    }
}

impl Complete {
    const ACTION: Action = Action { verb: "complete", item: "room", outcome: Outcome::Completed };

    async fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let client = session.client.clone();
        let complete = |target: Target| {
            let room = client.room(target.sid);
            async move { room.complete().await.map(|_| ()) }
        };
        let Some(age) = self.older_than else {
            let target = |room: String| Target { room: room.clone(), sid: room, name: None };
            let targets: Vec<Target> = self.rooms.into_iter().map(target).collect();
            return bulk::run(session, self.bulk.named(), Self::ACTION, targets, complete).await;
        };
        let before = session.global.before(age)?;
        let mut rooms = session.client.rooms().list().created_before(before).stream();
        let mut targets = Vec::new();
        while let Some(room) = rooms.next().await {
            targets.push(target(room?));
        }
        bulk::run(session, self.bulk, Self::ACTION, targets, complete).await
    }
}

fn target(room: Room) -> Target {
    let sid = room.sid.to_string();
    // The service makes the SID the name of a room without one.
    Target { name: room.unique_name.filter(|name| *name != sid), room: sid.clone(), sid }
}
