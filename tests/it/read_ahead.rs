//! Read-ahead: the next page is fetched while the current one is in use.

use std::time::Duration;

use futures_util::TryStreamExt;
use twilio_rooms::{Retry, Room};
use twilio_rooms_sandbox::{Fault, Sandbox};

use crate::support::{Clock, Reply, Server, Test, client, client_of, page, start};

/// Yields to the other tasks of this thread until the server has seen this many requests.
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
async fn the_next_page_is_requested_while_the_current_one_is_in_use() -> Test {
    let server = two_pages().await?;
    let mut rooms = client(&server)?.rooms().list().stream();
    assert!(rooms.next().await.is_some_and(|room| room.is_ok()));
    until_seen(&server, 2).await?;
    assert_eq!(rooms.try_collect::<Vec<Room>>().await?.len(), 2);
    assert_eq!(server.seen().len(), 2);
    Ok(())
}

#[tokio::test]
async fn without_read_ahead_a_page_is_requested_after_the_previous_one_is_used_up() -> Test {
    let server = two_pages().await?;
    let mut rooms = client(&server)?.rooms().list().read_ahead(false).stream();
    for requests in [1, 1, 2] {
        assert!(rooms.next().await.is_some_and(|room| room.is_ok()));
        // A page request that was in flight would have arrived before the response to this request.
        client(&server)?.room("other").fetch().await.err().ok_or("there is no such room")?;
        let of_pages = server.targets().iter().filter(|target| target.starts_with("/v1/Rooms?")).count();
        assert_eq!(of_pages, requests);
        server.then(Reply::json(200, &page([3], None)));
    }
    Ok(())
}

#[tokio::test]
async fn dropping_a_stream_cancels_its_read_ahead() -> Test {
    let sandbox = start(Sandbox::builder().rooms(0)).await?;
    let client = client_of(&sandbox).max_concurrent_requests(1).build()?;
    for name in ["one", "two"] {
        client.rooms().create().unique_name(name).await?;
    }
    let mut rooms = client.rooms().list().page_size(1).stream();
    sandbox.inject(Fault::WrongContentType);
    sandbox.inject(Fault::StallBeforeHeaders);
    assert!(rooms.next().await.is_some_and(|room| room.is_ok()));
    sandbox.wait_for_stall().await;
    drop(rooms);
    // Only one request may run at a time, so this one needs the other to have ended.
    assert_eq!(client.room("one").fetch().await?.unique_name.as_deref(), Some("one"));
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_page_that_times_out_while_the_previous_one_is_in_use_is_requested_again() -> Test {
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
        // No other task runs during this time.
        tokio::time::advance(Duration::from_secs(60)).await;
    }
    assert_eq!(names, ["three", "two", "one"]);
    Ok(())
}
