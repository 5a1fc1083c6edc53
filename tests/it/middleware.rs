//! Middleware around the attempts of a client.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use twilio_rooms::http::{HeaderMap, HeaderValue, StatusCode};
use twilio_rooms::{AttemptRequest, AttemptResponse, Middleware, MiddlewareFuture, Next, Retry};

use crate::support::{AUTHORIZATION, Reply, Server, Test, builder, room};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn add(&self, line: String) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(line);
    }

    fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Notes each attempt and its result.
struct Notes(&'static str, Log);

impl Middleware for Notes {
    fn handle<'a>(&'a self, request: AttemptRequest, next: Next<'a>) -> MiddlewareFuture<'a> {
        Box::pin(async move {
            let Self(name, log) = self;
            let body = String::from_utf8_lossy(request.body()).into_owned();
            assert!(request.headers.get("authorization").is_none_or(|value| value != AUTHORIZATION));
            assert!(request.url().starts_with("http://127.0.0.1"));
            log.add(format!("{name}: {} {} {} {body}", request.attempt(), request.method(), request.operation()));
            let result = next.run(request).await;
            let status = result.as_ref().map_or_else(|error| error.status(), |response| Some(response.status.as_u16()));
            log.add(format!("{name}: {status:?}"));
            result
        })
    }
}

/// Adds a header.
struct Header;

impl Middleware for Header {
    fn handle<'a>(&'a self, mut request: AttemptRequest, next: Next<'a>) -> MiddlewareFuture<'a> {
        request.headers.insert("x-tenant", HeaderValue::from_static("acme"));
        request.headers.insert("authorization", HeaderValue::from_static("Basic forged"));
        next.run(request)
    }
}

/// Answers without the service.
struct Fixed(StatusCode);

impl Middleware for Fixed {
    fn handle<'a>(&'a self, _: AttemptRequest, _: Next<'a>) -> MiddlewareFuture<'a> {
        let response =
            AttemptResponse::new(self.0, HeaderMap::new(), r#"{"sid": "RM1", "code": 53106, "message": "m"}"#);
        Box::pin(async move { Ok(response) })
    }
}

#[tokio::test]
async fn middleware_runs_around_each_attempt_in_the_order_in_which_it_was_added() -> Test {
    let server = Server::start([Reply::new(429, ""), Reply::json(201, &room(1))]).await?;
    let log = Log::default();
    let builder = builder(&server).retry(Retry::new().base_delay(Duration::ZERO));
    let builder =
        builder.middleware(Notes("outer", log.clone())).middleware(Header).middleware(Notes("inner", log.clone()));
    client_creates(builder.build()?).await?;
    let expected = [
        "outer: 1 POST create_room UniqueName=one",
        "inner: 1 POST create_room UniqueName=one",
        "inner: Some(429)",
        "outer: Some(429)",
        "outer: 2 POST create_room UniqueName=one",
        "inner: 2 POST create_room UniqueName=one",
        "inner: Some(201)",
        "outer: Some(201)",
    ];
    assert_eq!(log.lines(), expected);
    for seen in server.seen() {
        assert_eq!(seen.headers.get("x-tenant").map(String::as_str), Some("acme"));
        assert_eq!(
            seen.headers.get("authorization").map(String::as_str),
            Some(AUTHORIZATION),
            "credentials are inside"
        );
    }
    Ok(())
}

async fn client_creates(client: twilio_rooms::Client) -> Test {
    client.rooms().create().unique_name("one").await?;
    Ok(())
}

#[tokio::test]
async fn middleware_can_answer_by_itself() -> Test {
    let server = Server::start([]).await?;
    let client = builder(&server).middleware(Fixed(StatusCode::OK)).build()?;
    assert_eq!(client.room("x").fetch().await?.sid.as_str(), "RM1");
    let client = builder(&server).middleware(Fixed(StatusCode::NOT_FOUND)).build()?;
    let error = client.room("x").fetch().await.err().ok_or("no error")?;
    assert!(error.is_not_found() && error.code() == Some(53106), "{error:?}");
    assert!(server.seen().is_empty());
    Ok(())
}
