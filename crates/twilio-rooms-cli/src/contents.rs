//! Everything that belongs to a room: all its participants, and all its recordings.

use std::collections::HashSet;

use twilio_rooms::{Client, Error, Participant, ParticipantStatus, Recording, Room, RoomStatus};

/// The number of items of a page, which is the most that the service sends.
pub(crate) const PAGE: u32 = 1000;
/// The number of rooms whose contents are read at a time. The client spaces the requests by the vendor's limit of reads.
pub(crate) const CONCURRENT: usize = 16;

/// All participants of a room, whatever their status.
pub(crate) async fn participants(client: &Client, room: &Room) -> Result<Vec<Participant>, Error> {
    let list = || client.room(&room.sid).participants().list().page_size(PAGE);
    if room.status != Some(RoomStatus::InProgress) {
        return list().collect().await;
    }
    // Of a room in progress, the service lists one status at a time. A participant who changes between the listings is in two.
    let mut all = Vec::new();
    let mut seen = HashSet::new();
    for status in [ParticipantStatus::Reconnecting, ParticipantStatus::Connected, ParticipantStatus::Disconnected] {
        let participants = list().status(status).collect().await?;
        all.extend(participants.into_iter().filter(|participant| seen.insert(participant.sid.to_string())));
    }
    Ok(all)
}

/// All recordings of a room, whatever their status.
pub(crate) async fn recordings(client: &Client, room: &Room) -> Result<Vec<Recording>, Error> {
    client.room(&room.sid).recordings().list().page_size(PAGE).collect().await
}
