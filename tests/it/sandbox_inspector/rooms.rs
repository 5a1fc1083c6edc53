//! The list of rooms, which is bounded.

use serde_json::Value;
use twilio_rooms_sandbox::Sandbox;

use super::Inspector;
use crate::support::Test;

fn names(list: &Value) -> Vec<&str> {
    list["rooms"].as_array().into_iter().flatten().filter_map(|room| room["name"].as_str()).collect()
}

#[tokio::test]
async fn of_thousands_of_rooms_a_hundred_are_listed_and_the_others_are_counted() -> Test {
    let inspector = Inspector::of(Sandbox::builder().rooms(5000)).await?;
    let state = inspector.live("").await?.until("state", |_| true).await?.data;
    for status in ["in-progress", "completed", "failed"] {
        let list = inspector.get(&format!("/sandbox/inspector/rooms?status={status}")).await?.json()?;
        let (shown, left_out) = (names(&list).len() as u64, list["left_out"].as_u64());
        assert_eq!(left_out.map(|left_out| left_out + shown), state["rooms"][status].as_u64(), "{status}");
        assert!((50..=100).contains(&shown), "{status}: {shown}");
    }
    let answer = inspector.get("/sandbox/inspector/rooms?status=odd").await?;
    assert_eq!((answer.status, answer.message()), (400, "Invalid status: odd".to_owned()));
    Ok(())
}

#[tokio::test]
async fn rooms_are_found_by_name_sid_and_participant() -> Test {
    let inspector = Inspector::start().await?;
    for name in ["Standup", "Planning", "Retrospective"] {
        inspector.api("POST", "/v1/Rooms", &format!("UniqueName={name}")).await?;
    }
    inspector.sandbox.join("Planning", "Zoë Quist")?;
    let all = inspector.get("/sandbox/inspector/rooms").await?.json()?;
    assert_eq!(names(&all), ["Retrospective", "Planning", "Standup"], "the newest first");
    let sid = all["rooms"][2]["sid"].as_str().ok_or("no SID")?;
    for (text, name) in [("STAND", "Standup"), ("zo%C3%AB", "Planning"), (sid, "Standup")] {
        let found = inspector.get(&format!("/sandbox/inspector/rooms?text={text}")).await?.json()?;
        assert_eq!((names(&found), found["left_out"].as_u64()), (vec![name], Some(0)), "{text}");
    }
    Ok(())
}

#[tokio::test]
async fn of_hundreds_of_participants_a_hundred_are_listed_and_the_others_are_counted() -> Test {
    let inspector = Inspector::start().await?;
    inspector.api("POST", "/v1/Rooms", "UniqueName=standup").await?;
    for number in 0..130 {
        inspector.sandbox.join("standup", &format!("p{number}"))?;
        inspector.sandbox.leave("standup", &format!("p{number}"))?;
    }
    let room = inspector.get("/sandbox/inspector/rooms/standup").await?.json()?;
    assert_eq!(room["participants"].as_array().map(Vec::len), Some(100));
    assert_eq!(
        (room["participants_left_out"].as_u64(), &room["participants"][0]["identity"]),
        (Some(30), &"p129".into())
    );
    assert_eq!(inspector.get("/sandbox/inspector/rooms/nowhere").await?.status, 404);
    Ok(())
}
