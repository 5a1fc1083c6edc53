//! Waiting for the status of a room.

use std::cell::RefCell;
use std::time::Duration;

use serde_json::json;
use tokio::time::Instant;
use twilio_rooms::{Error, Room, RoomStatus};

use crate::support::{Clock, Events, Reply, Server, Test, builder, example, room, runtime};

fn with_status(status: &str) -> Reply {
    let mut room = room(1);
    room["status"] = json!(status);
    Reply::json(200, &room)
}

fn not_found() -> Result<Reply, Box<dyn std::error::Error>> {
    Ok(Reply::json(404, &example("error-not-found")?))
}

/// The result of waiting, the requested paths, and the elapsed seconds.
type Waited = (Result<Room, Error>, Vec<String>, u64);

/// Waits while the service sends these replies. Time advances by these numbers of seconds after each reply only.
async fn wait(replies: Vec<Reply>, seconds: Vec<u64>, deadline: u64) -> Result<Waited, Box<dyn std::error::Error>> {
    wait_for("DailyStandup", replies, seconds, deadline).await
}

async fn wait_for(
    name: &str,
    replies: Vec<Reply>,
    seconds: Vec<u64>,
    deadline: u64,
) -> Result<Waited, Box<dyn std::error::Error>> {
    let (clock, waits) = (Clock::default(), RefCell::new(seconds.into_iter()));
    clock.hold();
    let going_on = clock.clone();
    let _listening = Events::listen(move || {
        if let Some(seconds) = waits.borrow_mut().next() {
            going_on.release_for(Duration::from_secs(seconds));
        }
    });
    let server = runtime()?.spawn(Server::start(replies)).await??;
    let room = builder(&server).build()?.room(name);
    let began = Instant::now();
    let result = room.wait_until(RoomStatus::Completed).deadline(Duration::from_secs(deadline)).await;
    Ok((result, server.targets(), began.elapsed().as_secs()))
}

const SID: &str = "/v1/Rooms/RM00000000000000000000000000000001";

#[tokio::test(start_paused = true)]
async fn a_room_is_polled_by_its_sid_in_increasing_intervals() -> Test {
    let mut replies = vec![with_status("in-progress"), with_status("in-progress"), with_status("of-tomorrow")];
    replies.extend([not_found()?, with_status("in-progress"), with_status("in-progress"), with_status("completed")]);
    let (result, targets, seconds) = wait(replies, vec![1, 2, 4, 8, 15, 15], 600).await?;
    assert_eq!(result?.status, Some(RoomStatus::Completed));
    assert_eq!(targets, [&["/v1/Rooms/DailyStandup"][..], &[SID; 6]].concat());
    assert_eq!(seconds, 45);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_room_that_ends_otherwise_or_too_late_or_is_unknown_is_an_error() -> Test {
    let mut messages = Vec::new();
    let failed = wait(vec![with_status("failed")], vec![], 600).await?;
    let unknown = wait(vec![not_found()?], vec![], 600).await?;
    let late = wait((0..3).map(|_| with_status("in-progress")).collect(), vec![1, 1], 2).await?;
    assert!(late.0.as_ref().is_err_and(Error::is_timeout) && late.2 == 2, "{late:?}");
    assert!(failed.0.as_ref().is_err_and(Error::is_ended));
    for (result, _, _) in [failed, unknown, late] {
        messages.push(result.err().ok_or("it was completed")?.to_string());
    }
    insta::assert_snapshot!("failed_waits", messages.join("\n"));
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_temporary_outage_does_not_end_the_wait() -> Test {
    let replies = vec![Reply::new(503, ""), with_status("in-progress"), Reply::new(502, ""), with_status("completed")];
    let (result, _, seconds) = wait(replies, vec![1, 2, 4], 600).await?;
    assert_eq!((result?.status, seconds), (Some(RoomStatus::Completed), 7));
    let (result, _, _) = wait(vec![Reply::new(503, ""), Reply::new(503, "")], vec![1], 1).await?;
    let error = result.err().ok_or("it was completed")?;
    let cause = std::error::Error::source(&error).map(ToString::to_string);
    assert_eq!(cause.as_deref(), Some("fetch_room failed with 503 Service Unavailable"));
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn waiting_by_sid_survives_the_404_of_a_room_that_has_just_ended() -> Test {
    let sid = SID.trim_start_matches("/v1/Rooms/");
    let missing = |times: usize| (0..times).map(|_| not_found()).collect::<Result<Vec<_>, _>>();
    let replies = [missing(2)?, vec![with_status("completed")]].concat();
    let (result, _, seconds) = wait_for(sid, replies, vec![1, 2], 600).await?;
    assert_eq!((result?.status, seconds), (Some(RoomStatus::Completed), 3));
    let (result, targets, _) = wait_for(sid, missing(9)?, vec![1, 2, 4, 8, 15], 600).await?;
    assert!(result.is_err_and(|error| error.is_not_found()) && targets == [SID; 6], "{targets:?}");
    let (result, targets, _) = wait_for("name", missing(2)?, vec![], 600).await?;
    assert!(result.is_err_and(|error| error.is_not_found()) && targets.len() == 1, "{targets:?}");
    Ok(())
}
