//! Published and subscribed tracks of the sandbox, which exist while their participant is connected.

use twilio_rooms::TrackKind as Kind;
use twilio_rooms_sandbox::{Sandbox, TrackKind};

use crate::support::{Test, client_of, start};

#[tokio::test]
async fn published_tracks_are_listed_until_they_are_unpublished_or_their_participant_leaves() -> Test {
    let sandbox = start(Sandbox::builder().rooms(0)).await?;
    let client = client_of(&sandbox).build()?;
    client.rooms().create().unique_name("standup").await?;
    let alice = sandbox.join("standup", "alice")?;
    let microphone = sandbox.publish("standup", "alice", TrackKind::Audio, "microphone")?;
    sandbox.publish("standup", &alice, TrackKind::Video, "camera")?;
    assert!(sandbox.publish("standup", "alice", TrackKind::Data, "camera").is_err(), "the name is taken");
    assert!(sandbox.publish("standup", "bob", TrackKind::Data, "chat").is_err(), "bob is not connected");
    client.rooms().create().unique_name("phone").audio_only(true).await?;
    sandbox.join("phone", "alice")?;
    assert!(sandbox.publish("phone", "alice", TrackKind::Video, "camera").is_err(), "the room is for audio only");

    let tracks = client.room("standup").participant("alice").published_tracks();
    let all = tracks.list().page_size(1).collect().await?;
    let names: Vec<_> = all.iter().filter_map(|track| track.name.as_deref()).collect();
    assert_eq!(names, ["camera", "microphone"]);
    let found = client.room("standup").participant("alice").published_tracks().fetch("microphone").await?;
    assert_eq!((found.sid.as_str(), found.kind), (microphone.as_str(), Some(Kind::Audio)));
    assert_eq!(found.participant_sid.map(|sid| sid.to_string()), Some(alice.clone()));

    sandbox.unpublish("standup", "alice", &microphone)?;
    assert!(sandbox.unpublish("standup", "alice", &microphone).is_err(), "it was unpublished");
    let gone = client.room("standup").participant("alice").published_tracks().fetch(&microphone).await;
    assert!(gone.is_err_and(|error| error.is_not_found()));
    sandbox.leave("standup", "alice")?;
    assert!(sandbox.publish("standup", &alice, TrackKind::Data, "chat").is_err(), "alice has left");
    assert_eq!(client.room("standup").participant(&alice).published_tracks().list().collect().await?.len(), 0);
    Ok(())
}

#[tokio::test]
async fn participants_are_subscribed_to_the_tracks_of_all_others() -> Test {
    let sandbox = start(Sandbox::builder().rooms(0)).await?;
    let client = client_of(&sandbox).build()?;
    client.rooms().create().unique_name("standup").await?;
    let (alice, bob) = (sandbox.join("standup", "alice")?, sandbox.join("standup", "bob")?);
    let microphone = sandbox.publish("standup", "alice", TrackKind::Audio, "microphone")?;
    sandbox.publish("standup", "bob", TrackKind::Video, "camera")?;

    let tracks = client.room("standup").participant(&bob).subscribed_tracks();
    let all = tracks.list().collect().await?;
    assert_eq!(all.iter().map(|track| track.sid.as_str()).collect::<Vec<_>>(), [microphone.as_str()]);
    let found = tracks.fetch(microphone.as_str()).await?;
    assert_eq!((found.kind, found.name.as_deref()), (Some(Kind::Audio), Some("microphone")));
    let ends = [found.publisher_sid.map(|sid| sid.to_string()), found.participant_sid.map(|sid| sid.to_string())];
    assert_eq!(ends, [Some(alice), Some(bob.clone())]);

    sandbox.leave("standup", "alice")?;
    assert!(tracks.fetch(microphone.as_str()).await.is_err_and(|error| error.is_not_found()));
    client.room("standup").complete().await?;
    Ok(())
}
