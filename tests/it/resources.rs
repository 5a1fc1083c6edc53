//! The requests and responses of each resource that belongs to a room.

use chrono::NaiveDate;
use serde_json::{Value, json};
use twilio_rooms::{
    Client, ParticipantStatus, PrioritizedTracks, RecordingRuleList, RecordingStatus, SubscribeRuleList, TrackKind,
    Tracks, TranscriptionsConfiguration,
};

use crate::support::{Reply, Server, Test, builder, client, example};

const ROOM: &str = "RM5e7c2f04b1d94a6c8a3f1b2c3d4e5f60";
const RECORDING: &str = "RT2d4f6a8c0e1b3d5f7a9c1e3b5d7f9a0c";
const TRACK: &str = "MT4b1e7d90c2f35a68e7b0d1c2f3a49586";
/// The resources of the examples of the spec.
const DISCONNECTED: &str = "PA1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f";
const ANONYMIZED: &str = "PA90a1b2c3d4e5f60718293a4b5c6d7e8f";
const SUBSCRIBED_TRACK: &str = "MT5a4b3c2d1e0f9a8b7c6d5e4f3a2b1c0d";
const TRANSCRIPTION: &str = "video_extension_6f1d2c3b-4a59-4876-9b0c-1d2e3f405162";

/// Starts a server that responds with these examples of the spec, and a client of it.
async fn responding_with(examples: &[(u16, &str)]) -> Result<(Server, Client), Box<dyn std::error::Error>> {
    let replies: Result<Vec<Reply>, _> = examples
        .iter()
        .map(|(status, name)| Ok::<_, Box<dyn std::error::Error>>(Reply::json(*status, &example(name)?)))
        .collect();
    let server = Server::start(replies?).await?;
    let client = client(&server)?;
    Ok((server, client))
}

/// Lists the requests so far, each with its body on a second line.
fn wire(server: &Server) -> String {
    let line = |method: &str, target: &str, body: &str| match body {
        "" => format!("{method} {target}"),
        body => format!("{method} {target}\n  {body}"),
    };
    let lines: Vec<String> = server.seen().iter().map(|seen| line(&seen.method, &seen.target, &seen.body)).collect();
    lines.join("\n")
}

#[tokio::test]
async fn participants_are_listed_fetched_disconnected_and_anonymized() -> Test {
    let (server, client) = responding_with(&[
        (200, "list-participants-connected"),
        (200, "participant-connected"),
        (202, "participant-disconnected"),
        (202, "participant-anonymized"),
    ])
    .await?;
    let (room, day) = (client.room("Daily Standup"), NaiveDate::from_ymd_opt(2026, 11, 1).ok_or("no such day")?);
    let list = room.participants().list().status(ParticipantStatus::Connected).identity("alice & bob");
    let page = list.created_on_or_after(day).created_before(day).page_size(20).send().await?;
    assert!(!page.items.is_empty());
    let alice = room.participant("alice").fetch().await?;
    assert_eq!(alice.status, Some(ParticipantStatus::Connected));
    let disconnected = room.participant(DISCONNECTED).disconnect().await?;
    assert_eq!(disconnected.status, Some(ParticipantStatus::Disconnected));
    room.participant(ANONYMIZED).anonymize().await?;
    insta::assert_snapshot!("requests_of_participants", wire(&server));
    Ok(())
}

#[tokio::test]
async fn tracks_are_listed_and_fetched() -> Test {
    let (server, client) = responding_with(&[
        (200, "list-published-tracks"),
        (200, "published-track"),
        (200, "list-subscribed-tracks"),
        (200, "subscribed-track"),
    ])
    .await?;
    let alice = client.room(ROOM).participant("alice");
    let published = alice.published_tracks().list().collect().await?;
    assert!(!published.is_empty());
    let track = alice.published_tracks().fetch("screen").await?;
    assert!(track.kind.is_some());
    let subscribed = alice.subscribed_tracks().list().limit(5).collect().await?;
    assert!(!subscribed.is_empty());
    alice.subscribed_tracks().fetch(SUBSCRIBED_TRACK).await?;
    insta::assert_snapshot!("requests_of_tracks", wire(&server));
    Ok(())
}

#[tokio::test]
async fn rules_are_fetched_and_updated_as_json_in_one_field() -> Test {
    let (server, client) = responding_with(&[
        (200, "recording-rules"),
        (202, "recording-rules"),
        (200, "subscribe-rules-default"),
        (202, "subscribe-rules-updated"),
    ])
    .await?;
    let room = client.room(ROOM);
    let rules = room.recording_rules().fetch().await?;
    assert!(rules.rules.is_some_and(|rules| !rules.is_empty()));
    let sound = Tracks::of_kind(TrackKind::Audio);
    room.recording_rules().update(RecordingRuleList::new().include(sound.clone())).await?;
    let subscribe_rules = room.participant("alice").subscribe_rules();
    subscribe_rules.fetch().await?;
    let important = PrioritizedTracks::of_priority("high", sound.and(Tracks::of_publisher("bob")));
    subscribe_rules.update(SubscribeRuleList::new().include(Tracks::all()).exclude(important)).await?;
    insta::assert_snapshot!("requests_of_rules", wire(&server));
    Ok(())
}

#[tokio::test]
async fn recordings_are_listed_fetched_and_deleted_once() -> Test {
    let (server, client) = responding_with(&[(200, "list-recordings"), (200, "recording-completed")]).await?;
    server.then(Reply::new(204, ""));
    server.then(Reply::json(404, &example("error-not-found")?));
    let room = client.room(ROOM);
    let list = room.recordings().list().status(RecordingStatus::Completed).source(TRACK);
    assert!(!list.collect().await?.is_empty());
    let recording = room.recording(RECORDING).fetch().await?;
    assert_eq!(recording.status, Some(RecordingStatus::Completed));
    room.recording(RECORDING).delete().await?;
    let again = room.recording(RECORDING).delete().await.err().ok_or("it was deleted twice")?;
    assert!(again.is_not_found() && !again.is_outcome_unknown());
    insta::assert_snapshot!("requests_of_recordings", wire(&server));
    Ok(())
}

#[tokio::test]
async fn the_url_of_media_is_returned_and_not_followed() -> Test {
    let media = "https://storage.example.com/RT?signature=secret";
    let redirect = Reply::new(302, "").header("location", media);
    let body = Reply::json(200, &json!({ "redirect_to": media }));
    let server = Server::start([redirect, body, Reply::json(404, &example("error-not-found")?)]).await?;
    let recording = client(&server)?.room(ROOM).recording(RECORDING);
    assert_eq!(recording.media_url().await?, media);
    assert_eq!(recording.media_url().await?, media);
    assert!(recording.media_url().await.is_err_and(|error| error.is_not_found()));
    assert_eq!(server.targets()[..3], vec![format!("/v1/Rooms/{ROOM}/Recordings/{RECORDING}/Media"); 3]);
    Ok(())
}

#[tokio::test]
async fn transcriptions_are_listed_created_fetched_stopped_and_started() -> Test {
    let (server, client) = responding_with(&[
        (200, "list-transcriptions"),
        (201, "transcription-created"),
        (201, "transcription-created"),
        (200, "transcription-started"),
        (202, "transcription-stopped"),
        (202, "transcription-started"),
    ])
    .await?;
    let room = client.room(ROOM);
    assert!(!room.transcriptions().list().collect().await?.is_empty());
    room.transcriptions().create().await?;
    room.transcriptions().create().configuration(TranscriptionsConfiguration::new().language_code("nl-BE")).await?;
    let transcription = room.transcription(TRANSCRIPTION);
    transcription.fetch().await?;
    transcription.stop().await?;
    transcription.start().await?;
    insta::assert_snapshot!("requests_of_transcriptions", wire(&server));
    Ok(())
}

#[tokio::test]
async fn invalid_names_and_sids_are_rejected_before_sending() -> Test {
    let server = Server::start([]).await?;
    let client = client(&server)?;
    let room = client.room(ROOM);
    let errors = [
        room.participant("").fetch().await.err(),
        room.participant("..").disconnect().await.err(),
        client.room(".").participants().list().send().await.err(),
        room.participants().list().page_size(1001).send().await.err(),
        room.recording("RM2d4f6a8c0e1b3d5f7a9c1e3b5d7f9a0c").fetch().await.err(),
        room.recording("../RT").delete().await.err(),
        client.room("Daily Standup").recordings().list().send().await.err(),
        room.recordings().list().source("screen").send().await.err(),
        room.participant("alice").subscribed_tracks().fetch("screen").await.err(),
        room.recording("RT").media_url().await.err(),
    ];
    let messages: Vec<String> = errors.iter().flatten().map(ToString::to_string).collect();
    assert!(errors.iter().all(|error| error.as_ref().is_some_and(twilio_rooms::Error::is_invalid_request)));
    assert_eq!(server.targets(), Vec::<String>::new());
    insta::assert_snapshot!("rejected_names_and_sids", messages.join("\n"));
    Ok(())
}

/// Returns a page of participants with these identities.
fn page(identities: &[&str], next_page_url: Option<&str>) -> Value {
    let participant = |identity: &&str| json!({ "sid": format!("PA{identity:0>32}"), "identity": identity });
    let participants: Vec<Value> = identities.iter().map(participant).collect();
    json!({ "meta": { "key": "participants", "next_page_url": next_page_url }, "participants": participants })
}

#[tokio::test]
async fn a_listing_of_participants_resumes_after_a_failure() -> Test {
    let server = Server::start([]).await?;
    let next = format!("{}/v1/Rooms/{ROOM}/Participants?Page=1&PageToken=PA1", server.url());
    server.then(Reply::json(200, &page(&["alice", "bob"], Some(&next))));
    server.then(Reply::json(503, &example("error-unavailable")?));
    server.then(Reply::json(200, &page(&["carol"], None)));
    let client = builder(&server).build()?;
    let mut stream = client.room(ROOM).participants().list().stream();
    let mut seen = Vec::new();
    let error = loop {
        match stream.next().await.ok_or("no error")? {
            Ok(participant) => seen.extend(participant.identity),
            Err(error) => break error,
        }
    };
    let resume = error.resume_url().ok_or("no resume URL")?;
    let rest = client.room(ROOM).participants().list().resume(resume).collect().await?;
    seen.extend(rest.into_iter().filter_map(|participant| participant.identity));
    assert_eq!(seen, ["alice", "bob", "carol"]);
    assert_eq!(server.targets().len(), 3);
    Ok(())
}
