//! The stream of pages.

use futures_util::TryStreamExt;
use twilio_rooms::{Error, Page, Pages, Room};

use crate::support::{Reply, Server, Test, client, page};

/// Starts a server with these pages of rooms, each of which points to the next.
async fn server_with(pages: &[&[usize]]) -> std::io::Result<Server> {
    let server = Server::start([]).await?;
    for (index, rooms) in pages.iter().enumerate() {
        let next = (index + 1 < pages.len()).then(|| format!("{}/v1/Rooms?PageToken=PT{}", server.url(), index + 1));
        server.then(Reply::json(200, &page(rooms.iter().copied(), next.as_deref())));
    }
    Ok(server)
}

/// Collects the numbers of the rooms on each page.
async fn numbers(pages: Pages<Room>) -> Result<Vec<Vec<usize>>, Error> {
    let number = |room: Room| room.sid.as_str().trim_start_matches("RM").parse().unwrap_or_default();
    let pages: Vec<Page<Room>> = pages.try_collect().await?;
    Ok(pages.into_iter().map(|page| page.into_iter().map(number).collect()).collect())
}

#[tokio::test]
async fn all_pages_are_returned_with_their_urls() -> Test {
    let server = server_with(&[&[1, 2], &[], &[3]]).await?;
    let mut pages = client(&server)?.rooms().list().pages();
    assert_eq!(server.seen().len(), 0, "nothing is sent before the first read");
    let mut urls = Vec::new();
    while let Some(page) = pages.next().await {
        urls.push(page?.next_page_url);
    }
    let url = |number| Some(format!("{}/v1/Rooms?PageToken=PT{number}", server.url()));
    assert_eq!(urls, [url(1), url(2), None]);
    assert!(pages.next().await.is_none());
    assert_eq!(server.targets(), ["/v1/Rooms?PageSize=1000", "/v1/Rooms?PageToken=PT1", "/v1/Rooms?PageToken=PT2"]);
    Ok(())
}

#[tokio::test]
async fn the_limit_counts_items_and_cuts_the_last_page() -> Test {
    let cases: [(u64, &[&[usize]], usize); 5] = [
        (0, &[], 0),
        (2, &[&[1, 2]], 1),
        (3, &[&[1, 2], &[3]], 2),
        (4, &[&[1, 2], &[3, 4]], 2),
        (9, &[&[1, 2], &[3, 4], &[5]], 3),
    ];
    for (limit, expected, requests) in cases {
        let server = server_with(&[&[1, 2], &[3, 4], &[5]]).await?;
        let pages = numbers(client(&server)?.rooms().list().page_size(2).limit(limit).pages()).await?;
        assert_eq!(pages, expected, "limit {limit}");
        assert_eq!(server.seen().len(), requests, "limit {limit}");
    }
    Ok(())
}

#[tokio::test]
async fn pages_resume_at_a_stored_url() -> Test {
    let server = server_with(&[&[1], &[2], &[3]]).await?;
    let first = client(&server)?.rooms().list().send().await?;
    let url = first.next_page_url.ok_or("no next page")?;
    assert_eq!(numbers(client(&server)?.rooms().list().resume(url).pages()).await?, [[2], [3]]);
    Ok(())
}

#[tokio::test]
async fn the_next_page_is_requested_only_with_read_ahead() -> Test {
    for (read_ahead, requests) in [(true, 2), (false, 1)] {
        let server = server_with(&[&[1], &[2]]).await?;
        let mut pages = client(&server)?.rooms().list().read_ahead(read_ahead).pages();
        assert!(pages.next().await.is_some_and(|page| page.is_ok()));
        // A page request that was in flight arrives before the response to this request.
        client(&server)?.room("other").fetch().await.err().ok_or("there is no such room")?;
        let of_pages = server.targets().iter().filter(|target| target.starts_with("/v1/Rooms?")).count();
        assert_eq!(of_pages, requests, "read_ahead {read_ahead}");
    }
    Ok(())
}

#[tokio::test]
async fn pages_of_any_status_leave_out_rooms_of_earlier_pages() -> Test {
    let server = Server::start([
        Reply::json(200, &page([5, 4], None)),
        Reply::json(200, &page([5, 3], None)),
        Reply::json(200, &page([], None)),
    ])
    .await?;
    let pages = numbers(client(&server)?.rooms().list().any_status().pages()).await?;
    assert_eq!(pages, [vec![5, 4], vec![3], vec![]]);
    assert_eq!(server.seen().len(), 3);
    Ok(())
}

#[tokio::test]
async fn an_error_has_the_url_of_its_page_and_ends_the_stream() -> Test {
    let server = Server::start([]).await?;
    let next = format!("{}/v1/Rooms?PageToken=PT1", server.url());
    server.then(Reply::json(200, &page([1], Some(&next))));
    server.then(Reply::new(500, ""));
    let mut pages = client(&server)?.rooms().list().pages();
    assert!(pages.next().await.is_some_and(|page| page.is_ok()));
    let error = pages.next().await.and_then(Result::err).ok_or("no error")?;
    assert_eq!(error.resume_url(), Some(next.as_str()));
    assert!(pages.next().await.is_none());
    Ok(())
}

#[tokio::test]
async fn a_listing_that_repeats_is_an_error() -> Test {
    let server = Server::start([]).await?;
    let next = format!("{}/v1/Rooms?PageToken=PT1", server.url());
    for number in [1, 2] {
        server.then(Reply::json(200, &page([number], Some(&next))));
    }
    let result = numbers(client(&server)?.rooms().list().pages()).await;
    assert!(result.is_err_and(|error| error.is_paging()));
    Ok(())
}
