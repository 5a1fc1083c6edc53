//! Pages that are read while others are used: the next one, and spans of time in parallel.

use std::time::Duration;

use chrono::{NaiveDate, TimeDelta};
use futures_util::TryStreamExt;
use twilio_rooms::{Client, Error, Retry, Room, RoomStatus};
use twilio_rooms_sandbox::{Fault, Sandbox};

use crate::support::{Clock, Reply, Server, Test, client, client_of, page, start};

/// Lets everything else of this thread have its turn until so many requests have come.
async fn until_seen(server: &Server, requests: usize) -> Test {
    let seen = async {
        while server.seen().len() < requests {
            tokio::task::yield_now().await;
        }
    };
    Ok(tokio::time::timeout(Duration::from_secs(60), seen).await?)
}

async fn two_pages() -> std::io::Result<Server> {
    let server = Server::start([]).await?;
    let next = format!("{}/v1/Rooms?PageToken=PT1", server.url());
    server.then(Reply::json(200, &page([1, 2], Some(&next))));
    server.then(Reply::json(200, &page([3], None)));
    Ok(server)
}

#[tokio::test]
async fn the_next_page_is_requested_while_one_is_used() -> Test {
    let server = two_pages().await?;
    let mut rooms = client(&server)?.rooms().list().stream();
    assert!(rooms.next().await.is_some_and(|room| room.is_ok()));
    until_seen(&server, 2).await?;
    assert_eq!(rooms.try_collect::<Vec<Room>>().await?.len(), 2);
    assert_eq!(server.seen().len(), 2);
    Ok(())
}

#[tokio::test]
async fn a_page_is_requested_when_the_one_before_it_is_used_up_if_that_is_wanted() -> Test {
    let server = two_pages().await?;
    let mut rooms = client(&server)?.rooms().list().read_ahead(false).stream();
    for requests in [1, 1, 2] {
        assert!(rooms.next().await.is_some_and(|room| room.is_ok()));
        // Whatever was under way would have come by the time that another request has been answered.
        client(&server)?.room("other").fetch().await.err().ok_or("there is no such room")?;
        let of_pages = server.targets().iter().filter(|target| target.starts_with("/v1/Rooms?")).count();
        assert_eq!(of_pages, requests);
        server.then(Reply::json(200, &page([3], None)));
    }
    Ok(())
}

#[tokio::test]
async fn a_page_that_is_read_ahead_is_cancelled_with_its_stream() -> Test {
    let sandbox = start(Sandbox::builder().rooms(0)).await?;
    let client = client_of(&sandbox).max_concurrent_requests(1).build()?;
    for name in ["one", "two"] {
        client.rooms().create().unique_name(name).await?;
    }
    let mut rooms = client.rooms().list().page_size(1).stream();
    sandbox.inject(Fault::WrongContentType);
    sandbox.inject(Fault::StallBeforeHeaders);
    assert!(rooms.next().await.is_some_and(|room| room.is_ok()));
    sandbox.stalled().await;
    drop(rooms);
    // There is room for one request at a time, so this one could not be sent before the other has ended.
    assert_eq!(client.room("one").fetch().await?.unique_name.as_deref(), Some("one"));
    Ok(())
}

/// All rooms of the sandbox with a status, as they are given one after another, and in parallel.
async fn both(client: &Client, status: RoomStatus, page_size: u32) -> Result<(Vec<Room>, Vec<Room>), Error> {
    let list = client.rooms().list().status(status).page_size(page_size);
    Ok((list.clone().collect().await?, list.parallel(4).collect().await?))
}

#[tokio::test]
async fn rooms_read_in_parallel_are_the_same_in_the_same_order() -> Test {
    let sandbox = start(Sandbox::builder().rooms(1000)).await?;
    let client = client_of(&sandbox).build()?;
    for page_size in [7, 50, 1000] {
        for status in [RoomStatus::Completed, RoomStatus::InProgress, RoomStatus::Failed] {
            let (one_by_one, in_parallel) = both(&client, status, page_size).await?;
            assert!(one_by_one.len() > 10);
            assert_eq!(one_by_one, in_parallel);
        }
    }
    let list = client.rooms().list().any_status().page_size(20);
    let (all, mut in_any_order) =
        (list.clone().collect().await?, list.clone().parallel(3).unordered().collect().await?);
    assert_eq!(all, list.parallel(3).collect().await?);
    let position = |room: &Room| all.iter().position(|other| other.sid == room.sid);
    in_any_order.sort_by_key(position);
    assert_eq!(all, in_any_order);
    Ok(())
}

#[tokio::test]
async fn a_range_and_a_limit_hold_for_what_is_read_in_parallel() -> Test {
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
async fn what_is_read_in_parallel_is_tried_again_and_ends_with_an_error_that_names_no_page() -> Test {
    let sandbox = start(Sandbox::builder().rooms(300)).await?;
    let client = client_of(&sandbox).retry(Retry::new().base_delay(Duration::ZERO)).build()?;
    let list = client.rooms().list().status("completed").page_size(10).parallel(4);
    sandbox.inject_times(Fault::Status(503), 2);
    let all = list.clone().collect().await?;
    assert!(all.len() > 100);

    let mut rooms = list.stream();
    let mut given = Vec::new();
    for _ in 0..20 {
        given.push(rooms.next().await.ok_or("there is more")??);
    }
    sandbox.inject_always(Fault::Status(500));
    let error = loop {
        match rooms.next().await.ok_or("it is to fail")? {
            Ok(room) => given.push(room),
            Err(error) => break error,
        }
    };
    assert_eq!((error.status(), error.resume_url()), (Some(500), None));
    assert_eq!(given[..], all[..given.len()]);
    assert!(given.len() < all.len() && rooms.next().await.is_none());
    Ok(())
}

#[tokio::test]
async fn how_many_are_read_at_once_is_checked_before_anything_is_sent() -> Test {
    let server = Server::start([]).await?;
    for at_once in [0, 65] {
        let error = client(&server)?.rooms().list().parallel(at_once).collect().await.err().ok_or("it was sent")?;
        assert_eq!(error.to_string(), format!("parallel is {at_once}, but must be from 1 to 64"));
    }
    let error = client(&server)?.rooms().list().parallel(2).page_size(0).collect().await.err().ok_or("it was sent")?;
    assert_eq!(error.to_string(), "page_size is 0, but must be from 1 to 1000");
    assert_eq!(server.seen().len(), 0);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_page_whose_time_ran_out_while_the_one_before_was_used_is_read_once_more() -> Test {
    let clock = Clock::default();
    clock.hold();
    let sandbox = start(Sandbox::builder().rooms(0)).await?;
    let client = client_of(&sandbox).retry(Retry::none()).deadline(Duration::from_secs(40)).build()?;
    for name in ["one", "two", "three"] {
        client.rooms().create().unique_name(name).await?;
    }
    let mut rooms = client.rooms().list().page_size(1).stream();
    let mut names = Vec::new();
    while let Some(room) = rooms.next().await {
        names.push(room?.unique_name.unwrap_or_default());
        // Nothing else has had its turn in all that time.
        tokio::time::advance(Duration::from_secs(60)).await;
    }
    assert_eq!(names, ["three", "two", "one"]);
    Ok(())
}
