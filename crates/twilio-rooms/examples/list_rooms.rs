//! Lists rooms: those of Twilio if there are credentials in the environment, otherwise those of a sandbox on this
//! machine.

mod common;

use std::error::Error;
use std::io::{self, Write};

use twilio_rooms::chrono::{DateTime, Utc};
use twilio_rooms::{Client, Room, Seconds};

/// The maximum number of rooms to list.
const LIMIT: u64 = 20;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout().lock();
    let (builder, _sandbox) = common::builder(&mut out).await?;
    list(&builder.build()?, &mut out).await
}

async fn list(client: &Client, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let mut rooms = client.rooms().list().any_status().limit(LIMIT).stream();
    writeln!(out, "{:<34}  {:<11}  {:<16}  {:>8}  NAME", "SID", "STATUS", "CREATED", "DURATION")?;
    let mut count = 0;
    while let Some(room) = rooms.next().await {
        writeln!(out, "{}", row(&room?))?;
        count += 1;
    }
    writeln!(out, "\n{count} rooms{}", if count == LIMIT { "; there may be more" } else { "" })?;
    Ok(())
}

fn row(room: &Room) -> String {
    let status = room.status.as_ref().map_or("-", |status| status.as_str());
    let created =
        room.date_created.map_or("-".to_owned(), |created: DateTime<Utc>| created.format("%F %R").to_string());
    let duration = room.duration.map_or("-".to_owned(), clock);
    // The unique name of a room without a name is its SID.
    let name = room.unique_name.as_deref().filter(|name| room.sid != *name).unwrap_or("-");
    format!("{:<34}  {status:<11}  {created:<16}  {duration:>8}  {name}", room.sid)
}

/// Formats a duration as hours, minutes and seconds: `1:02:03`.
fn clock(duration: Seconds) -> String {
    let seconds = duration.get();
    format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}
