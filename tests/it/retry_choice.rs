//! Retries that the caller chooses, and requests that are spaced.

use std::time::Duration;

use twilio_rooms::{Effect, Error, Retry, Room};

use crate::support::{Clock, Reply, Server, Test, builder, room};

fn retry() -> Retry {
    Retry::new().base_delay(Duration::ZERO)
}

#[tokio::test]
async fn a_predicate_chooses_what_is_retried() -> Test {
    // A failure that is not retried by default is, and one that is retried by default is not.
    let server = Server::start([Reply::new(404, ""), Reply::json(200, &room(1)), Reply::new(503, "")]).await?;
    let client = builder(&server).retry(retry().when(|failure| failure.error.is_not_found())).build()?;
    assert_eq!(client.room("x").fetch().response().await?.attempts(), 2);
    let error = client.room("x").fetch().await.err().ok_or("no error")?;
    assert_eq!((error.status(), error.attempts()), (Some(503), 1));
    // A call has its own predicate, or none.
    server.then(Reply::new(503, ""));
    server.then(Reply::json(200, &room(1)));
    let response = client.room("x").fetch().retry(retry()).response().await?;
    assert_eq!(response.attempts(), 2);
    Ok(())
}

#[tokio::test]
async fn a_predicate_knows_the_operation_and_the_default() -> Test {
    let server = Server::start([Reply::new(500, ""), Reply::new(404, ""), Reply::new(409, "")]).await?;
    let seen = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let noted = std::sync::Arc::clone(&seen);
    let retry = retry().when(move |failure| {
        let line = (failure.operation, failure.attempt, failure.effect, failure.is_retried_by_default);
        noted.lock().is_ok_and(|mut seen| {
            seen.push((line, failure.error.status()));
            failure.attempt < 3
        })
    });
    let error = builder(&server).retry(retry).build()?.room("x").fetch().await.err().ok_or("no error")?;
    assert_eq!(error.attempts(), 3);
    let expected = [
        (("fetch_room", 1, Effect::Read, true), Some(500)),
        (("fetch_room", 2, Effect::Read, false), Some(404)),
        (("fetch_room", 3, Effect::Read, false), Some(409)),
    ];
    assert_eq!(seen.lock().map_err(|error| error.to_string())?.as_slice(), expected);
    Ok(())
}

#[tokio::test]
async fn no_predicate_repeats_a_creation_after_an_unknown_outcome() -> Test {
    let always = || retry().when(|_| true);
    for reply in [Reply::new(500, ""), Reply::new(408, ""), Reply::new(200, "{"), Reply::new(307, "")] {
        let server = Server::start([reply]).await?;
        let client = builder(&server).retry(always()).build()?;
        let error = client.rooms().create().await.err().ok_or("no error")?;
        assert!(error.is_outcome_unknown() && server.seen().len() == 1, "{error}");
    }
    // The service has rejected this one, so it has had no effect.
    let server = Server::start([Reply::new(409, ""), Reply::json(201, &room(1))]).await?;
    let client = builder(&server).retry(always()).build()?;
    assert_eq!(client.rooms().create().response().await?.attempts(), 2);
    Ok(())
}

#[tokio::test]
async fn a_rejected_request_is_not_offered_to_the_predicate() -> Test {
    let server = Server::start([]).await?;
    let retry = retry().when(|_| panic!("nothing was sent"));
    let client = builder(&server).retry(retry).build()?;
    let error = client.room("x").fetch().deadline(Duration::ZERO).await.err().ok_or("no error")?;
    assert!(error.is_timeout(), "{error}");
    assert!(client.room("").fetch().await.is_err_and(|error: Error| error.is_invalid_request()));
    Ok(())
}

/// Checks that a call waits for this number of milliseconds before it is sent, and sends it.
async fn spaced(call: impl Future<Output = Result<Room, Error>>, milliseconds: u64) -> Test {
    tokio::pin!(call);
    // It is polled once, and time stands still.
    let mut is_waiting = async || tokio::time::timeout(Duration::ZERO, call.as_mut()).await.is_err();
    assert!(is_waiting().await, "it was not spaced");
    tokio::time::advance(Duration::from_millis(milliseconds - 1)).await;
    assert!(is_waiting().await, "it came too early");
    tokio::time::advance(Duration::from_millis(1)).await;
    call.await?;
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn reads_and_writes_are_spaced_for_all_clones_together() -> Test {
    let clock = Clock::default();
    clock.hold();
    let server = Server::start((0..6).map(|_| Reply::json(200, &room(1)))).await?;
    let client = builder(&server).max_reads_per_second(10).max_writes_per_second(2).build()?;
    client.room("x").fetch().await?;
    for seen in 1..3 {
        spaced(client.clone().room("x").fetch().send(), 100).await?;
        assert_eq!(server.seen().len(), seen + 1);
    }
    client.rooms().create().await?;
    spaced(client.clone().rooms().create().send(), 500).await?;
    let error = client.rooms().create().deadline(Duration::from_millis(10)).await.err().ok_or("no error")?;
    assert!(error.is_timeout() && server.seen().len() == 5, "{error}");
    Ok(())
}
