//! Watches a room: says who comes and who goes, until the room is over. The room's name can be given; by default a new one is
//! watched, into which a sandbox lets people come.

mod common;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::time::Duration;

use twilio_rooms::{Client, ParticipantStatus, RoomStatus};
use twilio_rooms_sandbox::Sandbox;

/// How often the room is looked at. The service tells it without being asked to the URL of a status callback.
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
    match sandbox {
        Some(sandbox) => tokio::try_join!(watch(&client, &name), guests(&client, &sandbox, &name)).map(|_| ())?,
        None => watch(&client, &name).await?,
    }
    Ok(())
}

/// Says who comes and who goes.
async fn watch(client: &Client, name: &str) -> Result<(), Box<dyn std::error::Error>> {
    let mut here: BTreeMap<String, String> = BTreeMap::new();
    // By its SID from now on: the name means nothing any more once the room is over.
    let sid = client.room(name).fetch().await?.sid;
    let room = client.room(&sid);
    loop {
        let is_open = room.fetch().await?.status == Some(RoomStatus::InProgress);
        let connected = room.participants().list().status(ParticipantStatus::Connected).collect().await?;
        let now: BTreeMap<String, String> = connected
            .into_iter()
            .map(|participant| (participant.sid.to_string(), participant.identity.unwrap_or_default()))
            .collect();
        let mut out = io::stdout();
        for (_, identity) in now.iter().filter(|(sid, _)| !here.contains_key(*sid)) {
            writeln!(out, "+ {identity}")?;
        }
        for (_, identity) in here.iter().filter(|(sid, _)| !now.contains_key(*sid)) {
            writeln!(out, "- {identity}")?;
        }
        here = now;
        if !is_open {
            writeln!(out, "the room is over")?;
            return Ok(());
        }
        tokio::time::sleep(INTERVAL).await;
    }
}

/// Lets people come into the room of a sandbox and go again, and then ends it.
async fn guests(client: &Client, sandbox: &Sandbox, room: &str) -> Result<(), Box<dyn std::error::Error>> {
    let pause = || tokio::time::sleep(INTERVAL * 2);
    sandbox.join(room, "alice")?;
    pause().await;
    sandbox.join(room, "bob")?;
    pause().await;
    sandbox.leave(room, "alice")?;
    pause().await;
    client.room(room).complete().await?;
    Ok(())
}
