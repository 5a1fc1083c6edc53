//! Reads the rooms of a day, and what belongs to them.

use chrono::{NaiveDate, TimeDelta, Utc};
use futures_util::StreamExt;
use twilio_rooms::{Client, Error, RecordingStatus, RoomStatus};

use super::failures::out_of_range;
use super::part::Parts;
use crate::contents::{self, CONCURRENT, PAGE};
use crate::days;
use crate::failure::Failure;

/// Writes everything about the rooms of a day of UTC, and returns the number of rooms and recordings that were in progress. Memory
/// holds the contents of a few rooms at a time.
pub(super) async fn read(client: &Client, day: NaiveDate, parts: &mut Parts<'_>) -> Result<u64, Failure> {
    let (from, until) = days::bounds(day, &Utc).ok_or_else(|| out_of_range(day))?;
    // The vendor does not say whether its filters include their instants, so they ask for a second more.
    let second = TimeDelta::seconds(1);
    let rooms = client.rooms().list().any_status().page_size(PAGE);
    let rooms = rooms.created_on_or_after(from - second).created_before(until + second).stream();
    let rooms = rooms.filter(|room| {
        let created = room.as_ref().ok().and_then(|room| room.date_created);
        std::future::ready(created.is_none_or(|created| from <= created && created < until))
    });
    let contents = rooms.map(|room| async {
        let room = room?;
        let participants = contents::participants(client, &room).await?;
        let recordings = contents::recordings(client, &room).await?;
        Ok::<_, Error>((room, participants, recordings))
    });
    let mut contents = std::pin::pin!(contents.buffered(CONCURRENT));
    let mut in_progress = 0;
    while let Some(contents) = contents.next().await {
        let (room, participants, recordings) = contents?;
        in_progress += u64::from(room.status == Some(RoomStatus::InProgress));
        parts.rooms.print(&room)?;
        for participant in &participants {
            parts.participants.print(participant)?;
        }
        for recording in &recordings {
            in_progress += u64::from(recording.status == Some(RecordingStatus::Processing));
            parts.recordings.print(recording)?;
        }
    }
    Ok(in_progress)
}
