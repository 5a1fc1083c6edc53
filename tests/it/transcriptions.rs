//! Transcriptions of the sandbox: starting, stopping and restarting.

use twilio_rooms::{TranscriptionStatus, TranscriptionsConfiguration};

use crate::support::{Test, at, standup};

#[tokio::test]
async fn a_transcription_is_created_stopped_and_started_again() -> Test {
    let (sandbox, client) = standup().await?;
    client.rooms().create().unique_name("standup").unused_room_timeout(twilio_rooms::Minutes::new(10)).await?;
    let room = client.room("standup");
    let dutch = TranscriptionsConfiguration::new().language_code("nl-BE").partial_results(true);
    let created = room.transcriptions().create().configuration(dutch).response().await?;
    assert_eq!(created.status(), 202);
    let created = created.into_value();
    assert_eq!(created.status, Some(TranscriptionStatus::Started));
    let configuration = created.configuration.and_then(|it| it.get("languageCode").cloned());
    assert_eq!(configuration, Some("nl-BE".into()));

    let transcription = room.transcription(created.ttid.clone());
    sandbox.set_now(at(420));
    let stopped = transcription.stop().await?;
    assert_eq!(stopped.status, Some(TranscriptionStatus::Stopped));
    assert_eq!(stopped.duration.map(|duration| duration.to_string()).as_deref(), Some("420s"));
    let changes = sandbox.changes();
    assert_eq!(transcription.stop().await?, stopped);
    assert_eq!(sandbox.changes(), changes, "nothing changed");
    let again = transcription.start().await?;
    assert_eq!((again.status, again.end_time), (Some(TranscriptionStatus::Started), None));

    room.transcriptions().create().await?;
    let all = room.transcriptions().list().page_size(1).collect().await?;
    assert_eq!(all.last().map(|first| &first.ttid), Some(&created.ttid), "the newest comes first");
    assert_eq!(all.len(), 2);
    let odd = room.transcription("video_extension_00000000-0000-4000-8000-000000000000").fetch().await;
    assert!(odd.is_err_and(|error| error.is_not_found()));
    Ok(())
}

#[tokio::test]
async fn the_first_participant_starts_the_transcription_of_a_room_that_transcribes_on_connect() -> Test {
    let (sandbox, client) = standup().await?;
    let english = TranscriptionsConfiguration::new().language_code("en-US");
    let create = client.rooms().create().unique_name("standup").transcribe_participants_on_connect(true);
    create.transcriptions_configuration(english).await?;
    let transcriptions = client.room("standup").transcriptions();
    assert!(transcriptions.list().collect().await?.is_empty());
    sandbox.join("standup", "alice")?;
    sandbox.join("standup", "bob")?;
    let all = transcriptions.list().collect().await?;
    let languages: Vec<_> = all.iter().filter_map(|one| one.configuration.as_ref()?.get("languageCode")).collect();
    assert_eq!(languages, ["en-US"]);
    Ok(())
}

#[tokio::test]
async fn transcriptions_end_when_their_room_is_completed() -> Test {
    let (sandbox, client) = standup().await?;
    let sid = client.rooms().create().unique_name("standup").await?.sid;
    let room = client.room(&sid);
    let ttid = room.transcriptions().create().await?.ttid;
    sandbox.set_now(at(60));
    room.complete().await?;
    let ended = room.transcription(ttid.clone()).fetch().await?;
    assert_eq!(ended.status, Some(TranscriptionStatus::Stopped));
    assert_eq!(ended.duration.map(|duration| duration.to_string()).as_deref(), Some("60s"));
    let late = [room.transcription(ttid).start().await.err(), room.transcriptions().create().await.err()];
    assert_eq!(late.map(|error| error.and_then(|error| error.code())), [Some(53118), Some(53118)]);
    Ok(())
}
