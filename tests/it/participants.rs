//! Participants of the sandbox: joining, leaving, listing.

use std::time::{Duration, SystemTime};

use twilio_rooms::{ParticipantStatus, Retry, RoomStatus};
use twilio_rooms_sandbox::{Fault, Sandbox};

use crate::support::{Test, client_of, start};

/// Starts a sandbox with a stopped clock and a room in progress named `standup`.
async fn standup() -> Result<(Sandbox, twilio_rooms::Client), Box<dyn std::error::Error>> {
    let builder = Sandbox::builder().rooms(0).now(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000));
    let sandbox = start(builder).await?;
    let client = client_of(&sandbox).retry(Retry::new().base_delay(Duration::ZERO)).build()?;
    client.rooms().create().unique_name("standup").max_participants(3).await?;
    Ok((sandbox, client))
}

#[tokio::test]
async fn participants_are_listed_newest_first_and_in_pages() -> Test {
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
    assert!(bob.clone().collect().await?.is_empty(), "disconnected participants are listed only with a status");
    let page = bob.status(ParticipantStatus::Disconnected).send().await?;
    assert_eq!(page.items.len(), 1);
    assert_eq!(page.meta.key.as_deref(), Some("participants"));
    Ok(())
}

#[tokio::test]
async fn a_participant_is_found_by_its_identity_while_connected() -> Test {
    let (sandbox, client) = standup().await?;
    let sid = sandbox.join("standup", "alice")?;
    sandbox.set_now(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_090));
    let room = client.room("standup");
    assert_eq!(room.participant("alice").fetch().await?.sid.as_str(), sid);
    let disconnected = room.participant(&sid).disconnect().await?;
    assert_eq!(disconnected.duration.map(|duration| duration.to_string()).as_deref(), Some("90s"));
    assert!(room.participant("alice").fetch().await.is_err_and(|error| error.is_not_found()));
    assert!(room.participant("nobody").disconnect().await.is_err_and(|error| error.is_not_found()));
    let anonymous = room.participant(&sid).anonymize().await?;
    assert_eq!((anonymous.identity.as_deref(), anonymous.sid.as_str()), (Some(sid.as_str()), sid.as_str()));
    let changes = sandbox.changes();
    room.participant(&sid).disconnect().await?;
    room.participant(&sid).anonymize().await?;
    assert_eq!(sandbox.changes(), changes, "nothing changed");
    Ok(())
}

#[tokio::test]
async fn an_identity_equal_to_the_sid_of_another_participant_does_not_shadow_it() -> Test {
    let (sandbox, client) = standup().await?;
    let alice = sandbox.join("standup", "alice")?;
    let mallory = sandbox.join("standup", &alice)?;
    let participants = client.room("standup").participants().list().collect().await?;
    let sids: Vec<_> = participants.iter().map(|participant| participant.sid.as_str()).collect();
    assert_eq!(sids, [mallory.as_str(), alice.as_str()], "alice is still connected");
    let found = client.room("standup").participant(&alice).fetch().await?;
    assert_eq!((found.sid.as_str(), found.identity.as_deref()), (alice.as_str(), Some("alice")));
    sandbox.leave("standup", &alice)?;
    let left = client.room("standup").participants().list().collect().await?;
    assert_eq!(left.iter().map(|participant| participant.sid.as_str()).collect::<Vec<_>>(), [mallory.as_str()]);
    Ok(())
}

#[tokio::test]
async fn joining_with_an_invalid_identity_fails() -> Test {
    let (sandbox, client) = standup().await?;
    for identity in ["", &"é".repeat(129)] {
        let result = sandbox.join("standup", identity);
        assert!(result.is_err_and(|error| error.to_string().contains("an identity has 1 to 128 characters")));
    }
    sandbox.join("standup", &"é".repeat(128))?;
    assert_eq!(client.room("standup").participants().list().collect().await?.len(), 1);
    Ok(())
}

#[tokio::test]
async fn completing_a_room_disconnects_all_participants() -> Test {
    let (sandbox, client) = standup().await?;
    let (alice, room) = (sandbox.join("standup", "alice")?, client.room("standup").fetch().await?);
    let second = sandbox.join("standup", "alice")?;
    assert_ne!(alice, second, "joining under the same identity disconnects the earlier participant");
    assert_eq!(client.room("standup").complete().await?.status, Some(RoomStatus::Completed));
    let participants = client.room(&room.sid).participants().list().collect().await?;
    assert_eq!(participants.len(), 2);
    assert!(participants.iter().all(|participant| participant.status == Some(ParticipantStatus::Disconnected)));
    assert!(sandbox.join(room.sid.as_str(), "bob").is_err());
    Ok(())
}

#[tokio::test]
async fn a_disconnection_with_a_lost_response_is_retried_only_by_sid() -> Test {
    let (sandbox, client) = standup().await?;
    let sid = sandbox.join("standup", "alice")?;
    sandbox.inject(Fault::Status(503));
    let disconnected = client.room("standup").participant(&sid).disconnect().response().await?;
    assert_eq!(
        (disconnected.attempts(), disconnected.value().status.clone()),
        (2, Some(ParticipantStatus::Disconnected))
    );
    sandbox.join("standup", "alice")?;
    sandbox.inject(Fault::Status(503));
    let error = client.room("standup").participant("alice").disconnect().await.err().ok_or("it was retried")?;
    assert!(error.is_outcome_unknown());
    Ok(())
}
