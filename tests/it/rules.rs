//! Subscribe rules and recording rules of the sandbox.

use twilio_rooms::{
    PrioritizedTracks, RecordingRuleList, RecordingStatus, SubscribeRuleList, TrackKind as Kind, Tracks,
};
use twilio_rooms_sandbox::TrackKind;

use crate::support::{Test, at, standup};

#[tokio::test]
async fn the_last_matching_rule_decides_a_subscription() -> Test {
    let (sandbox, client) = standup().await?;
    client.rooms().create().unique_name("standup").await?;
    for identity in ["alice", "bob", "carol"] {
        sandbox.join("standup", identity)?;
        sandbox.publish("standup", identity, TrackKind::Audio, "microphone")?;
        sandbox.publish("standup", identity, TrackKind::Video, "camera")?;
    }
    let alice = client.room("standup").participant("alice");
    let rules = alice.subscribe_rules();
    let (sound, bob) = (Tracks::of_kind(Kind::Audio), Tracks::of_publisher("bob"));
    let cases = [
        (SubscribeRuleList::new().exclude(Tracks::all()), 0),
        (SubscribeRuleList::new().include(sound.clone()), 2),
        (SubscribeRuleList::new().include(sound.clone()).exclude(bob.clone()), 1),
        (SubscribeRuleList::new().exclude(bob.clone()).include(sound.clone()), 2),
        (SubscribeRuleList::new().include(sound.and(bob)), 1),
        (SubscribeRuleList::new().include(Tracks::named("camera")), 2),
        (SubscribeRuleList::new().include(PrioritizedTracks::of_priority("low", Tracks::all())), 0),
        (SubscribeRuleList::new().include(Tracks::all()), 4),
    ];
    for (case, expected) in cases {
        let set = rules.update(case.clone()).await?;
        assert_eq!(rules.fetch().await?.rules, set.rules);
        assert_eq!(alice.subscribed_tracks().list().collect().await?.len(), expected, "{case:?}");
    }
    let everybody = client.room("standup").participant("bob").subscribed_tracks().list().collect().await?;
    assert_eq!(everybody.len(), 4, "other participants keep their own rules");
    Ok(())
}

#[tokio::test]
async fn subscribe_rules_have_the_time_of_their_last_change() -> Test {
    let (sandbox, client) = standup().await?;
    client.rooms().create().unique_name("standup").await?;
    sandbox.join("standup", "alice")?;
    let rules = client.room("standup").participant("alice").subscribe_rules();
    let first = rules.fetch().await?;
    assert_eq!((first.date_created, first.date_updated), (None, None));
    let nothing = SubscribeRuleList::new().exclude(Tracks::all());
    let second = rules.update(nothing.clone()).await?;
    sandbox.set_now(at(60));
    let changes = sandbox.changes();
    let same = rules.update(nothing).await?;
    assert_eq!((sandbox.changes(), same.date_updated), (changes, second.date_updated), "nothing changed");
    let third = rules.update(SubscribeRuleList::new().include(Tracks::all())).await?;
    assert!(third.date_created == second.date_created && third.date_updated > second.date_updated);
    Ok(())
}

#[tokio::test]
async fn invalid_rules_are_rejected_with_the_codes_of_the_service() -> Test {
    let (sandbox, client) = standup().await?;
    client.rooms().create().unique_name("standup").await?;
    sandbox.join("standup", "alice")?;
    let room = client.room("standup");
    let changes = sandbox.changes();
    let invalid_kind = SubscribeRuleList::new().include(Tracks::of_kind("invalid_kind"));
    let error = room.participant("alice").subscribe_rules().update(invalid_kind).await.err();
    assert_eq!(error.and_then(|error| error.code()), Some(53215));
    let data = RecordingRuleList::new().include(Tracks::of_kind(Kind::Data));
    let error = room.recording_rules().update(data).await.err();
    assert_eq!(error.and_then(|error| error.code()), Some(53120));
    let unknown = room.participant("bob").subscribe_rules().fetch().await;
    assert!(unknown.is_err_and(|error| error.is_not_found()));
    assert_eq!(sandbox.changes(), changes);
    Ok(())
}

#[tokio::test]
async fn an_invalid_number_of_rules_is_rejected_before_sending() -> Test {
    let (sandbox, client) = standup().await?;
    let room = client.room("standup");
    for count in [0, 21] {
        let recording = (0..count).fold(RecordingRuleList::new(), |rules, _| rules.include(Tracks::all()));
        let subscribe = (0..count).fold(SubscribeRuleList::new(), |rules, _| rules.include(Tracks::all()));
        let errors = [
            room.recording_rules().update(recording.clone()).await.err(),
            room.participant("alice").subscribe_rules().update(subscribe).await.err(),
            client.rooms().create().recording_rules(recording).await.err(),
        ];
        for error in errors.into_iter().map(|error| error.ok_or("no error")) {
            let error = error?;
            assert!(error.is_invalid_request(), "{error}");
            assert_eq!(error.to_string(), format!("there are {count} rules, but there must be 1 to 20"));
        }
    }
    assert_eq!(sandbox.requests(), 0);
    Ok(())
}

#[tokio::test]
async fn changed_rules_start_and_end_recordings_of_published_tracks() -> Test {
    let (sandbox, client) = standup().await?;
    client.rooms().create().unique_name("standup").await?;
    let (room, sid) = (client.room("standup"), client.room("standup").fetch().await?.sid);
    sandbox.join("standup", "alice")?;
    sandbox.publish("standup", "alice", TrackKind::Audio, "microphone")?;
    sandbox.publish("standup", "alice", TrackKind::Video, "camera")?;
    let of_sid = client.room(&sid);
    assert!(of_sid.recordings().list().collect().await?.is_empty(), "nothing is recorded by default");

    let set = room.recording_rules().update(RecordingRuleList::new().include(Tracks::all())).await?;
    assert_eq!(room.recording_rules().fetch().await?.rules, set.rules);
    assert_eq!(of_sid.recordings().list().status(RecordingStatus::Processing).collect().await?.len(), 2);
    sandbox.set_now(at(60));
    room.recording_rules().update(RecordingRuleList::new().include(Tracks::of_kind(Kind::Audio))).await?;
    let ended = of_sid.recordings().list().status(RecordingStatus::Completed).collect().await?;
    assert_eq!(
        ended.iter().map(|video| video.duration.map(|it| it.to_string())).collect::<Vec<_>>(),
        [Some("60s".into())]
    );
    room.recording_rules().update(RecordingRuleList::new().include(Tracks::all())).await?;
    assert_eq!(of_sid.recordings().list().collect().await?.len(), 3, "each start is another recording");

    client.room("standup").complete().await?;
    let late = of_sid.recording_rules().update(RecordingRuleList::new().exclude(Tracks::all())).await.err();
    assert_eq!(late.and_then(|error| error.code()), Some(53118));
    Ok(())
}
