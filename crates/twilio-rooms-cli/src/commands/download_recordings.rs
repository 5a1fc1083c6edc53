//! `twilio-rooms recordings download`.

use std::path::PathBuf;

use clap::ArgGroup;
use futures_util::{StreamExt, TryStreamExt, stream};

use super::find_recordings::{Wanted, find, target};
use crate::bulk::{self, Action, BulkOptions, Target, quoted};
use crate::download::Downloader;
use crate::failure::Failure;
use crate::listing::CreatedOptions;
use crate::rows::Outcome;
use crate::session::Session;

/// The number of recordings that are fetched at a time.
const CONCURRENT: usize = 8;

#[derive(Debug, clap::Args)]
#[command(
    group = ArgGroup::new("recordings_to_download").args(["room", "created_after", "created_before", "resume"]).multiple(true).required(true),
    override_usage = "twilio-rooms recordings download [OPTIONS] --to <DIR> [RECORDING]...",
    after_help = "Examples:
  twilio-rooms recordings download --room DailyStandup --to media
  twilio-rooms recordings download --created-after yesterday --to media --yes

A file has its name once it is whole. Repeat the command after an interruption:
whole files stay, and others are continued where they ended."
)]
pub(crate) struct Download {
    /// The SIDs of recordings of the room [default: all]
    #[arg(value_name = "RECORDING", requires = "room", conflicts_with_all = ["created_after", "created_before", "source", "resume", "journal"])]
    recordings: Vec<String>,
    /// The folder to download to
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    /// The SID or the name of a room [default: all]
    #[arg(long, conflicts_with = "resume")]
    room: Option<String>,
    /// Only those of the track with this SID
    #[arg(long, value_name = "SID", conflicts_with = "resume")]
    source: Option<String>,
    #[command(flatten)]
    created: CreatedOptions,
    #[command(flatten)]
    bulk: BulkOptions,
}

impl Download {
    pub(crate) async fn run(self, session: &Session<'_>) -> Result<(), Failure> {
        let action = Action {
            verb: "download",
            item: "recording",
            arguments: format!("--to {}", quoted(&self.to.display().to_string())),
            outcome: Outcome::Downloaded,
            is_done: |_| false,
        };
        let downloader = Downloader::new(session, self.to)?;
        let download = |target: Target| downloader.download(target);
        if !self.recordings.is_empty() {
            let room = session.sid(&self.room.unwrap_or_default()).await?;
            let fetch = |sid: String| {
                let recording = session.client.room(&room).recording(sid);
                let room = room.clone();
                async move { recording.fetch().await.map(|recording| target(room, recording)) }
            };
            let targets = stream::iter(self.recordings).map(fetch).buffered(CONCURRENT).try_collect().await?;
            return bulk::run_named(session, self.bulk, action, targets, download).await;
        }
        let (room, source) = (self.room, self.source);
        let created = self.created;
        let find = async {
            let created = created.resolve(session.global)?;
            find(session, &Wanted { room, created, source, completed: true }).await
        };
        bulk::run(session, self.bulk, action, find, download).await
    }
}
