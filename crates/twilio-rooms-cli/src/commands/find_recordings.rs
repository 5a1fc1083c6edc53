//! Finds recordings, in a room or in all of them.

use std::future::ready;

use futures_util::{StreamExt, TryStreamExt};
use twilio_rooms::{ByteSize, Error, Recording, RecordingStatus, Room};

use crate::bulk::Target;
use crate::failure::Failure;
use crate::listing::Created;
use crate::progress::Progress;
use crate::session::Session;

/// The number of rooms whose recordings are listed at a time. The client spaces the requests by the vendor's limit of reads.
const CONCURRENT: usize = 8;

/// The recordings to find.
#[derive(Debug, Clone, Default)]
pub(super) struct Wanted {
    /// The SID or the unique name of their room; `None` for all rooms.
    pub(super) room: Option<String>,
    pub(super) created: Created,
    /// The SID of the recorded track.
    pub(super) source: Option<String>,
    /// Only those that have media.
    pub(super) completed: bool,
}

/// Finds the recordings, those of a room after each other. Deleted ones, which the service still lists, are left out.
pub(super) async fn find(session: &Session<'_>, wanted: &Wanted) -> Result<Vec<Target>, Failure> {
    if let Some(room) = &wanted.room {
        return Ok(of_room(session, session.sid(room).await?, wanted).await?);
    }
    let mut rooms = session.client.rooms().list().any_status();
    // A room is older than its recordings.
    if let Some(before) = wanted.created.before {
        rooms = rooms.created_before(before);
    }
    let progress = Progress::counting("rooms read");
    let rooms = rooms.stream().try_filter(|room| ready(can_have_recordings(room, wanted.created)));
    let found = rooms
        .map(|room| async { of_room(session, room?.sid.to_string(), wanted).await })
        .buffered(CONCURRENT)
        .inspect(|_| progress.add());
    let found: Vec<Vec<Target>> = found.try_collect().await?;
    progress.finish();
    Ok(found.into_iter().flatten().collect())
}

/// Recordings end with their room, so that one that ended before the span has none in it.
fn can_have_recordings(room: &Room, created: Created) -> bool {
    match (room.end_time, created.after) {
        (Some(ended), Some(after)) => ended >= after,
        _ => true,
    }
}

async fn of_room(session: &Session<'_>, room: String, wanted: &Wanted) -> Result<Vec<Target>, Error> {
    let mut list = session.client.room(&room).recordings().list();
    if wanted.completed {
        list = list.status(RecordingStatus::Completed);
    }
    if let Some(source) = &wanted.source {
        list = list.source(source);
    }
    let recordings = wanted.created.apply(list).collect().await?;
    let recordings = recordings.into_iter().filter(|recording| recording.status != Some(RecordingStatus::Deleted));
    Ok(recordings.map(|recording| target(room.clone(), recording)).collect())
}

pub(super) fn target(room: String, recording: Recording) -> Target {
    Target {
        sid: recording.sid.to_string(),
        name: recording.track_name,
        room,
        size: recording.size.map(ByteSize::get),
        format: recording.container_format.map(|format| format.to_string()),
    }
}
