//! Creates a room, whatever happens on the way, and completes it.

mod common;

use std::io::{self, Write};

use twilio_rooms::{Client, Error, Minutes, RecordingRuleList, Room, TrackKind, Tracks};

const NAME: &str = "An example";

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = io::stdout().lock();
    let (builder, _sandbox) = common::builder(&mut out).await?;
    let builder = builder.on_retry(|event| {
        let _ = writeln!(io::stderr(), "{} failed: {}; again in {:?}", event.operation, event.reason, event.delay);
    });
    let client = builder.build()?;

    let room = open(&client).await?;
    writeln!(out, "{NAME} is open as {}, for {} at most", room.sid, room.max_participants.unwrap_or_default())?;

    let fetched = client.room(NAME).fetch().await?;
    writeln!(out, "by its name it is {}", fetched.sid)?;

    // By its SID: the name means nothing any more once the room is over.
    let completed = client.room(&room.sid).complete().await?;
    let duration = completed.duration.map_or("an unknown time".to_owned(), |duration| duration.to_string());
    writeln!(out, "it was completed after {duration}")?;
    Ok(())
}

/// The room of this name: a new one, or the one that is there. When it is unknown whether it was created, that is found out.
async fn open(client: &Client) -> Result<Room, Error> {
    let sound = RecordingRuleList::new().include(Tracks::of_kind(TrackKind::Audio));
    let create = client.rooms().create().unique_name(NAME).max_participants(10).empty_room_timeout(Minutes::new(15));
    let create = create.recording_rules(sound);
    let mut result = create.clone().await;
    if result.as_ref().is_err_and(Error::is_outcome_unknown) {
        // Under the same name there is never a second one, so this can do no harm.
        result = create.await;
    }
    match result {
        Err(error) if error.is_room_name_taken() => client.room(NAME).fetch().await,
        result => result,
    }
}
