//! The commands for the resources of a room.

use super::support::{Result, run, stdout, talk, transcript};

/// The SID in the first row.
fn first_sid(output: &str) -> Option<&str> {
    output.lines().nth(1)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_is_created_shown_and_completed() -> Result {
    let sandbox = super::support::sandbox(0).await?;
    let calls = [
        "rooms create --name Standup --max-participants 10 --empty-room-timeout 10m --video-codecs VP8",
        "rooms create --name Standup",
        "rooms create --name Standup --or-get --output csv --columns sid,name",
        "rooms create --name Short --empty-room-timeout 90s",
        "rooms complete Standup",
        "rooms complete Standup",
    ];
    insta::assert_snapshot!(transcript(&sandbox, 80, &calls)?);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_as_an_object_of_json() -> Result {
    insta::assert_snapshot!(transcript(&talk().await?, 80, &["rooms get Talk --output json"])?);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn participants_at_80_and_160_columns() -> Result {
    let sandbox = talk().await?;
    let calls = ["participants list Talk", "participants list Talk --status disconnected"];
    let narrow = transcript(&sandbox, 80, &calls)?;
    let wide = transcript(&sandbox, 160, &calls[..1])?;
    let machine = [
        "participants list Talk --output csv",
        "participants list Talk --output ndjson",
        "participants get Talk alice",
        "participants disconnect Talk alice",
        "participants get Talk carol",
    ];
    insta::assert_snapshot!(format!("{narrow}\n{wide}\n{}", transcript(&sandbox, 80, &machine)?));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn recordings_at_80_and_160_columns() -> Result {
    let sandbox = talk().await?;
    let calls = ["recordings list Talk", "recordings list Talk --status completed"];
    let narrow = transcript(&sandbox, 80, &calls)?;
    let wide = transcript(&sandbox, 160, &calls[..1])?;
    let output = stdout(&run(&sandbox, 80, "recordings list Talk --status completed --output csv --columns sid")?);
    let sid = first_sid(&output).ok_or("there is no recording")?;
    let [get, delete] = ["get Talk", "delete --room Talk"].map(|call| format!("recordings {call} {sid}"));
    let machine = transcript(&sandbox, 80, &["recordings list Talk --output csv", &get, &delete, &get])?;
    insta::assert_snapshot!(format!("{narrow}\n{wide}\n{machine}"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn tracks_at_80_and_160_columns() -> Result {
    let sandbox = talk().await?;
    let calls = ["tracks list Talk alice", "tracks list Talk alice --subscribed"];
    let narrow = transcript(&sandbox, 80, &calls)?;
    let wide = transcript(&sandbox, 160, &calls[..1])?;
    let machine = transcript(&sandbox, 80, &["tracks list Talk alice --output csv"])?;
    insta::assert_snapshot!(format!("{narrow}\n{wide}\n{machine}"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_are_shown_and_replaced() -> Result {
    let calls = [
        "rules get Talk",
        "rules set Talk include:all exclude:kind=video,publisher=alice",
        "rules get Talk --output ndjson",
        "rules set Talk --participant alice exclude:all include:priority=high",
        "rules get Talk --participant alice --output csv",
        "rules set Talk include:priority=high",
        "rules set Talk include:loud",
    ];
    insta::assert_snapshot!(transcript(&talk().await?, 80, &calls)?);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn transcriptions_are_created_and_stopped() -> Result {
    let sandbox = talk().await?;
    let create = "transcriptions create Talk --language de-DE --profanity-filter false";
    let created = transcript(&sandbox, 80, &[create])?;
    let output = stdout(&run(&sandbox, 80, "transcriptions list Talk --output csv --columns id")?);
    let id = first_sid(&output).ok_or("there is no transcription")?;
    let [get, stop] = ["get", "stop"].map(|call| format!("transcriptions {call} Talk {id}"));
    let get = format!("{get} --output ndjson");
    let narrow = transcript(&sandbox, 80, &["transcriptions list Talk", &get, &stop])?;
    let wide = transcript(&sandbox, 160, &["transcriptions list Talk"])?;
    insta::assert_snapshot!(format!("{created}{narrow}\n{wide}"));
    Ok(())
}
