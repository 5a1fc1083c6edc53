//! Creates a room, even if a response is lost, and completes it.

mod common;

use std::io::{self, Write};

use twilio_rooms::{Client, Error, Minutes, RecordingRuleList, Room, TrackKind, Tracks};

const NAME: &str = "An example";

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = io::stdout().lock();
    let (builder, _sandbox) = common::builder(&mut out).await?;
    let builder = builder.on_retry(|event| {
        let _ = writeln!(io::stderr(), "{} failed: {}; retrying in {:?}", event.operation, event.reason, event.delay);
    });
    let client = builder.build()?;

    let room = open(&client).await?;
    writeln!(
        out,
        "{NAME} is open as {}, for at most {} participants",
        room.sid,
        room.max_participants.unwrap_or_default()
    )?;

    let fetched = client.room(NAME).fetch().await?;
    writeln!(out, "its unique name stands for {}", fetched.sid)?;

    // By its SID, since the name no longer stands for the room once it has ended.
    let completed = client.room(&room.sid).complete().await?;
    let duration = completed.duration.map_or("an unknown time".to_owned(), |duration| duration.to_string());
    writeln!(out, "it was completed after {duration}")?;
    Ok(())
}

/// Returns the room in progress with this name, and creates it if there is none.
async fn open(client: &Client) -> Result<Room, Error> {
    let audio_only = RecordingRuleList::new().include(Tracks::of_kind(TrackKind::Audio));
    let create = client.rooms().create().unique_name(NAME).max_participants(10).empty_room_timeout(Minutes::new(15));
    let create = create.recording_rules(audio_only);
    let mut result = create.clone().await;
    if result.as_ref().is_err_and(Error::is_outcome_unknown) {
        // The service never opens a second room with the same name, so this is harmless.
        result = create.await;
    }
    match result {
        Err(error) if error.is_room_name_taken() => client.room(NAME).fetch().await,
        result => result,
    }
}
