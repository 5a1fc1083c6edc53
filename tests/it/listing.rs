//! Listings: streams, pages, limits, and guards against endless listings.

use futures_util::{StreamExt, TryStreamExt};
use twilio_rooms::{Error, Room};

use crate::support::{Reply, Server, Test, client, page};

/// Starts a server with these pages of rooms, each of which points to the next.
async fn pages(pages: &[&[usize]]) -> std::io::Result<Server> {
    let server = Server::start([]).await?;
    for (index, rooms) in pages.iter().enumerate() {
        let next = (index + 1 < pages.len()).then(|| format!("{}/v1/Rooms?PageToken=PT{}", server.url(), index + 1));
        server.then(Reply::json(200, &page(rooms.iter().copied(), next.as_deref())));
    }
    Ok(server)
}

fn numbers(rooms: &[Room]) -> Vec<usize> {
    rooms.iter().filter_map(|room| room.sid.as_str().trim_start_matches("RM").parse().ok()).collect()
}

#[tokio::test]
async fn a_stream_reads_all_pages_including_empty_and_short_ones() -> Test {
    let server = pages(&[&[1, 2], &[], &[3], &[]]).await?;
    let rooms: Vec<Room> = client(&server)?.rooms().list().stream().try_collect().await?;
    assert_eq!(numbers(&rooms), [1, 2, 3]);
    insta::assert_json_snapshot!("requests_of_a_stream", server.targets());
    Ok(())
}

#[tokio::test]
async fn nothing_is_sent_before_a_stream_is_read() -> Test {
    let server = pages(&[&[1], &[2]]).await?;
    let mut stream = client(&server)?.rooms().list().stream();
    assert_eq!(server.seen().len(), 0);
    assert!(stream.next().await.is_some_and(|room| room.is_ok()));
    assert_eq!(server.seen().len(), 1);
    Ok(())
}

#[tokio::test]
async fn a_limit_can_end_within_a_page_and_determines_the_page_size() -> Test {
    for (limit, count, requests) in [(0, 0, 0), (1, 1, 1), (2, 2, 1), (3, 3, 2), (4, 4, 2), (5, 5, 3), (9, 5, 3)] {
        let server = pages(&[&[1, 2], &[3, 4], &[5]]).await?;
        let rooms = client(&server)?.rooms().list().limit(limit).collect().await?;
        assert_eq!(numbers(&rooms), (1..=count).collect::<Vec<_>>(), "limit {limit}");
        assert_eq!(server.seen().len(), requests, "limit {limit}");
        let first = server.targets().into_iter().next();
        assert_eq!(first, (limit > 0).then(|| format!("/v1/Rooms?PageSize={limit}")));
    }
    Ok(())
}

#[tokio::test]
async fn an_explicit_page_size_overrides_the_limit() -> Test {
    let server = pages(&[&[1, 2, 3]]).await?;
    let page = client(&server)?.rooms().list().page_size(50).limit(2).send().await?;
    assert_eq!(numbers(&page.items), [1, 2]);
    assert_eq!(server.targets(), ["/v1/Rooms?PageSize=50"]);
    let large = pages(&[&[1]]).await?;
    client(&large)?.rooms().list().limit(u64::MAX).collect().await?;
    assert_eq!(large.targets(), ["/v1/Rooms?PageSize=1000"]);
    Ok(())
}

#[tokio::test]
async fn a_listing_resumes_at_a_stored_url() -> Test {
    let server = pages(&[&[1], &[2], &[3]]).await?;
    let first = client(&server)?.rooms().list().send().await?;
    let stored = first.next_page_url.ok_or("no next page")?;
    let mut rest = client(&server)?.rooms().list().resume(&stored).stream();
    assert_eq!(rest.next_page_url(), None);
    assert!(rest.next().await.is_some_and(|room| room.is_ok()));
    assert_eq!(rest.next_page_url(), Some(format!("{}/v1/Rooms?PageToken=PT2", server.url()).as_str()));
    assert_eq!(rest.count().await, 1);
    assert_eq!(server.targets(), ["/v1/Rooms?PageSize=1000", "/v1/Rooms?PageToken=PT1", "/v1/Rooms?PageToken=PT2"]);
    Ok(())
}

#[tokio::test]
async fn an_error_follows_all_items_before_it_and_ends_the_stream() -> Test {
    let server = Server::start([]).await?;
    let next = format!("{}/v1/Rooms?PageToken=PT1", server.url());
    server.then(Reply::json(200, &page([1, 2], Some(&next))));
    server.then(Reply::new(500, ""));
    server.then(Reply::json(200, &page([3], None)));
    let results: Vec<Result<Room, Error>> = client(&server)?.rooms().list().stream().collect().await;
    let successes: Vec<bool> = results.iter().map(Result::is_ok).collect();
    assert_eq!(successes, [true, true, false]);
    assert_eq!(server.seen().len(), 2);
    Ok(())
}

#[tokio::test]
async fn a_next_page_on_another_origin_is_an_error_and_is_not_requested() -> Test {
    let elsewhere = Server::start([]).await?;
    let mut messages = Vec::new();
    for next in [
        format!("{}/v1/Rooms?PageToken=PT1", elsewhere.url()),
        "https://evil.example/v1/Rooms".to_owned(),
        "/v1/Rooms?PageToken=PT1".to_owned(),
        "http://[".to_owned(),
    ] {
        let server = Server::start([Reply::json(200, &page([1], Some(&next)))]).await?;
        let mut stream = client(&server)?.rooms().list().stream();
        assert!(stream.next().await.is_some_and(|room| room.is_ok()));
        let error = stream.next().await.and_then(Result::err).ok_or("no error")?;
        assert!(error.is_paging() && !error.is_retryable());
        assert!(stream.next().await.is_none());
        assert_eq!(server.seen().len(), 1);
        let message = error.to_string().replace(server.url(), "[server]").replace(elsewhere.url(), "[elsewhere]");
        messages.push(message);
    }
    assert_eq!(elsewhere.seen().len(), 0);
    insta::assert_snapshot!("rejected_next_pages", messages.join("\n"));
    Ok(())
}

#[tokio::test]
async fn a_listing_that_repeats_is_an_error() -> Test {
    for length in [1, 2, 5] {
        let server = Server::start([]).await?;
        let url = |index: usize| format!("{}/v1/Rooms?PageToken=PT{}", server.url(), index % length);
        for index in 0..=length {
            server.then(Reply::json(200, &page([index], Some(&url(index)))));
        }
        let results: Vec<Result<Room, Error>> = client(&server)?.rooms().list().stream().collect().await;
        assert_eq!(results.len(), length + 2);
        assert!(results.last().is_some_and(|last| last.as_ref().is_err_and(Error::is_paging)));
        assert_eq!(server.seen().len(), length + 1);
    }
    Ok(())
}

#[tokio::test]
async fn any_status_is_three_listings_and_a_room_that_ends_meanwhile_is_listed_once() -> Test {
    let server = Server::start([
        Reply::json(200, &page([5, 4], None)),
        Reply::json(200, &page([5, 3], None)),
        Reply::json(200, &page([2], None)),
    ])
    .await?;
    let rooms = client(&server)?.rooms().list().any_status().unique_name("standup").collect().await?;
    assert_eq!(numbers(&rooms), [5, 4, 3, 2]);
    insta::assert_json_snapshot!("requests_for_any_status", server.targets());
    Ok(())
}

#[tokio::test]
async fn resuming_any_status_continues_with_the_remaining_statuses() -> Test {
    for (query, statuses) in [
        ("PageToken=PT1", vec!["completed", "failed"]),
        ("Status=in-progress&PageToken=PT1", vec!["completed", "failed"]),
        ("Status=completed&PageToken=PT1", vec!["failed"]),
        ("PageToken=PT1&Status=failed", vec![]),
        ("Status=paused", vec![]),
    ] {
        let server = Server::start((0..3).map(|number| Reply::json(200, &page([number], None)))).await?;
        let url = format!("{}/v1/Rooms?{query}", server.url());
        client(&server)?.rooms().list().any_status().resume(url).collect().await?;
        let rest = statuses.iter().map(|status| format!("/v1/Rooms?PageSize=1000&Status={status}"));
        let expected: Vec<String> = std::iter::once(format!("/v1/Rooms?{query}")).chain(rest).collect();
        assert_eq!(server.targets(), expected);
    }
    Ok(())
}
