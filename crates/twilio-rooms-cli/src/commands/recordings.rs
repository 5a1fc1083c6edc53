//! `twilio-rooms recordings`.

use clap::ArgGroup;
use clap::builder::PossibleValuesParser;
use twilio_rooms::Error;

use super::download_recordings::Download;
use super::find_recordings::{Wanted, find};
use crate::bulk::{self, Action, BulkOptions, Target};
use crate::console::note_if_none;
use crate::failure::Failure;
use crate::listing::{self, Created, CreatedOptions, ListOptions};
use crate::rows::Outcome;
use crate::session::{Global, Session};
use crate::when::Span;

#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// List the recordings of a room
    List(List),
    /// Show a recording
    Get(Get),
    /// Download the media of recordings
    Download(Download),
    /// Delete recordings, which cannot be undone
    Delete(Delete),
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twilio-rooms recordings list DailyStandup
  twilio-rooms recordings list RM0123456789abcdef0123456789abcdef -o csv")]
pub(crate) struct List {
    /// The SID of a room, or its name while it is in progress
    room: String,
    /// processing, completed, deleted or failed
    #[arg(long, value_name = "STATUS", value_parser = PossibleValuesParser::new(["processing", "completed", "deleted", "failed"]), hide_possible_values = true)]
    status: Option<String>,
    /// Only those of the track with this SID
    #[arg(long, value_name = "SID")]
    source: Option<String>,
    #[command(flatten)]
    created: CreatedOptions,
    #[command(flatten)]
    paging: ListOptions,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twilio-rooms recordings get DailyStandup RT0123456789abcdef0123456789abcdef")]
pub(crate) struct Get {
    /// The SID of a room, or its name while it is in progress
    room: String,
    /// The SID of the recording
    recording: String,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twilio-rooms recordings delete --room DailyStandup RT…
  twilio-rooms recordings delete --older-than 90d --dry-run

Without --room, those of all rooms that were created before that are looked for.",
    group = ArgGroup::new("selection").args(["recordings", "older_than", "resume"]).required(true).multiple(true),
    override_usage = "twilio-rooms recordings delete [OPTIONS] [RECORDING]..."
)]
pub(crate) struct Delete {
    /// The SIDs of recordings of the room
    #[arg(
        value_name = "RECORDING",
        conflicts_with_all = ["older_than", "resume", "journal"],
        requires = "room"
    )]
    recordings: Vec<String>,
    /// The SID or the name of a room
    #[arg(long, conflicts_with = "resume")]
    room: Option<String>,
    /// All recordings created longer ago, such as 90d
    #[arg(long, value_name = "TIME", conflicts_with = "resume", allow_hyphen_values = true)]
    older_than: Option<Span>,
    #[command(flatten)]
    bulk: BulkOptions,
}

impl Command {
    pub(crate) async fn run(self, global: &Global) -> Result<(), Failure> {
        let session = global.session().await?;
        match self {
            Self::List(list) => list.run(&session).await,
            Self::Get(Get { room, recording }) => {
                let room = session.client.room(session.sid(&room).await?);
                global.print_one(&room.recording(recording).fetch().await?)
            }
            Self::Download(download) => download.run(&session).await,
            Self::Delete(delete) => delete.run(&session).await,
        }
    }
}

impl List {
    async fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let mut list = session.client.room(session.sid(&self.room).await?).recordings().list();
        if let Some(status) = self.status {
            list = list.status(status.as_str());
        }
        if let Some(source) = self.source {
            list = list.source(source);
        }
        list = self.paging.apply(self.created.apply(session.global, list)?);
        let printed = listing::print(session, list.stream(), "recordings").await?;
        note_if_none(printed, "There are no such recordings.");
        Ok(())
    }
}

impl Delete {
    async fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let action = Action {
            verb: "delete",
            item: "recording",
            arguments: String::new(),
            outcome: Outcome::Deleted,
            // The service does not find a deleted recording to delete.
            is_done: Error::is_not_found,
        };
        let client = session.client.clone();
        let delete = |target: Target| {
            let recording = client.room(target.room).recording(target.sid);
            async move { Ok(recording.delete().await.map(|()| Outcome::Deleted)?) }
        };
        if !self.recordings.is_empty() {
            let room = session.sid(&self.room.unwrap_or_default()).await?;
            let target = |sid: String| Target { sid, room: room.clone(), ..Target::default() };
            let targets = self.recordings.into_iter().map(target).collect();
            return bulk::run_named(session, self.bulk, action, targets, delete).await;
        }
        let find = async {
            let before = Some(session.global.before(self.older_than.unwrap_or_default())?);
            let created = Created { after: None, before };
            find(session, &Wanted { room: self.room, created, ..Wanted::default() }).await
        };
        bulk::run(session, self.bulk, action, find, delete).await
    }
}
