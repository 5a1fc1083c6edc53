//! `twilio-rooms participants`.

use clap::ArgGroup;
use clap::builder::PossibleValuesParser;

use super::watch;
use crate::bulk::{self, Action, BulkOptions, Target, quoted};
use crate::console::note_if_none;
use crate::failure::Failure;
use crate::listing::{self, CreatedOptions, ListOptions};
use crate::rows::Outcome;
use crate::session::{Global, Session};
use crate::when::Span;

#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// List the participants of a room
    List(List),
    /// Show a participant
    Get(Get),
    /// Disconnect participants
    Disconnect(Disconnect),
    /// Print participants, and again when one joins, changes or leaves
    Watch(Watch),
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twilio-rooms participants list DailyStandup --status connected

Without --status, those connected to a room in progress, or all of an ended one.")]
pub(crate) struct List {
    /// The SID of a room, or its name while it is in progress
    room: String,
    /// connected, reconnecting or disconnected
    #[arg(long, value_name = "STATUS", value_parser = PossibleValuesParser::new(["connected", "reconnecting", "disconnected"]), hide_possible_values = true)]
    status: Option<String>,
    /// Only those with this identity
    #[arg(long, value_name = "IDENTITY")]
    identity: Option<String>,
    #[command(flatten)]
    created: CreatedOptions,
    #[command(flatten)]
    paging: ListOptions,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twilio-rooms participants get DailyStandup alice")]
pub(crate) struct Get {
    /// The SID of a room, or its name while it is in progress
    room: String,
    /// The SID or the identity
    participant: String,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twilio-rooms participants disconnect DailyStandup alice bob
  twilio-rooms participants disconnect DailyStandup --all --dry-run",
    group = ArgGroup::new("selection").args(["participants", "all", "resume"]).required(true).multiple(true),
    override_usage = "twilio-rooms participants disconnect [OPTIONS] <ROOM> [PARTICIPANT]..."
)]
pub(crate) struct Disconnect {
    /// The SID or the unique name of a room in progress
    room: String,
    /// The SIDs or the identities
    #[arg(value_name = "PARTICIPANT", conflicts_with_all = ["all", "resume", "journal"])]
    participants: Vec<String>,
    /// All connected participants
    #[arg(long, conflicts_with = "resume")]
    all: bool,
    #[command(flatten)]
    bulk: BulkOptions,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twilio-rooms participants watch DailyStandup
  twilio-rooms participants watch DailyStandup --interval 1s --output ndjson

The command ends when the room ends.")]
pub(crate) struct Watch {
    /// The SID or the unique name of a room in progress
    room: String,
    /// The time between two looks
    #[arg(long, value_name = "TIME", default_value = "5s")]
    interval: Span,
}

impl Command {
    pub(crate) async fn run(self, global: &Global) -> Result<(), Failure> {
        let session = global.session().await?;
        match self {
            Self::List(list) => list.run(&session).await,
            Self::Get(Get { room, participant }) => {
                global.print_one(&session.client.room(room).participant(participant).fetch().await?)
            }
            Self::Disconnect(disconnect) => disconnect.run(&session).await,
            Self::Watch(Watch { room, interval }) => watch::participants(&session, &room, interval).await,
        }
    }
}

impl List {
    async fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let mut list = session.client.room(self.room).participants().list();
        let default = self.status.is_none();
        if let Some(status) = self.status {
            list = list.status(status.as_str());
        }
        if let Some(identity) = self.identity {
            list = list.identity(identity);
        }
        list = self.paging.apply(self.created.apply(session.global, list)?);
        let printed = listing::print(session, list.stream(), "participants").await?;
        let connected = "There are none connected. To list those who left, add --status disconnected.";
        note_if_none(printed, if default { connected } else { "There are no such participants." });
        Ok(())
    }
}

impl Disconnect {
    async fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let action = Action {
            verb: "disconnect",
            item: "participant",
            arguments: quoted(&self.room),
            outcome: Outcome::Disconnected,
            // One that has left can be disconnected again.
            is_done: |_| false,
        };
        let room = session.client.room(&self.room);
        let disconnect = |target: Target| {
            let participant = room.participant(target.sid);
            async move { Ok(participant.disconnect().await.map(|_| Outcome::Disconnected)?) }
        };
        if !self.participants.is_empty() {
            let target = |sid: String| Target { sid, room: self.room.clone(), ..Target::default() };
            let targets = self.participants.into_iter().map(target).collect();
            return bulk::run_named(session, self.bulk, action, targets, disconnect).await;
        }
        let find = async {
            let connected = room.participants().list().status("connected").collect().await?;
            let targets = connected.into_iter().map(|participant| Target {
                sid: participant.sid.to_string(),
                name: participant.identity,
                room: self.room.clone(),
                ..Target::default()
            });
            Ok(targets.collect())
        };
        bulk::run(session, self.bulk, action, find, disconnect).await
    }
}
