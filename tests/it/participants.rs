//! Participants of the sandbox: they come and go.

use std::time::{Duration, SystemTime};

use twilio_rooms::{ParticipantStatus, Retry, RoomStatus};
use twilio_rooms_sandbox::{Fault, Sandbox};

use crate::support::{Test, client_of, start};

/// A sandbox whose time stands still, with a room in progress called `standup`.
async fn standup() -> Result<(Sandbox, twilio_rooms::Client), Box<dyn std::error::Error>> {
    let builder = Sandbox::builder().rooms(0).now(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000));
    let sandbox = start(builder).await?;
    let client = client_of(&sandbox).retry(Retry::new().base_delay(Duration::ZERO)).build()?;
    client.rooms().create().unique_name("standup").max_participants(3).await?;
    Ok((sandbox, client))
}

#[tokio::test]
async fn who_is_in_a_room_is_listed_newest_first_and_page_by_page() -> Test {
    let (sandbox, client) = standup().await?;
    for identity in ["alice", "bob", "carol"] {
        sandbox.join("standup", identity)?;
    }
    assert!(sandbox.join("standup", "dave").is_err_and(|error| error.to_string().contains("full")));
    sandbox.leave("standup", "bob")?;
    let room = client.room("standup");
    let connected = room.participants().list().page_size(1).collect().await?;
    let identities: Vec<_> = connected.iter().filter_map(|participant| participant.identity.as_deref()).collect();
    assert_eq!(identities, ["carol", "alice"]);
    let bob = room.participants().list().identity("bob");
    assert!(bob.clone().collect().await?.is_empty(), "those who have left have to be asked for");
    let page = bob.status(ParticipantStatus::Disconnected).send().await?;
    assert_eq!(page.items.len(), 1);
    assert_eq!(page.meta.key.as_deref(), Some("participants"));
    Ok(())
}

#[tokio::test]
async fn a_participant_is_found_by_its_identity_until_it_has_left() -> Test {
    let (sandbox, client) = standup().await?;
    let sid = sandbox.join("standup", "alice")?;
    sandbox.set_now(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_090));
    let room = client.room("standup");
    assert_eq!(room.participant("alice").fetch().await?.sid.as_str(), sid);
    let gone = room.participant(&sid).disconnect().await?;
    assert_eq!(gone.duration.map(|duration| duration.to_string()).as_deref(), Some("90s"));
    assert!(room.participant("alice").fetch().await.is_err_and(|error| error.is_not_found()));
    assert!(room.participant("nobody").disconnect().await.is_err_and(|error| error.is_not_found()));
    let anonymous = room.participant(&sid).anonymize().await?;
    assert_eq!((anonymous.identity.as_deref(), anonymous.sid.as_str()), (Some(sid.as_str()), sid.as_str()));
    let changes = sandbox.changes();
    room.participant(&sid).disconnect().await?;
    room.participant(&sid).anonymize().await?;
    assert_eq!(sandbox.changes(), changes, "it was so already");
    Ok(())
}

#[tokio::test]
async fn an_identity_that_is_the_sid_of_another_is_no_name_of_the_other() -> Test {
    let (sandbox, client) = standup().await?;
    let alice = sandbox.join("standup", "alice")?;
    let mallory = sandbox.join("standup", &alice)?;
    let participants = client.room("standup").participants().list().collect().await?;
    let sids: Vec<_> = participants.iter().map(|participant| participant.sid.as_str()).collect();
    assert_eq!(sids, [mallory.as_str(), alice.as_str()], "alice is still there");
    let found = client.room("standup").participant(&alice).fetch().await?;
    assert_eq!((found.sid.as_str(), found.identity.as_deref()), (alice.as_str(), Some("alice")));
    sandbox.leave("standup", &alice)?;
    let left = client.room("standup").participants().list().collect().await?;
    assert_eq!(left.iter().map(|participant| participant.sid.as_str()).collect::<Vec<_>>(), [mallory.as_str()]);
    Ok(())
}

#[tokio::test]
async fn nobody_joins_under_an_identity_that_the_service_refuses() -> Test {
    let (sandbox, client) = standup().await?;
    for identity in ["", &"é".repeat(129)] {
        let refused = sandbox.join("standup", identity);
        assert!(refused.is_err_and(|error| error.to_string().contains("an identity has 1 to 128 characters")));
    }
    sandbox.join("standup", &"é".repeat(128))?;
    assert_eq!(client.room("standup").participants().list().collect().await?.len(), 1);
    Ok(())
}

#[tokio::test]
async fn everybody_leaves_when_the_room_is_completed() -> Test {
    let (sandbox, client) = standup().await?;
    let (alice, room) = (sandbox.join("standup", "alice")?, client.room("standup").fetch().await?);
    let second = sandbox.join("standup", "alice")?;
    assert_ne!(alice, second, "whoever is there under the identity leaves");
    assert_eq!(client.room("standup").complete().await?.status, Some(RoomStatus::Completed));
    let participants = client.room(&room.sid).participants().list().collect().await?;
    assert_eq!(participants.len(), 2);
    assert!(participants.iter().all(|participant| participant.status == Some(ParticipantStatus::Disconnected)));
    assert!(sandbox.join(room.sid.as_str(), "bob").is_err());
    Ok(())
}

#[tokio::test]
async fn a_disconnection_whose_answer_is_lost_is_sent_again_by_sid_only() -> Test {
    let (sandbox, client) = standup().await?;
    let sid = sandbox.join("standup", "alice")?;
    sandbox.inject(Fault::Status(503));
    let gone = client.room("standup").participant(&sid).disconnect().response().await?;
    assert_eq!((gone.attempts(), gone.value().status.clone()), (2, Some(ParticipantStatus::Disconnected)));
    sandbox.join("standup", "alice")?;
    sandbox.inject(Fault::Status(503));
    let error = client.room("standup").participant("alice").disconnect().await.err().ok_or("it was sent again")?;
    assert!(error.is_outcome_unknown());
    Ok(())
}
