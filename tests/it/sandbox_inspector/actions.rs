//! The actions of the page's buttons.

use serde_json::{Value, json};

use super::{Answer, Inspector, Result};
use crate::support::Test;

impl Inspector {
    async fn room(&self, name: &str) -> Result<Value> {
        self.get(&format!("/sandbox/inspector/rooms/{name}")).await?.json()
    }
}

fn refused(answer: &Answer) -> (u16, String) {
    (answer.status, answer.message())
}

#[tokio::test]
async fn the_buttons_of_a_room_do_what_they_say() -> Test {
    let inspector = Inspector::start().await?;
    let (room, alice) = ("standup", "alice");
    let create =
        json!({ "UniqueName": room, "Type": "group", "RecordParticipantsOnConnect": true, "MaxParticipants": 2 });
    let created = inspector.act("actions/create", &create).await?;
    assert_eq!(created.status, 201);
    let sid = created.json()?["sid"].clone();
    let joined = inspector.act("actions/join", &json!({ "room": room, "identity": alice })).await?;
    let track = json!({ "room": room, "participant": alice, "kind": "audio", "name": "microphone" });
    let published = inspector.act("actions/publish", &track).await?;
    assert_eq!((joined.status, published.status), (201, 201));
    inspector.act("actions/set-clock", &json!({ "advance": 90 })).await?;
    let shown = inspector.room(room).await?;
    assert_eq!((&shown["sid"], &shown["connected"], &shown["tracks"]), (&sid, &json!(1), &json!(1)));
    insta::assert_json_snapshot!(shown);
    let unpublish = json!({ "room": room, "participant": alice, "track": "microphone" });
    assert_eq!(inspector.act("actions/unpublish", &unpublish).await?.status, 204);
    assert_eq!(inspector.room(room).await?["recordings"][0]["status"], "completed");
    assert_eq!(inspector.act("actions/leave", &json!({ "room": room, "participant": alice })).await?.status, 204);
    assert_eq!(inspector.room(room).await?["connected"], 0);
    assert_eq!(inspector.act("actions/complete", &json!({ "room": room })).await?.status, 204);
    let sid = sid.as_str().ok_or("no SID")?;
    assert_eq!(inspector.room(sid).await?["status"], "completed");
    assert_eq!(inspector.sandbox.changes(), 0, "the buttons do not count as changes by requests");
    assert_eq!(inspector.sandbox.requests(), 0);
    Ok(())
}

#[tokio::test]
async fn the_buttons_of_the_clock_the_latency_and_the_faults_do_what_they_say() -> Test {
    let inspector = Inspector::start().await?;
    let clock = inspector.act("actions/set-clock", &json!({ "now": "2026-11-01T12:00:00Z" })).await?;
    assert_eq!(clock.json()?, json!({ "now": "2026-11-01T12:00:00Z" }));
    let clock = inspector.act("actions/set-clock", &json!({ "advance": 3600 })).await?;
    assert_eq!(clock.json()?, json!({ "now": "2026-11-01T13:00:00Z" }));
    assert_eq!(inspector.act("actions/set-latency", &json!({ "milliseconds": 3 })).await?.status, 204);
    let fault = json!({ "fault": "status", "status": 503, "seconds": 7, "times": 2, "on": "api" });
    assert_eq!(inspector.act("actions/inject-fault", &fault).await?.status, 204);
    let state = inspector.live("").await?.until("state", |_| true).await?.data;
    assert_eq!(state["latency_ms"], 3);
    let queued = json!([{ "fault": "status 503, retry after 7 s", "times": 2, "on": "api" }]);
    assert_eq!(state["faults"], queued);
    assert_eq!(inspector.get("/sandbox/inspector/rooms").await?.status, 200, "the page itself gets no faults");
    let faulty = inspector.api("GET", "/v1/Rooms", "").await?;
    assert_eq!((faulty.status, faulty.header("retry-after")), (503, Some("7")));
    assert_eq!(inspector.act("actions/clear-faults", &json!({})).await?.status, 204);
    assert_eq!(inspector.api("GET", "/v1/Rooms", "").await?.status, 200);
    Ok(())
}

#[tokio::test]
async fn an_action_that_is_not_possible_says_why() -> Test {
    let inspector = Inspector::start().await?;
    inspector.act("actions/create", &json!({ "UniqueName": "standup" })).await?;
    let cases = [
        (
            "create",
            json!({ "UniqueName": "standup" }),
            "standup cannot be created: another room in progress has this name",
        ),
        ("create", json!({ "UniqueName": "" }), "Room name is invalid"),
        ("complete", json!({ "room": "nowhere" }), "nowhere cannot be completed: no such room"),
        ("join", json!({ "room": "nowhere", "identity": "alice" }), "alice cannot join nowhere: no such room"),
        ("join", json!({ "room": "standup" }), "Missing identity"),
        ("inject-fault", json!({ "fault": "status", "status": 7 }), "Invalid status: 7"),
        ("set-clock", json!({}), "Either now or advance is required"),
        ("set-latency", json!({ "milliseconds": [] }), "milliseconds is neither a text nor a number nor a boolean"),
    ];
    for (action, parameters, message) in cases {
        let answer = inspector.act(&format!("actions/{action}"), &parameters).await?;
        assert_eq!(refused(&answer), (400, message.to_owned()), "{action} {parameters}");
    }
    let unknown = inspector.act("actions/explode", &json!({})).await?;
    assert_eq!(refused(&unknown), (404, "There is no such action".to_owned()));
    let large = inspector.act("actions/join", &json!({ "room": "x".repeat(70_000) })).await?;
    assert_eq!(large.status, 413);
    let list = inspector.act("actions/join", &json!([])).await?;
    assert!(list.message().starts_with("The body is not a JSON object"), "{list:?}");
    Ok(())
}
