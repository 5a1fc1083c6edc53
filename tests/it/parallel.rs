//! Parallel listings against the sandbox.

use std::time::Duration;

use chrono::{NaiveDate, TimeDelta};
use twilio_rooms::{Client, Error, Retry, Room, RoomStatus};
use twilio_rooms_sandbox::{Fault, Sandbox};

use crate::support::{Server, Test, client, client_of, start};

/// Lists the rooms with a status, sequentially and in parallel.
async fn list_both_ways(client: &Client, status: RoomStatus, page_size: u32) -> Result<(Vec<Room>, Vec<Room>), Error> {
    let list = client.rooms().list().status(status).page_size(page_size);
    Ok((list.clone().collect().await?, list.parallel(4).collect().await?))
}

#[tokio::test]
async fn a_parallel_listing_has_the_same_rooms_in_the_same_order() -> Test {
    let sandbox = start(Sandbox::builder().rooms(1000)).await?;
    let client = client_of(&sandbox).build()?;
    for page_size in [7, 50, 1000] {
        for status in [RoomStatus::Completed, RoomStatus::InProgress, RoomStatus::Failed] {
            let (sequential, parallel) = list_both_ways(&client, status, page_size).await?;
            assert!(sequential.len() > 10);
            assert_eq!(sequential, parallel);
        }
    }
    let list = client.rooms().list().any_status().page_size(20);
    let (all, mut unordered) = (list.clone().collect().await?, list.clone().parallel(3).unordered().collect().await?);
    assert_eq!(all, list.parallel(3).collect().await?);
    let position = |room: &Room| all.iter().position(|other| other.sid == room.sid);
    unordered.sort_by_key(position);
    assert_eq!(all, unordered);
    Ok(())
}

#[tokio::test]
async fn a_parallel_listing_respects_date_filters_and_limits() -> Test {
    let sandbox = start(Sandbox::builder().rooms(1000)).await?;
    let client = client_of(&sandbox).build()?;
    let day = NaiveDate::from_ymd_opt(2026, 10, 20).ok_or("no such day")?;
    let list = client.rooms().list().status(RoomStatus::Completed).page_size(5).created_on_or_after(day);
    let list = list.created_before(day + TimeDelta::days(4));
    let all = list.clone().collect().await?;
    assert!(all.len() > 30);
    assert_eq!(all, list.clone().parallel(8).collect().await?);
    for limit in [1, 5, 29] {
        let before = sandbox.requests();
        let some = list.clone().limit(limit).parallel(8).collect().await?;
        assert_eq!(some[..], all[..usize::try_from(limit)?]);
        assert!(sandbox.requests() - before <= 1 + limit.div_ceil(5) * 2, "limit {limit}");
    }
    Ok(())
}

#[tokio::test]
async fn a_parallel_listing_is_retried_and_its_error_has_no_resume_url() -> Test {
    let sandbox = start(Sandbox::builder().rooms(300)).await?;
    let client = client_of(&sandbox).retry(Retry::new().base_delay(Duration::ZERO)).build()?;
    let list = client.rooms().list().status("completed").page_size(10).parallel(4);
    sandbox.inject_times(Fault::Status(503), 2);
    let all = list.clone().collect().await?;
    assert!(all.len() > 100);

    let mut rooms = list.stream();
    let mut listed = Vec::new();
    for _ in 0..20 {
        listed.push(rooms.next().await.ok_or("expected more rooms")??);
    }
    sandbox.inject_always(Fault::Status(500));
    let error = loop {
        match rooms.next().await.ok_or("expected an error")? {
            Ok(room) => listed.push(room),
            Err(error) => break error,
        }
    };
    assert_eq!((error.status(), error.resume_url()), (Some(500), None));
    assert_eq!(listed[..], all[..listed.len()]);
    assert!(listed.len() < all.len() && rooms.next().await.is_none());
    Ok(())
}

#[tokio::test]
async fn invalid_parallel_listings_are_rejected_before_sending() -> Test {
    let server = Server::start([]).await?;
    for max_concurrent in [0, 65] {
        let error = client(&server)?.rooms().list().parallel(max_concurrent).collect().await.err().ok_or("no error")?;
        assert_eq!(error.to_string(), format!("parallel is {max_concurrent}, but must be from 1 to 64"));
    }
    let error = client(&server)?.rooms().list().parallel(2).page_size(0).collect().await.err().ok_or("no error")?;
    assert_eq!(error.to_string(), "page_size is 0, but must be from 1 to 1000");
    assert_eq!(server.seen().len(), 0);
    Ok(())
}

#[tokio::test]
async fn pages_of_a_parallel_listing_are_rejected_before_sending() -> Test {
    let server = Server::start([]).await?;
    let mut pages = client(&server)?.rooms().list().parallel(4).pages();
    let error = pages.next().await.and_then(Result::err).ok_or("no error")?;
    assert!(error.is_invalid_request());
    assert_eq!(error.to_string(), "`pages` cannot be combined with `parallel`: use `stream` or `collect`");
    assert!(pages.next().await.is_none());
    assert_eq!(server.seen().len(), 0);
    Ok(())
}

#[tokio::test]
async fn a_resumed_listing_is_read_sequentially() -> Test {
    let sandbox = start(Sandbox::builder().rooms(300)).await?;
    let client = client_of(&sandbox).build()?;
    let list = || client.rooms().list().status("completed").page_size(10);
    let first = list().send().await?;
    let url = first.next_page_url.ok_or("no next page")?;
    let mut rooms = list().resume(&url).parallel(4).stream();
    let next = rooms.next().await.ok_or("expected more rooms")??;
    assert!(rooms.next_page_url().is_some(), "a parallel listing has no URL to resume from");
    assert_eq!(list().resume(&url).send().await?.items.first(), Some(&next));
    Ok(())
}
