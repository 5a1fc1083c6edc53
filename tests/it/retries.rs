//! Retries, timeouts and limits, in addition to the fault matrix.

use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use twilio_rooms::{Client, Retry, RetryEvent, RetryReason, RoomStatus};
use twilio_rooms_sandbox::{Fault, Sandbox};

use crate::support::{Clock, Reply, Server, Test, builder, client_of, credentials, page, room, start};

const SID: &str = "RM0123456789abcdef0123456789abcdef";

fn fast() -> Retry {
    Retry::new().base_delay(Duration::ZERO)
}

#[tokio::test]
async fn the_retry_callback_is_called_before_each_retry() -> Test {
    let replies = [Reply::new(503, ""), Reply::new(429, ""), Reply::json(200, &room(1))];
    let server = Server::start(replies).await?;
    let events = Arc::new(Mutex::new(Vec::<RetryEvent>::new()));
    let recorded = Arc::clone(&events);
    let retry = Retry::new().base_delay(Duration::from_millis(1)).jitter(false);
    let client = builder(&server).retry(retry).on_retry(move |event| {
        if let Ok(mut events) = recorded.lock() {
            events.push(*event);
        }
    });
    let response = client.build()?.room("x").fetch().response().await?;
    assert_eq!(response.attempts(), 3);
    let events = events.lock().map_err(|error| error.to_string())?;
    let events: Vec<_> =
        events.iter().map(|event| (event.operation, event.attempt, event.delay, event.reason)).collect();
    let millis = Duration::from_millis;
    let expected = [
        ("fetch_room", 1, millis(1), RetryReason::Status(503)),
        ("fetch_room", 2, millis(2), RetryReason::RateLimited),
    ];
    assert_eq!(events, expected);
    Ok(())
}

#[tokio::test]
async fn a_call_can_override_the_retries_of_the_client() -> Test {
    let server = Server::start([]).await?;
    let never = builder(&server).build()?;
    let error = never.room("x").fetch().retry(fast()).await.err().ok_or("no error")?;
    assert_eq!((error.attempts(), error.status()), (1, Some(599)), "599 is no status to try again after");
    for _ in 0..4 {
        server.then(Reply::new(500, ""));
    }
    let error = never.rooms().list().retry(fast()).send().await.err().ok_or("no error")?;
    assert_eq!((error.attempts(), error.status()), (4, Some(500)));
    let always = builder(&server).retry(fast()).build()?;
    server.then(Reply::new(500, ""));
    let error = always.room(SID).complete().retry(Retry::none()).await.err().ok_or("no error")?;
    assert_eq!((error.attempts(), error.is_outcome_unknown()), (1, true));
    Ok(())
}

#[tokio::test]
async fn only_an_idempotent_raw_request_is_retried() -> Test {
    use twilio_rooms::http::Method;

    for (method, idempotent, attempts) in [
        (Method::GET, None, 2),
        (Method::DELETE, None, 2),
        (Method::POST, None, 1),
        (Method::POST, Some(true), 2),
        (Method::DELETE, Some(false), 1),
    ] {
        let server = Server::start([Reply::new(502, ""), Reply::new(502, "")]).await?;
        let client = builder(&server).retry(fast().max_retries(1)).build()?;
        let request = client.request(method.clone(), "/v1/Rooms");
        let request = if let Some(idempotent) = idempotent { request.idempotent(idempotent) } else { request };
        let error = request.await.err().ok_or("no error")?;
        assert_eq!(error.attempts(), attempts, "{method} {idempotent:?}");
        assert_eq!(error.is_outcome_unknown(), method != Method::GET, "{method} {idempotent:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_retry_after_date_is_honoured_up_to_the_maximum() -> Test {
    let reply = Reply::new(429, "").header("date", "Sun, 06 Nov 1994 08:49:37 GMT");
    let server = Server::start([reply.header("retry-after", "Sun, 06 Nov 1994 08:51:07 GMT")]).await?;
    let error = builder(&server).retry(Retry::new()).build()?.room("x").fetch().await.err().ok_or("no error")?;
    assert_eq!((error.attempts(), error.retry_after()), (1, Some(Duration::from_secs(90))));
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn no_retry_starts_after_the_deadline() -> Test {
    let clock = Clock::default();
    clock.hold();
    let sandbox = start(Sandbox::builder()).await?;
    sandbox.inject_always(Fault::RetryAfter { status: 503, seconds: 20 });
    let waiting = clock.clone();
    let client = client_of(&sandbox).retry(Retry::new().jitter(false));
    let client = client.on_retry(move |event| waiting.release_for(event.delay));
    let list = client.deadline(Duration::from_secs(50)).build()?.rooms().list();
    let started = tokio::time::Instant::now();
    let error = list.send().await.err().ok_or("no error")?;
    assert_eq!((error.attempts(), started.elapsed().as_millis()), (3, 41_500));
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_429_pauses_all_clones_of_the_client() -> Test {
    let clock = Clock::default();
    clock.hold();
    let sandbox = start(Sandbox::builder()).await?;
    sandbox.inject(Fault::RetryAfter { status: 429, seconds: 7 });
    let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
    let waiting = clock.clone();
    let client = client_of(&sandbox).retry(Retry::new().jitter(false)).on_retry(move |event| {
        // The other call starts up to an eighth later, so that the calls spread out.
        waiting.release_for(event.delay + Duration::from_secs(1));
        let _ = sender.send(event.delay);
    });
    let client = client.build()?;
    let started = tokio::time::Instant::now();
    let first = tokio::spawn(client.rooms().list().send());
    assert_eq!(receiver.recv().await, Some(Duration::from_millis(7500)));
    let earlier_deadline =
        client.rooms().list().deadline(Duration::from_secs(5)).send().await.err().ok_or("no error")?;
    assert!(earlier_deadline.is_rate_limited() && earlier_deadline.is_retryable() && earlier_deadline.attempts() == 1);
    assert_eq!((earlier_deadline.retry_after(), started.elapsed()), (Some(Duration::from_secs(7)), Duration::ZERO));
    client.rooms().list().send().await?;
    // Time may have advanced to the end of the pause.
    assert!((7875..=8500).contains(&started.elapsed().as_millis()));
    first.await??;
    assert_eq!(sandbox.requests(), 3);
    Ok(())
}

#[tokio::test]
async fn the_status_of_an_error_counts_even_if_its_body_is_truncated() -> Test {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let serving = tokio::spawn(async move {
        for status in ["429 Too Many Requests", "404 Not Found"] {
            let (mut stream, _) = listener.accept().await?;
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                stream.read_buf(&mut request).await?;
            }
            stream.write_all(format!("HTTP/1.1 {status}\r\ncontent-length: 100\r\n\r\n{{").as_bytes()).await?;
            // The client closes the connection next, so that nothing of the response is lost.
            stream.shutdown().await?;
            stream.read_to_end(&mut request).await?;
        }
        Ok::<(), std::io::Error>(())
    });
    let client = Client::builder().credentials(credentials()).base_url(url).retry(fast()).build()?;
    let error = client.rooms().create().await.err().ok_or("no error")?;
    assert_eq!((error.status(), error.attempts(), error.is_outcome_unknown()), (Some(404), 2, false));
    serving.await??;
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn retrying_to_complete_a_room_by_name_never_completes_another_room() -> Test {
    let sandbox = start(Sandbox::builder().rooms(0)).await?;
    let other = client_of(&sandbox).build()?;
    let first = other.rooms().create().unique_name("standup").await?;
    // Before the second attempt, another room takes the name.
    let ((sender, receiver), (proceed, waiting)) = (channel(), channel());
    let waiting = Mutex::new(waiting);
    let client = client_of(&sandbox).retry(fast()).on_retry(move |_| {
        let _ = sender.send(());
        let _ = waiting.lock().map(|waiting| waiting.recv());
    });
    let client = client.build()?;
    // The client looks the name up and completes the room, and the response is lost.
    sandbox.inject(Fault::WrongContentType);
    sandbox.inject(Fault::ResetBeforeHeaders);
    let completing = tokio::spawn(async move { client.room("standup").complete().response().await });
    tokio::task::spawn_blocking(move || receiver.recv()).await??;
    let second = other.rooms().create().unique_name("standup").await?;
    proceed.send(())?;
    let completed = completing.await??;
    assert_eq!((completed.value().sid.clone(), completed.attempts()), (first.sid, 3));
    assert_eq!(other.room(&second.sid).fetch().await?.status, Some(RoomStatus::InProgress));
    Ok(())
}

#[tokio::test]
async fn extreme_durations_are_accepted() -> Test {
    let sandbox = start(Sandbox::builder().rooms(3)).await?;
    let long = client_of(&sandbox).deadline(Duration::MAX).timeout(Duration::MAX).connect_timeout(Duration::MAX);
    let client = long.retry(Retry::new().base_delay(Duration::MAX).max_delay(Duration::MAX)).build()?;
    client.rooms().list().send().await?;
    sandbox.inject(Fault::RetryAfter { status: 429, seconds: u64::MAX });
    assert!(client.rooms().list().send().await.is_err_and(|error| error.is_rate_limited()));
    let changes = sandbox.changes();
    let client = client_of(&sandbox).build()?;
    let error = client.rooms().create().deadline(Duration::ZERO).await.err().ok_or("no error")?;
    assert!(error.is_timeout() && !error.is_outcome_unknown() && sandbox.changes() == changes);
    Ok(())
}

#[tokio::test]
async fn the_number_of_concurrent_requests_is_limited() -> Test {
    let sandbox = start(Sandbox::builder().rooms(10)).await?;
    let client = client_of(&sandbox).max_concurrent_requests(3).timeout(Duration::from_secs(60)).build()?;
    sandbox.inject_times(Fault::StallBeforeHeaders, 3);
    let stalled: Vec<_> = (0..3).map(|_| tokio::spawn(client.rooms().list().send())).collect();
    for _ in 0..3 {
        sandbox.wait_for_stall().await;
    }
    let waiting = tokio::spawn(client.rooms().list().send());
    let queued = client.rooms().list().deadline(Duration::from_millis(20)).send().await.err().ok_or("no error")?;
    assert!(queued.is_timeout() && !queued.is_outcome_unknown());
    assert_eq!((sandbox.requests(), waiting.is_finished()), (3, false));
    // A dropped call frees its permit.
    for task in &stalled[..1] {
        task.abort();
    }
    waiting.await??;
    assert_eq!(sandbox.requests(), 4);
    for task in stalled {
        task.abort();
    }
    Ok(())
}

#[tokio::test]
async fn a_dropped_call_frees_its_permit_and_sends_nothing_more() -> Test {
    let sandbox = start(Sandbox::builder().rooms(3000)).await?;
    let client = client_of(&sandbox).max_concurrent_requests(1).build()?;
    for fault in [Fault::StallBeforeHeaders, Fault::StallInBody] {
        sandbox.inject(fault);
        let mut stream = client.rooms().list().status("completed").stream();
        tokio::select! {
            _ = stream.next() => return Err("it was listed a room".into()),
            () = sandbox.wait_for_stall() => {}
        }
        let before = sandbox.requests();
        drop(stream);
        // The permit is free, and the call sends nothing more.
        assert!(!client.rooms().list().collect().await?.is_empty());
        assert_eq!(sandbox.requests(), before + 1);
    }
    Ok(())
}

#[tokio::test]
async fn a_body_that_is_too_large_is_rejected() -> Test {
    let server = Server::start([Reply::json(200, &page(0..100, None)), Reply::json(200, &page(0..100, None))]).await?;
    let size = u64::try_from(page(0..100, None).to_string().len())?;
    let small = builder(&server).max_body_size(size - 1).build()?;
    let error = small.rooms().list().send().await.err().ok_or("no error")?;
    assert!(error.is_too_large() && !error.is_retryable() && error.status() == Some(200));
    let expected =
        format!("the response to list_rooms is larger than {} bytes; see `ClientBuilder::max_body_size`", size - 1);
    assert_eq!(error.to_string(), expected);
    let enough = builder(&server).max_body_size(size).build()?;
    assert_eq!(enough.rooms().list().send().await?.items.len(), 100);
    Ok(())
}

#[tokio::test]
async fn a_failed_listing_resumes_at_the_failed_page() -> Test {
    let sandbox = start(Sandbox::builder().rooms(500)).await?;
    let client = client_of(&sandbox).retry(Retry::none()).build()?;
    let all = client.rooms().list().any_status().page_size(10).collect().await?;
    for after in [0, 1, 12] {
        sandbox.inject_times(Fault::WrongContentType, after);
        sandbox.inject(Fault::ResetInBody);
        let mut stream = client.rooms().list().any_status().page_size(10).stream();
        let mut listed = Vec::new();
        let error = loop {
            match stream.next().await {
                Some(Ok(room)) => listed.push(room),
                Some(Err(error)) => break error,
                None => return Err("it did not fail".into()),
            }
        };
        assert!(stream.next().await.is_none());
        let url = error.resume_url().ok_or("no resume URL")?;
        listed.extend(client.rooms().list().any_status().page_size(10).resume(url).collect().await?);
        assert_eq!(listed, all, "after {after} pages");
    }
    Ok(())
}
