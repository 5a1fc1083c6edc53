//! What is measured: the client, as its users use it.

use twilio_rooms::{Client, Credentials, Room, RoomStatus};
use twilio_rooms_api::types::RoomPage;

use crate::account::Account;
use crate::report::Failure;
use crate::tally::{Seen, Tally};

fn seen(room: &Room) -> Seen<'_> {
    Seen {
        sid: room.sid.as_str(),
        unique_name: room.unique_name.as_deref(),
        created: room.date_created,
        duration: room.duration.map(twilio_rooms::Seconds::get),
        codecs: room.video_codecs.as_ref().map_or(0, Vec::len),
    }
}

fn client(account: &Account) -> Result<Client, Failure> {
    let credentials = Credentials::account(&account.sid, &account.token);
    Ok(Client::builder().credentials(credentials).base_url(&account.url).build()?)
}

/// Reads a page.
pub(crate) fn decode(body: &[u8]) -> Result<RoomPage, Failure> {
    Ok(serde_json::from_slice(body)?)
}

/// What is on a page.
pub(crate) fn tally(page: &RoomPage, tally: &mut Tally) {
    page.rooms.iter().for_each(|room| tally.count(&seen(room)));
}

/// Reads all completed rooms, one after another.
pub(crate) async fn stream(account: &Account, page_size: u32, mut tally: Tally) -> Result<Tally, Failure> {
    let mut rooms = client(account)?.rooms().list().status(RoomStatus::Completed).page_size(page_size).stream();
    while let Some(room) = rooms.next().await {
        tally.add(&seen(&room?)).await;
    }
    Ok(tally)
}
