//! Getting a room by its name, or creating it.

use std::time::Duration;

use futures_util::future::join_all;
use serde_json::json;
use twilio_rooms::Retry;
use twilio_rooms_sandbox::{Fault, Sandbox};

use crate::support::{Reply, Server, Test, builder, client, client_of, room, standup, start};

#[tokio::test]
async fn a_room_is_created_once_and_then_found() -> Test {
    let (sandbox, client) = standup().await?;
    for name in ["DailyStandup", "a/b", "ä?"] {
        let created = client.rooms().get_or_create().unique_name(name).max_participants(5).await?;
        let found = client.rooms().get_or_create().unique_name(name).max_participants(6).await?;
        assert_eq!((found.sid, found.max_participants), (created.sid, Some(5)), "{name}");
    }
    assert_eq!(sandbox.changes(), 3);
    let error = client.rooms().get_or_create().await.err().ok_or("no error")?;
    assert_eq!(error.to_string(), "`get_or_create` finds a room by its name: set `unique_name`");
    Ok(())
}

#[tokio::test]
async fn whatever_is_lost_the_call_ends_in_the_one_room() -> Test {
    let faults = [
        Fault::ResetBeforeHeaders,
        Fault::ResetInBody,
        Fault::TruncatedJson,
        Fault::Status(500),
        Fault::Status(503),
        Fault::Status(429),
    ];
    for fault in faults {
        for times in 1..=3 {
            let (sandbox, client) = standup().await?;
            sandbox.inject_times(fault, times);
            let room = client.rooms().get_or_create().unique_name("standup").await?;
            assert_eq!(room.sid, client.room("standup").fetch().await?.sid, "{fault:?}");
            assert_eq!(sandbox.changes(), 1, "{fault:?}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn concurrent_callers_get_the_same_room() -> Test {
    let sandbox = start(Sandbox::builder().rooms(0)).await?;
    let clients: Result<Vec<_>, _> = (0..20).map(|_| client_of(&sandbox).build()).collect();
    let calls = clients?.into_iter().map(async |client| client.rooms().get_or_create().unique_name("one").await);
    let mut sids = std::collections::HashSet::new();
    for room in join_all(calls).await {
        sids.insert(room?.sid);
    }
    assert_eq!((sids.len(), sandbox.changes()), (1, 1));
    Ok(())
}

#[tokio::test]
async fn a_room_that_ends_before_it_is_fetched_is_created_again() -> Test {
    let taken = Reply::json(400, &json!({ "code": 53113, "message": "Room exists", "status": 400 }));
    let none = Reply::json(200, &json!({ "meta": {}, "rooms": [] }));
    let replies = [taken.clone(), Reply::new(404, ""), none.clone(), Reply::json(201, &room(1))];
    let server = Server::start(replies).await?;
    let client = builder(&server).retry(Retry::new().base_delay(Duration::ZERO)).build()?;
    let response = client.rooms().get_or_create().unique_name("x").response().await?;
    assert_eq!((response.status(), response.attempts(), server.seen().len()), (201, 2, 4));

    let server = Server::start([taken, Reply::new(404, ""), none]).await?;
    let error = crate::support::client(&server)?.rooms().get_or_create().unique_name("x").await.err();
    assert!(error.is_some_and(|error| error.is_room_name_taken()));
    Ok(())
}

#[tokio::test]
async fn a_name_that_cannot_be_sent_is_rejected() -> Test {
    let server = Server::start([]).await?;
    for name in ["", ".", "..", "n".repeat(129).as_str()] {
        let error = client(&server)?.rooms().get_or_create().unique_name(name).await.err().ok_or("no error")?;
        assert!(error.is_invalid_request(), "{name}: {error}");
    }
    assert!(server.seen().is_empty());
    Ok(())
}
