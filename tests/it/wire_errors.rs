//! Errors that a hostile or odd server causes, and what they show.

use std::time::Duration;

use serde_json::json;
use twilio_rooms::{Error, Retry};

use crate::support::{AUTH_TOKEN, AUTHORIZATION, Reply, Server, Test, builder, client, page, room};

/// The SID of the room whose number is 1.
fn sid() -> String {
    format!("RM{:032}", 1)
}

async fn error_of(reply: Reply) -> Result<Error, Box<dyn std::error::Error>> {
    let server = Server::start([reply]).await?;
    Ok(client(&server)?.room(sid()).fetch().await.err().ok_or("no error")?)
}

#[tokio::test]
async fn nothing_from_the_wire_makes_an_error_long_or_adds_a_line() -> Test {
    let evil = "a\r\nINFO forged\u{1b}[2J\u{202e}\u{2028}".repeat(50_000);
    let replies = [
        Reply::json(400, &json!({ "code": 20001, "message": evil, "detail": evil, "more_info": evil })),
        Reply::json(400, &json!({ "title": evil, "type": format!("http{evil}") })),
        Reply::new(500, evil.clone()),
        Reply::json(200, &json!({ "sid": "RM1", "duration": evil })),
        Reply::json(200, &json!({ "sid": "RM1", "links": { (evil.clone()): 7 } })),
        Reply::new(200, evil.clone()),
        Reply::new(307, "").header("location", format!("https://{}.example/", "x".repeat(60_000))),
        Reply::new(307, "").header("location", format!("/{}", "y".repeat(60_000))),
        Reply::new(500, "").header("twilio-request-id", "z".repeat(60_000)),
    ];
    for reply in replies {
        let error = error_of(reply.clone()).await?;
        let (display, debug, pretty) = (error.to_string(), format!("{error:?}"), format!("{error:#?}"));
        assert!(display.len() <= 8192 && debug.len() <= 8192 && pretty.len() <= 8192, "{}", debug.len());
        assert!(!display.contains(char::is_control) && !display.contains(['\u{202e}', '\u{2028}']), "{display}");
        assert!(!debug.contains(char::is_control), "{debug}");
    }
    let short = error_of(Reply::json(400, &json!({ "message": "a\nb\u{202e}c" }))).await?;
    assert_eq!(short.to_string(), "fetch_room failed with 400 Bad Request: a\\nb\\u{202e}c");
    assert_eq!(short.message(), Some("a\nb\u{202e}c"), "programs get the message as it is");
    Ok(())
}

#[tokio::test]
async fn an_odd_part_of_an_error_body_does_not_hide_its_code() -> Test {
    let (long, deep) = ("x".repeat(200_000), "[".repeat(100_000));
    for odd in [
        r#""a": "\ud800"}"#,
        r#""a": 1e400}"#,
        r#""a": 1} and more"#,
        &format!(r#""a": "{long}"}}"#),
        &format!(r#""a": {deep}"#),
        r#""message": 7}"#,
        r#""message": "cut of"#,
    ] {
        let error = error_of(Reply::new(400, format!(r#"{{"code": 53113, {odd}"#))).await?;
        assert!(error.is_room_name_taken(), "{odd:.80}");
    }
    Ok(())
}

#[tokio::test]
async fn a_secret_that_the_server_sends_back_is_not_shown() -> Test {
    let encoded = AUTHORIZATION.trim_start_matches("Basic ");
    let percent: String =
        AUTH_TOKEN.bytes().flat_map(|byte| format!("%{byte:02x}").into_bytes()).map(char::from).collect();
    for echo in [AUTH_TOKEN, AUTHORIZATION, encoded.trim_end_matches('='), percent.as_str()] {
        let url = format!("https://AC1:{echo}@a.example/?token={echo}");
        let replies = [
            Reply::new(500, url.clone()),
            Reply::json(401, &json!({ "code": 20003, "message": url, "detail": echo, "more_info": echo })),
            Reply::json(200, &json!({ "sid": "RM1", "duration": url })),
            Reply::json(200, &json!({ "sid": "RM1", "links": { (url.clone()): 7 } })),
            Reply::new(200, url.clone()),
            Reply::new(307, "").header("location", format!("/{echo}")),
            Reply::new(500, "").header("twilio-request-id", echo).header("x-authorization", echo),
        ];
        for reply in replies {
            let error = error_of(reply).await?;
            let shown = format!("{error} {error:?} {:?} {:?} {:?}", error.body(), error.headers(), error.message());
            assert!(!shown.contains(echo) && !shown.contains(AUTH_TOKEN), "{shown}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_request_that_cannot_be_sent_is_no_broken_connection() -> Test {
    let server = Server::start([]).await?;
    let client = builder(&server).retry(Retry::new()).build()?;
    let long = format!("/v1/{}", "x".repeat(70_000));
    let error = client.request(twilio_rooms::http::Method::POST, long).send().await.err().ok_or("no error")?;
    assert!(error.is_invalid_request() && error.attempts() == 0 && !error.is_outcome_unknown(), "{error:.200}");
    for next in [format!("blob:{}/v1/Rooms", server.url()), format!("{}/v1?{}", server.url(), "x".repeat(65_536))] {
        let error = client.rooms().list().resume(&next).send().await.err().ok_or("no error")?;
        assert!(error.is_paging() && error.attempts() == 0, "{error:.200}");
    }
    assert!(server.seen().is_empty());
    Ok(())
}

#[tokio::test]
async fn a_cut_body_is_told_by_the_parser_and_is_retried() -> Test {
    for cut in [r#"{"sid": "RM1", "links": {}"#, r#"{"sid": "RM1", "video_codecs": ["#, r#"{"sid": "RM1""#] {
        let whole = Reply::json(200, &room(1));
        let server = Server::start([Reply::new(200, cut), Reply::new(200, cut), whole]).await?;
        let client = builder(&server).retry(Retry::new().base_delay(Duration::ZERO)).build()?;
        let response = client.room(sid()).fetch().response().await?;
        assert_eq!((response.attempts(), server.seen().len()), (3, 3), "{cut}");
    }
    let error = error_of(Reply::new(200, r#"{"sid": "RM1"} and more"#)).await?;
    assert!(error.to_string().contains("trailing characters") && !error.is_retryable(), "{error}");
    // A room that may have been created is not created again.
    let server = Server::start([Reply::new(201, r#"{"sid": "RM1", "links": {}"#)]).await?;
    let client = builder(&server).retry(Retry::new().base_delay(Duration::ZERO)).build()?;
    let error = client.rooms().create().await.err().ok_or("no error")?;
    assert!(error.is_outcome_unknown() && server.seen().len() == 1, "{error}");
    Ok(())
}

#[tokio::test]
async fn a_408_is_retried_as_is_retryable_says() -> Test {
    let server = Server::start([Reply::new(408, ""), Reply::json(200, &room(1))]).await?;
    let client = builder(&server).retry(Retry::new().base_delay(Duration::ZERO)).build()?;
    assert_eq!(client.room(sid()).fetch().response().await?.attempts(), 2);
    assert!(error_of(Reply::new(408, "")).await?.is_retryable());
    Ok(())
}

#[tokio::test]
async fn a_deadline_of_zero_is_named() -> Test {
    let server = Server::start([]).await?;
    let error = client(&server)?.room("x").fetch().deadline(Duration::ZERO).await.err().ok_or("no error")?;
    assert!(error.is_timeout() && server.seen().is_empty());
    let expected = format!("the deadline of 0ns passed before the request could be sent to {}", server.url());
    assert_eq!(error.to_string(), expected);
    Ok(())
}

#[tokio::test]
async fn a_response_about_another_room_is_rejected() -> Test {
    let error = error_of(Reply::json(200, &room(2))).await?;
    let (got, wanted) = (format!("RM{:032}", 2), sid());
    let reason = format!("the response is about {got}, and not about {wanted}");
    assert_eq!(error.to_string(), format!("the response to fetch_room cannot be read: {reason}"));
    assert!(error.is_decode());
    let server = Server::start([Reply::json(200, &room(2)), Reply::json(202, &room(2))]).await?;
    assert_eq!(client(&server)?.room("a name").fetch().await?.sid.as_str(), got);
    let error = client(&server)?.room(sid()).complete().await.err().ok_or("no error")?;
    assert!(error.is_decode() && error.is_outcome_unknown(), "{error}");
    Ok(())
}

#[tokio::test]
async fn the_url_of_media_must_be_an_absolute_https_url() -> Test {
    let recording = format!("RT{:032}", 1);
    for location in ["javascript:alert(1)", "/media", "", "http://a.example/", "data:,x", "//a.example/x"] {
        let redirect = Reply::new(302, "").header("location", location);
        for reply in [redirect, Reply::json(200, &json!({ "redirect_to": location }))] {
            let server = Server::start([reply]).await?;
            let error = client(&server)?.room(sid()).recording(&recording).media_url().await.err().ok_or("no error")?;
            let message = "the response to fetch_recording_media cannot be read: the URL of the media is not an absolute https URL";
            assert_eq!((error.to_string().as_str(), error.is_decode()), (message, true), "{location:?}");
        }
    }
    for location in ["https://a.example/x?y=z", "http://127.0.0.1:1/x"] {
        let server = Server::start([Reply::new(302, "").header("location", location)]).await?;
        assert_eq!(client(&server)?.room(sid()).recording(&recording).media_url().await?, location);
    }
    let missing = Reply::json(404, &json!({ "code": 20404, "message": "Not found" }));
    let processing = Reply::json(200, &json!({ "sid": recording, "status": "processing" }));
    let server = Server::start([missing.clone(), processing, missing.clone(), missing]).await?;
    let media = client(&server)?.room(sid()).recording(&recording);
    let error = media.media_url().await.err().ok_or("no error")?;
    let message = "fetch_recording_media failed with 404 Not Found: Not found (error 20404)";
    let reason = "the recording is still processing, and has no media yet";
    assert_eq!((error.to_string(), error.is_not_found()), (format!("{message}: {reason}"), true));
    assert_eq!(media.media_url().await.err().ok_or("no error")?.to_string(), message);
    Ok(())
}

#[tokio::test]
async fn a_listing_that_goes_in_a_circle_ends_with_an_error() -> Test {
    let page_of = |number: usize, server: &Server| {
        let next = format!("{}/v1/Rooms?PageToken=PT{number}", server.url());
        Reply::json(200, &page([number % 5], Some(&next)))
    };
    for parallel in [None, Some(4)] {
        let server = Server::start([]).await?;
        (0..40).for_each(|number| server.then(page_of(number, &server)));
        let list = client(&server)?.rooms().list().page_size(1);
        let mut rooms = if let Some(n) = parallel { list.parallel(n) } else { list }.stream();
        let (mut listed, mut error) = (0, None);
        while let Some(room) = rooms.next().await {
            match room {
                Ok(_) => listed += 1,
                Err(failed) => error = Some(failed),
            }
        }
        assert!(error.is_some_and(|error| error.is_paging()), "{parallel:?}");
        assert_eq!((listed, server.seen().len()), (5, 9), "{parallel:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_page_that_comes_again_once_is_no_error() -> Test {
    let server = Server::start([]).await?;
    let next = |number: usize| format!("{}/v1/Rooms?PageToken=PT{number}", server.url());
    for (number, room) in [1, 1, 2, 2, 3].into_iter().enumerate() {
        server.then(Reply::json(200, &page([room], Some(&next(number)).filter(|_| number < 4).map(String::as_str))));
    }
    let rooms = client(&server)?.rooms().list().page_size(1).collect().await?;
    assert_eq!(rooms.len(), 3);
    Ok(())
}

#[tokio::test]
async fn endless_empty_pages_end_with_an_error() -> Test {
    for (ahead, parallel) in [(true, false), (false, false), (true, true)] {
        let server = Server::start([]).await?;
        for number in 0..200 {
            let next = format!("{}/v1/Rooms?PageToken=PT{number}", server.url());
            server.then(Reply::json(200, &page([], Some(&next))));
        }
        let list = client(&server)?.rooms().list().read_ahead(ahead);
        let mut rooms = if parallel { list.parallel(2) } else { list }.stream();
        let error = rooms.next().await.ok_or("no result")?.err().ok_or("no error")?;
        assert_eq!(error.to_string(), "the listing does not end: 65 consecutive pages have no new item");
        assert!(error.is_paging() && rooms.next().await.is_none());
    }
    Ok(())
}

#[tokio::test]
async fn a_failed_collection_has_no_url_to_resume_from() -> Test {
    let server = Server::start([]).await?;
    let next = format!("{}/v1/Rooms?PageToken=PT", server.url());
    for _ in 0..2 {
        server.then(Reply::json(200, &page([1], Some(&next))));
        server.then(Reply::new(500, ""));
    }
    let list = || client(&server).map(|client| client.rooms().list());
    assert_eq!(list()?.collect().await.err().ok_or("no error")?.resume_url(), None);
    let mut rooms = list()?.stream();
    assert!(rooms.next().await.is_some_and(|room| room.is_ok()));
    let error = rooms.next().await.ok_or("no result")?.err().ok_or("no error")?;
    assert_eq!(error.resume_url(), Some(next.as_str()));
    Ok(())
}

#[tokio::test]
async fn a_base_url_without_a_scheme_says_what_is_missing() -> Test {
    for url in ["video.example.com", "video.example.com:443/v1", "/v1", "ftp://a.example"] {
        let server = Server::start([]).await?;
        let error = builder(&server).base_url(url).build().err().ok_or("no error")?;
        let message = "the base URL must begin with `https://`, as in `https://video.example.com`";
        assert_eq!(error.to_string(), message, "{url}");
    }
    Ok(())
}
