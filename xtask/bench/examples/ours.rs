//! A program that lists rooms with the client. `cargo xtask bench` builds it alone.

use std::error::Error;
use std::io::Write;

use twilio_rooms::{Client, RoomStatus};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = Client::from_env()?;
    let mut rooms = client.rooms().list().status(RoomStatus::Completed).stream();
    let mut out = std::io::stdout().lock();
    while let Some(room) = rooms.next().await {
        let room = room?;
        let name = room.unique_name.unwrap_or_default();
        writeln!(out, "{} {:?} {name}", room.sid, room.date_created)?;
    }
    Ok(())
}
