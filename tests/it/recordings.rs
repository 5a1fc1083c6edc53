//! Recordings of the sandbox, which follow the published tracks and the recording rules.

use twilio_rooms::{RecordingRuleList, RecordingStatus, RecordingType, TrackKind as Kind, TrackSid, Tracks};
use twilio_rooms_sandbox::{Fault, TrackKind};

use crate::support::{Test, at, standup};

#[tokio::test]
async fn a_track_is_recorded_while_it_is_published() -> Test {
    let (sandbox, client) = standup().await?;
    client.rooms().create().unique_name("standup").record_participants_on_connect(true).await?;
    let sid = client.room("standup").fetch().await?.sid;
    let room = client.room(&sid);
    let alice = sandbox.join("standup", "alice")?;
    let track = sandbox.publish("standup", "alice", TrackKind::Audio, "microphone")?;
    let recordings = room.recordings().list().collect().await?;
    let recording = recordings.first().ok_or("no recording")?;
    assert_eq!(recording.status, Some(RecordingStatus::Processing));
    assert_eq!((recording.track_name.as_deref(), &recording.type_), (Some("microphone"), &Some(RecordingType::Audio)));
    assert_eq!(recording.source_sid.as_ref().map(TrackSid::as_str), Some(track.as_str()));
    let publisher = recording.grouping_sids.as_ref().and_then(|sids| sids.participant_sid.clone());
    assert_eq!(publisher.map(|sid| sid.to_string()), Some(alice));
    let early = room.recording(&recording.sid).media_url().await;
    assert!(early.is_err_and(|error| error.is_not_found()), "there is no media yet");

    sandbox.set_now(at(90));
    sandbox.unpublish("standup", "alice", "microphone")?;
    let ended = room.recording(&recording.sid).fetch().await?;
    assert_eq!(ended.status, Some(RecordingStatus::Completed));
    assert_eq!(ended.duration.map(|duration| duration.to_string()).as_deref(), Some("90s"));
    assert!(ended.size > recording.size && ended.offset == recording.offset);
    let url = room.recording(&recording.sid).media_url().await?;
    assert!(url.starts_with(&format!("{}/media/", sandbox.url())) && url.contains("Signature="), "{url}");
    Ok(())
}

#[tokio::test]
async fn recordings_end_when_their_participant_leaves_or_the_room_is_completed() -> Test {
    let (sandbox, client) = standup().await?;
    let sound = RecordingRuleList::new().include(Tracks::of_kind(Kind::Audio));
    let sid = client.rooms().create().unique_name("standup").recording_rules(sound).await?.sid;
    let room = client.room(&sid);
    for identity in ["alice", "bob", "carol"] {
        sandbox.join("standup", identity)?;
        sandbox.publish("standup", identity, TrackKind::Audio, "microphone")?;
        sandbox.publish("standup", identity, TrackKind::Data, "chat")?;
    }
    let processing = || room.recordings().list().status(RecordingStatus::Processing).page_size(1).collect();
    assert_eq!(processing().await?.len(), 3);
    sandbox.leave("standup", "alice")?;
    assert_eq!(processing().await?.len(), 2);
    room.participant("bob").disconnect().await?;
    assert_eq!(processing().await?.len(), 1);
    room.complete().await?;
    assert_eq!(processing().await?.len(), 0);
    let all = room.recordings().list().status(RecordingStatus::Completed).collect().await?;
    let durations: Vec<_> = all.iter().filter_map(|recording| recording.duration).map(|it| it.to_string()).collect();
    assert_eq!(durations, ["1s", "1s", "1s"], "the minimum duration is one second");
    Ok(())
}

#[tokio::test]
async fn recordings_are_listed_by_track_status_and_time() -> Test {
    let (sandbox, client) = standup().await?;
    let sid = client.rooms().create().unique_name("standup").record_participants_on_connect(true).await?.sid;
    sandbox.join("standup", "alice")?;
    let mut tracks = Vec::new();
    for second in 0..3 {
        sandbox.set_now(at(second));
        tracks.push(sandbox.publish("standup", "alice", TrackKind::Video, &second.to_string())?);
    }
    let list = || client.room(&sid).recordings().list();
    let of = |recordings: Vec<twilio_rooms::Recording>| -> Vec<String> {
        recordings.into_iter().filter_map(|recording| recording.track_name).collect()
    };
    assert_eq!(of(list().page_size(2).collect().await?), ["2", "1", "0"]);
    assert_eq!(of(list().source(&tracks[1]).collect().await?), ["1"]);
    let middle = list().source(&tracks[1]).collect().await?;
    let middle = middle.first().and_then(|recording| recording.date_created).ok_or("no date")?;
    assert_eq!(of(list().created_on_or_after(middle).collect().await?), ["2", "1"]);
    assert_eq!(of(list().created_before(middle).collect().await?), ["0"]);
    assert!(of(list().status(RecordingStatus::Failed).collect().await?).is_empty());
    let by_name = client.request("GET".parse()?, "/v1/Rooms/standup/Recordings").send().await;
    assert!(by_name.is_err_and(|error| error.is_not_found()), "the name does not stand for the SID here");
    Ok(())
}

#[tokio::test]
async fn the_metadata_of_a_deleted_recording_remains() -> Test {
    let (sandbox, client) = standup().await?;
    let sid = client.rooms().create().unique_name("standup").record_participants_on_connect(true).await?.sid;
    sandbox.join("standup", "alice")?;
    sandbox.publish("standup", "alice", TrackKind::Audio, "microphone")?;
    let room = client.room(&sid);
    room.complete().await?;
    let recordings = room.recordings().list().collect().await?;
    let recording = room.recording(&recordings.first().ok_or("no recording")?.sid);
    let changes = sandbox.changes();
    recording.delete().await?;
    assert_eq!(recording.fetch().await?.status, Some(RecordingStatus::Deleted));
    assert!(recording.media_url().await.is_err_and(|error| error.is_not_found()));
    assert_eq!(room.recordings().list().status(RecordingStatus::Deleted).collect().await?.len(), 1);
    assert!(room.recordings().list().status(RecordingStatus::Completed).collect().await?.is_empty());
    let again = recording.delete().await.err().ok_or("it was deleted twice")?;
    assert!(again.is_not_found() && !again.is_outcome_unknown());
    assert_eq!(sandbox.changes(), changes + 1);
    Ok(())
}

#[tokio::test]
async fn a_deletion_with_a_lost_response_is_retried_and_may_end_with_404() -> Test {
    let (sandbox, client) = standup().await?;
    let sid = client.rooms().create().unique_name("standup").record_participants_on_connect(true).await?.sid;
    sandbox.join("standup", "alice")?;
    sandbox.publish("standup", "alice", TrackKind::Audio, "microphone")?;
    let recordings = client.room(&sid).recordings().list().collect().await?;
    let recording = client.room(&sid).recording(&recordings.first().ok_or("no recording")?.sid);
    sandbox.inject(Fault::Status(503));
    let error = recording.delete().await.err().ok_or("the second attempt found it")?;
    assert!(error.is_not_found() && error.is_outcome_unknown());
    assert_eq!(error.attempts(), 2);
    assert_eq!(recording.fetch().await?.status, Some(RecordingStatus::Deleted));
    Ok(())
}
