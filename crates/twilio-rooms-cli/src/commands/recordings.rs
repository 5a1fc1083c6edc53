//! `twilio-rooms recordings`.

use clap::builder::PossibleValuesParser;
use twilio_rooms::{Recording, RecordingStatus};

use crate::bulk::{self, Action, BulkOptions, Target};
use crate::failure::Failure;
use crate::listing::{self, CreatedOptions, ListOptions};
use crate::progress::Progress;
use crate::rows::Outcome;
use crate::session::{Global, Session};
use crate::when::Span;

#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// List the recordings of a room
    List(List),
    /// Show a recording
    Get(Get),
    /// Delete recordings, which cannot be undone
    Delete(Delete),
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twilio-rooms recordings list DailyStandup
  twilio-rooms recordings list RM0123456789abcdef0123456789abcdef --status completed --output csv")]
pub(crate) struct List {
    /// The SID of a room, or its unique name while it is in progress
    room: String,
    /// processing, completed, deleted or failed [default: all]
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
    /// The SID of a room, or its unique name while it is in progress
    room: String,
    /// The SID of the recording
    recording: String,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twilio-rooms recordings delete --room DailyStandup RT0123456789abcdef0123456789abcdef
  twilio-rooms recordings delete --older-than 90d --dry-run
  twilio-rooms recordings delete --older-than 90d --yes --output ndjson > deleted.ndjson

Without --room, the recordings of all rooms that were created before that time are looked for.
An interrupted command is repeated as it is: what is deleted is not found again.")]
pub(crate) struct Delete {
    /// The SIDs of recordings of the room
    #[arg(
        value_name = "RECORDING",
        required_unless_present = "older_than",
        conflicts_with = "older_than",
        requires = "room"
    )]
    recordings: Vec<String>,
    /// The SID of a room, or its unique name while it is in progress
    #[arg(long)]
    room: Option<String>,
    /// All recordings that were created longer ago than this, such as 90d
    #[arg(long, value_name = "TIME")]
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
        listing::print(session, list.stream(), "recordings").await.map(|_| ())
    }
}

impl Delete {
    const ACTION: Action = Action { verb: "delete", item: "recording", outcome: Outcome::Deleted };

    async fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let client = session.client.clone();
        let delete = |target: Target| {
            let recording = client.room(target.room).recording(target.sid);
            async move { recording.delete().await }
        };
        let Some(age) = self.older_than else {
            let room = session.sid(&self.room.unwrap_or_default()).await?;
            let target = |sid: String| Target { sid, name: None, room: room.clone() };
            let targets = self.recordings.into_iter().map(target).collect();
            return bulk::run(session, self.bulk.named(), Self::ACTION, targets, delete).await;
        };
        let before = session.global.before(age)?;
        let mut targets = Vec::new();
        if let Some(room) = self.room {
            let room = session.sid(&room).await?;
            find(session, &room, before, &mut targets).await?;
        } else {
            // A room is older than its recordings.
            let mut rooms = session.client.rooms().list().any_status().created_before(before).stream();
            let progress = Progress::counting("rooms read");
            while let Some(room) = rooms.next().await {
                find(session, room?.sid.as_ref(), before, &mut targets).await?;
                progress.add();
            }
            progress.finish();
        }
        bulk::run(session, self.bulk, Self::ACTION, targets, delete).await
    }
}

/// Adds the recordings of a room that were created before this time.
async fn find(
    session: &Session<'_>,
    room: &str,
    before: chrono::DateTime<chrono::Utc>,
    targets: &mut Vec<Target>,
) -> Result<(), Failure> {
    let mut recordings = session.client.room(room).recordings().list().created_before(before).stream();
    while let Some(recording) = recordings.next().await {
        let Recording { sid, track_name, status, .. } = recording?;
        // The service still lists those.
        if status == Some(RecordingStatus::Deleted) {
            continue;
        }
        targets.push(Target { sid: sid.to_string(), name: track_name, room: room.to_owned() });
    }
    Ok(())
}
