//! The client against the sandbox, over real HTTP.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use twilio_rooms::http::Method;
use twilio_rooms::{Client, Credentials, RecordingRuleList, Retry, RoomStatus, SubscribeRuleList, Tracks};
use twilio_rooms_sandbox::Sandbox;

use crate::support::{Test, client_of, standup, start};

fn client(sandbox: &Sandbox) -> Result<Client, twilio_rooms::Error> {
    client_of(sandbox).retry(Retry::none()).build()
}

#[tokio::test]
async fn every_room_is_listed_once_for_any_page_size() -> Test {
    let sandbox = start(Sandbox::builder().rooms(120)).await?;
    let client = client(&sandbox)?;
    for page_size in [1, 7, 50, 1000] {
        let rooms = client.rooms().list().any_status().page_size(page_size).collect().await?;
        let sids: HashSet<&str> = rooms.iter().map(|room| room.sid.as_str()).collect();
        assert_eq!((rooms.len(), sids.len()), (120, 120), "pages of {page_size}");
    }
    Ok(())
}

#[tokio::test]
async fn rooms_in_progress_are_listed_unless_a_status_is_requested() -> Test {
    let sandbox = start(Sandbox::builder().rooms(60)).await?;
    let client = client(&sandbox)?;
    let plain = client.rooms().list().collect().await?;
    assert!(!plain.is_empty() && plain.iter().all(|room| room.status == Some(RoomStatus::InProgress)));
    let mut all = plain.len();
    for status in [RoomStatus::Completed, RoomStatus::Failed] {
        let rooms = client.rooms().list().status(status.clone()).collect().await?;
        assert!(rooms.iter().all(|room| room.status.as_ref() == Some(&status)));
        all += rooms.len();
    }
    assert_eq!(all, 60);
    Ok(())
}

#[tokio::test]
async fn a_listing_is_filtered_by_date_and_unique_name() -> Test {
    let sandbox = start(Sandbox::builder().rooms(60)).await?;
    let client = client(&sandbox)?;
    let all = client.rooms().list().any_status().collect().await?;
    let middle = all.get(30).and_then(|room| room.date_created).ok_or("no date")?;
    let after = client.rooms().list().any_status().created_on_or_after(middle).collect().await?;
    let before = client.rooms().list().any_status().created_before(middle).collect().await?;
    assert!(after.iter().all(|room| room.date_created >= Some(middle)));
    assert!(before.iter().all(|room| room.date_created < Some(middle)));
    assert_eq!(after.len() + before.len(), 60);

    let name = all.iter().find_map(|room| room.unique_name.clone()).ok_or("no name")?;
    let named = client.rooms().list().any_status().unique_name(&name).collect().await?;
    let expected = all.iter().filter(|room| room.unique_name.as_ref() == Some(&name)).count();
    assert_eq!(named.len(), expected);
    Ok(())
}

#[tokio::test]
async fn wrong_credentials_are_refused_with_the_error_of_the_service() -> Test {
    let sandbox = start(Sandbox::builder()).await?;
    let wrong = Credentials::account(sandbox.account_sid(), "wrong");
    let client = Client::builder().credentials(wrong).base_url(sandbox.url()).build()?;
    let error = client.rooms().list().send().await.err().ok_or("no error")?;
    assert!(error.is_unauthorized());
    assert_eq!(error.code(), Some(20003));
    let key = Credentials::api_key(sandbox.api_key(), sandbox.api_secret());
    Client::builder().credentials(key).base_url(sandbox.url()).build()?.rooms().list().send().await?;
    Ok(())
}

#[tokio::test]
async fn a_listing_of_twenty_thousand_rooms_takes_twenty_requests() -> Test {
    let sandbox = start(Sandbox::builder().rooms(20_000)).await?;
    let client = client(&sandbox)?;
    let completed = client.rooms().list().status(RoomStatus::Completed).collect().await?.len();
    assert_eq!(sandbox.requests(), u64::try_from(completed.div_ceil(1000))?);
    Ok(())
}

#[tokio::test]
async fn rooms_can_all_be_completed_spread_over_a_year_and_served_with_latency() -> Test {
    let (year, latency) = (Duration::from_secs(365 * 86_400), Duration::from_millis(5));
    let sandbox = start(Sandbox::builder().rooms(365).all_completed().spread_over(year).latency(latency)).await?;
    let client = client(&sandbox)?;
    let began = Instant::now();
    let rooms = client.rooms().list().status(RoomStatus::Completed).collect().await?;
    assert!(began.elapsed() >= latency);
    let days: HashSet<_> = rooms.iter().filter_map(|room| room.date_created).map(|when| when.date_naive()).collect();
    assert_eq!((rooms.len(), days.len()), (365, 365), "one room a day");
    assert!(client.rooms().list().collect().await?.is_empty(), "no room is in progress");
    Ok(())
}

#[tokio::test]
async fn a_room_is_not_found_by_a_name_with_a_slash() -> Test {
    let (_sandbox, client) = standup().await?;
    let room = client.rooms().create().unique_name("a/b").await?;
    assert!(client.room("a/b").fetch().await.is_err_and(|error| error.is_not_found()));
    assert_eq!(client.room(&room.sid).fetch().await?.unique_name.as_deref(), Some("a/b"));
    Ok(())
}

#[tokio::test]
async fn updates_have_the_statuses_of_the_service() -> Test {
    let (sandbox, client) = standup().await?;
    let sid = client.rooms().create().await?.sid;
    let alice = sandbox.join(sid.as_str(), "alice")?;
    let room = client.room(&sid);
    let rules = RecordingRuleList::new().include(Tracks::all());
    assert_eq!(room.recording_rules().update(rules).response().await?.status(), 200);
    let rules = SubscribeRuleList::new().include(Tracks::all());
    assert_eq!(room.participant(&alice).subscribe_rules().update(rules).response().await?.status(), 200);
    sandbox.leave(sid.as_str(), "alice")?;
    assert_eq!(room.participant(&alice).anonymize().response().await?.status(), 200);
    let transcription = room.transcriptions().create().response().await?;
    assert_eq!(transcription.status(), 202);
    let path = format!("/v1/Rooms/{sid}/Transcriptions/{}", transcription.value().ttid.as_str());
    for path in [path, format!("/v1/Rooms/{sid}")] {
        let error = client.request(Method::POST, path).form([("", ""); 0]).send().await.err().ok_or("no error")?;
        assert_eq!(error.status(), Some(400));
    }
    Ok(())
}
