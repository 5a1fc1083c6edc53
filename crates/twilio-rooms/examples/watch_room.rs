//! Watches a room and prints who joins and leaves until it ends. The first argument is the room's name; by default it
//! is a new room, which scripted participants of a sandbox join.

mod common;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::time::Duration;

use tokio::sync::watch::{Receiver, Sender};
use twilio_rooms::{Client, ParticipantStatus, RoomStatus};
use twilio_rooms_sandbox::Sandbox;

/// The polling interval. Status callbacks report the same events without polling.
const INTERVAL: Duration = Duration::from_millis(200);

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = io::stdout();
    let (builder, sandbox) = common::builder(&mut out).await?;
    let client = builder.build()?;
    let name = match std::env::args().nth(1) {
        Some(name) => name,
        None => client.rooms().create().await?.sid.to_string(),
    };
    writeln!(out, "watching {name}")?;
    let (seen, changes) = tokio::sync::watch::channel(0);
    match sandbox {
        Some(sandbox) => {
            tokio::try_join!(watch(&client, &name, &seen), guests(&client, &sandbox, &name, changes)).map(|_| ())?;
        }
        None => watch(&client, &name, &seen).await?,
    }
    Ok(())
}

/// Prints who joins and leaves, and reports the number of participants after each look.
async fn watch(client: &Client, name: &str, seen: &Sender<usize>) -> Result<(), Box<dyn std::error::Error>> {
    let mut previous: BTreeMap<String, String> = BTreeMap::new();
    // By its SID, since the name no longer stands for the room once it has ended.
    let sid = client.room(name).fetch().await?.sid;
    let room = client.room(&sid);
    loop {
        let is_open = room.fetch().await?.status == Some(RoomStatus::InProgress);
        let connected = room.participants().list().status(ParticipantStatus::Connected).collect().await?;
        let current: BTreeMap<String, String> = connected
            .into_iter()
            .map(|participant| (participant.sid.to_string(), participant.identity.unwrap_or_default()))
            .collect();
        let mut out = io::stdout();
        for (_, identity) in current.iter().filter(|(sid, _)| !previous.contains_key(*sid)) {
            writeln!(out, "+ {identity}")?;
        }
        for (_, identity) in previous.iter().filter(|(sid, _)| !current.contains_key(*sid)) {
            writeln!(out, "- {identity}")?;
        }
        previous = current;
        seen.send_replace(previous.len());
        if !is_open {
            writeln!(out, "the room has ended")?;
            return Ok(());
        }
        tokio::time::sleep(INTERVAL).await;
    }
}

/// Lets participants of the sandbox join and leave the room, each once the change before was seen, and then completes it.
async fn guests(
    client: &Client,
    sandbox: &Sandbox,
    room: &str,
    mut seen: Receiver<usize>,
) -> Result<(), Box<dyn std::error::Error>> {
    sandbox.join(room, "alice")?;
    seen.wait_for(|count| *count == 1).await?;
    sandbox.join(room, "bob")?;
    seen.wait_for(|count| *count == 2).await?;
    sandbox.leave(room, "alice")?;
    seen.wait_for(|count| *count == 1).await?;
    client.room(room).complete().await?;
    Ok(())
}
