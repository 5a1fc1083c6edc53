//! Changes between two pages of the sandbox: the next page continues after the last item, even if that item is gone.

use twilio_rooms::RecordingStatus;
use twilio_rooms_sandbox::TrackKind;

use crate::support::{Test, standup};

/// Collects the values of a field on a page.
macro_rules! values {
    ($page:expr, $field:ident) => {
        $page.items.iter().filter_map(|item| item.$field.as_deref()).collect::<Vec<_>>()
    };
}

#[tokio::test]
async fn a_participant_that_leaves_between_pages_hides_no_other() -> Test {
    let (sandbox, client) = standup().await?;
    client.rooms().create().unique_name("standup").await?;
    for identity in ["alice", "bob", "carol", "dave"] {
        sandbox.join("standup", identity)?;
    }
    let list = || client.room("standup").participants().list().page_size(2);
    let first = list().send().await?;
    assert_eq!(values!(first, identity), ["dave", "carol"]);
    sandbox.leave("standup", "carol")?;
    sandbox.join("standup", "erin")?;
    let second = list().resume(first.meta.next_page_url.ok_or("no next page")?).send().await?;
    assert_eq!(values!(second, identity), ["bob", "alice"]);
    sandbox.leave("standup", "bob")?;
    let before = list().resume(second.meta.previous_page_url.ok_or("no previous page")?).send().await?;
    assert_eq!(values!(before, identity), ["erin", "dave"]);
    Ok(())
}

#[tokio::test]
async fn a_track_that_is_unpublished_between_pages_hides_no_other() -> Test {
    let (sandbox, client) = standup().await?;
    client.rooms().create().unique_name("standup").await?;
    for identity in ["alice", "bob", "carol"] {
        sandbox.join("standup", identity)?;
    }
    for (publisher, name) in [("alice", "microphone"), ("carol", "camera"), ("alice", "screen"), ("carol", "chat")] {
        sandbox.publish("standup", publisher, TrackKind::Data, name)?;
    }
    let published = || client.room("standup").participant("alice").published_tracks().list().page_size(1);
    let subscribed = || client.room("standup").participant("bob").subscribed_tracks().list().page_size(2);
    let (of_alice, of_bob) = (published().send().await?, subscribed().send().await?);
    assert_eq!((values!(of_alice, name), values!(of_bob, name)), (vec!["screen"], vec!["chat", "screen"]));
    sandbox.unpublish("standup", "alice", "screen")?;
    sandbox.publish("standup", "alice", TrackKind::Data, "screen")?;
    let of_alice = published().resume(of_alice.meta.next_page_url.ok_or("no next page")?).send().await?;
    assert_eq!(values!(of_alice, name), ["microphone"]);
    let of_bob = subscribed().resume(of_bob.meta.next_page_url.ok_or("no next page")?).send().await?;
    assert_eq!(values!(of_bob, name), ["camera", "microphone"]);
    sandbox.leave("standup", "carol")?;
    let before = subscribed().resume(of_bob.meta.previous_page_url.ok_or("no previous page")?).send().await?;
    assert_eq!(values!(before, name), ["screen"]);
    Ok(())
}

#[tokio::test]
async fn a_recording_that_ends_between_pages_hides_no_other() -> Test {
    let (sandbox, client) = standup().await?;
    let sid = client.rooms().create().unique_name("standup").record_participants_on_connect(true).await?.sid;
    sandbox.join("standup", "alice")?;
    for name in ["microphone", "camera", "screen"] {
        sandbox.publish("standup", "alice", TrackKind::Data, name)?;
    }
    let list = || client.room(&sid).recordings().list().status(RecordingStatus::Processing).page_size(1);
    let first = list().send().await?;
    assert_eq!(values!(first, track_name), ["screen"]);
    for name in ["screen", "camera"] {
        sandbox.unpublish("standup", "alice", name)?;
    }
    let second = list().resume(first.meta.next_page_url.ok_or("no next page")?).send().await?;
    assert_eq!((values!(second, track_name), second.meta.next_page_url), (vec!["microphone"], None));
    Ok(())
}
