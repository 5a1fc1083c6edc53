//! Limits of time, in virtual time.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Instant;
use twilio_rooms::http::{HeaderMap, StatusCode};
use twilio_rooms::{AttemptRequest, AttemptResponse, Client, Middleware, MiddlewareFuture, Next, Retry};

use crate::support::{Clock, Test, credentials, page};

const BASE_URL: &str = "http://127.0.0.1:9";

/// Answers each request with an empty page and a fresh token, after this time.
struct EmptyPages {
    after: Duration,
    requests: Arc<AtomicU32>,
}

impl Middleware for EmptyPages {
    fn handle<'a>(&'a self, _: AttemptRequest, _: Next<'a>) -> MiddlewareFuture<'a> {
        Box::pin(async move {
            let number = self.requests.fetch_add(1, Ordering::Relaxed);
            tokio::time::advance(self.after).await;
            let next = format!("{BASE_URL}/v1/Rooms?PageToken=PT{number}");
            let body = page([], Some(&next)).to_string();
            Ok(AttemptResponse::new(StatusCode::OK, HeaderMap::new(), body))
        })
    }
}

#[tokio::test(start_paused = true)]
async fn empty_pages_are_read_until_the_deadline_of_the_listing_only() -> Test {
    for (ahead, parallel) in [(false, false), (true, false), (true, true)] {
        let requests = Arc::<AtomicU32>::default();
        let middleware = EmptyPages { after: Duration::from_secs(20), requests: Arc::clone(&requests) };
        let builder = Client::builder().credentials(credentials()).base_url(BASE_URL).retry(Retry::none());
        let list = builder.middleware(middleware).build()?.rooms().list().read_ahead(ahead);
        let list = list.deadline(Duration::from_secs(90));
        let started = Instant::now();
        let mut rooms = if parallel { list.parallel(2) } else { list }.stream();
        let error = rooms.next().await.ok_or("no result")?.err().ok_or("no error")?;
        assert!(error.is_timeout() && !error.is_paging(), "{error:?}");
        let expected = "the listing has yielded nothing within 90s: ";
        assert!(error.to_string().starts_with(expected), "{error}");
        // No page starts after the deadline. In parallel, two pages take their time at once.
        let (seconds, requests) = (started.elapsed().as_secs(), requests.load(Ordering::Relaxed));
        if parallel {
            assert!(seconds <= 180 && requests <= 9, "{seconds} s, {requests} requests");
        } else {
            assert_eq!((seconds, requests), (100, 5));
        }
        assert!(rooms.next().await.is_none());
    }
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn the_body_of_an_error_has_a_limit_of_its_own() -> Test {
    let clock = Clock::default();
    clock.hold();
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let stalling = clock.clone();
    let serving = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await?;
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            stream.read_buf(&mut head).await?;
        }
        let body = r#"{"code": 53113, "message": "Room exists", "#;
        let response = format!("HTTP/1.1 400 Bad Request\r\nContent-Length: 1000\r\n\r\n{body}");
        stream.write_all(response.as_bytes()).await?;
        // Once this connection is established, the response has arrived. Then the client gets its turn to read it.
        let _other = TcpStream::connect(address).await?;
        for _ in 0..1000 {
            tokio::task::yield_now().await;
        }
        // From here on, only time can end the wait for the rest.
        stalling.release();
        // It ends when the client closes the connection.
        stream.read_buf(&mut head).await
    });
    let client = Client::builder().credentials(credentials()).base_url(format!("http://{address}"));
    let client = client.retry(Retry::none()).build()?;
    let started = Instant::now();
    let error = client.rooms().create().await.err().ok_or("no error")?;
    assert_eq!((error.status(), error.code(), error.is_timeout()), (Some(400), Some(53113), false), "{error:?}");
    assert!(error.is_room_name_taken());
    assert_eq!(started.elapsed().as_secs(), 2);
    drop(client);
    assert_eq!(serving.await??, 0);
    Ok(())
}
