//! Reads the rooms that were open in a period, and their participants.

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use futures_util::StreamExt;
use twilio_rooms::{Client, Error, Room, RoomStatus};

use super::tally::Tally;
use crate::contents::{self, CONCURRENT, PAGE};
use crate::failure::Failure;
use crate::interrupt::interrupted;
use crate::progress::Progress;

/// A period, and the earliest creation of the ended rooms that are looked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Period {
    pub(super) created_from: DateTime<Utc>,
    pub(super) from: DateTime<Utc>,
    pub(super) until: DateTime<Utc>,
}

/// Adds the rooms that were open in the period, and returns the number of those that still are.
pub(super) async fn read<Z: TimeZone>(client: &Client, period: Period, tally: &mut Tally<Z>) -> Result<u64, Failure> {
    let Period { created_from, from, until } = period;
    // The vendor does not say whether its filters include their instants, so they ask for a second more.
    let second = TimeDelta::seconds(1);
    let list = || client.rooms().list().page_size(PAGE);
    let recent = list().any_status().created_on_or_after(created_from - second).created_before(until + second).stream();
    // Rooms in progress are found however old they are.
    let old = list().created_before(created_from + second).stream();
    let is_meant = |room: &Result<Room, Error>, is_old: bool| {
        let created = room.as_ref().ok().and_then(|room| room.date_created);
        created.is_none_or(|created| created < until && is_old == (created < created_from))
    };
    let recent = recent.filter(|room| std::future::ready(is_meant(room, false)));
    let old = old.filter(|room| std::future::ready(is_meant(room, true)));
    let rooms = recent.chain(old).map(|room| async {
        let room = room?;
        // A room that ended before the period has nothing to count.
        let is_over = room.status != Some(RoomStatus::InProgress) && room.end_time.is_some_and(|end| end < from);
        let participants = if is_over { Vec::new() } else { contents::participants(client, &room).await? };
        Ok::<_, Error>((room, participants))
    });
    let progress = Progress::newest_first("rooms read", created_from.timestamp(), until.timestamp());
    let mut rooms = std::pin::pin!(rooms.buffered(CONCURRENT));
    let mut interrupted = std::pin::pin!(interrupted());
    let (mut in_progress, mut count) = (0, 0);
    loop {
        let next = tokio::select! {
            biased;
            next = rooms.next() => next,
            () = &mut interrupted => return Err(Failure::failed("interrupted: nothing was counted")),
        };
        let Some(next) = next else { break };
        let (room, participants) = next?;
        in_progress += u64::from(room.status == Some(RoomStatus::InProgress));
        tally.add(&room, &participants);
        count += 1;
        progress.add_created(count, "rooms read", room.date_created.map(|created| created.timestamp()));
    }
    progress.finish();
    Ok(in_progress)
}
