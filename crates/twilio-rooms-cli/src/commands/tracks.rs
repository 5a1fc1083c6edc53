//! `twilio-rooms tracks`.

use crate::console::note_if_none;
use crate::failure::Failure;
use crate::listing::{self, ListOptions};
use crate::session::Global;

#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// List the tracks that a participant publishes, or is subscribed to
    List(List),
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twilio-rooms tracks list DailyStandup alice
  twilio-rooms tracks list DailyStandup alice --subscribed --output json")]
pub(crate) struct List {
    /// The SID or the unique name of a room in progress
    room: String,
    /// The SID or the identity of a participant
    participant: String,
    /// The tracks that the participant is subscribed to
    #[arg(long)]
    subscribed: bool,
    #[command(flatten)]
    paging: ListOptions,
}

impl Command {
    pub(crate) async fn run(self, global: &Global) -> Result<(), Failure> {
        let Self::List(List { room, participant, subscribed, paging }) = self;
        let session = global.session().await?;
        let participant = session.client.room(room).participant(participant);
        let printed = if subscribed {
            let tracks = paging.apply(participant.subscribed_tracks().list());
            listing::print(&session, tracks.stream(), "tracks").await?
        } else {
            let tracks = paging.apply(participant.published_tracks().list());
            listing::print(&session, tracks.stream(), "tracks").await?
        };
        note_if_none(printed, "There are no tracks.");
        Ok(())
    }
}
