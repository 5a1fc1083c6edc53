//! The live stream.

use super::Inspector;
use crate::support::Test;

#[tokio::test]
async fn a_request_is_in_the_stream_as_soon_as_it_comes() -> Test {
    let inspector = Inspector::start().await?;
    let mut live = inspector.live("").await?;
    let hello = live.next().await?.ok_or("no event")?;
    assert_eq!(hello.name, "hello");
    assert_eq!(hello.data["url"].as_str(), Some(inspector.sandbox.url()));
    live.until("state", |_| true).await?;
    inspector.api("GET", "/v1/Rooms/nowhere", "").await?;
    let requests = live.until("requests", |requests| !requests[0]["size"].is_null()).await?.data;
    assert_eq!((requests[0]["id"].as_u64(), requests[0]["status"].as_u64()), (Some(1), Some(404)));
    Ok(())
}

#[tokio::test]
async fn a_page_that_connects_again_gets_only_what_it_has_not_seen() -> Test {
    let inspector = Inspector::start().await?;
    inspector.api("GET", "/v1/Rooms/one", "").await?;
    let seen = inspector.live("").await?.until("requests", |_| true).await?.id;
    inspector.api("GET", "/v1/Rooms/two", "").await?;
    let news = inspector.live(&seen).await?.until("requests", |_| true).await?.data;
    assert_eq!(news.as_array().map(Vec::len), Some(1));
    assert_eq!(news[0]["target"], "/v1/Rooms/two");
    for odd in ["7-99", "x", "", "-"] {
        let all = inspector.live(odd).await?.until("requests", |_| true).await?.data;
        assert_eq!(all.as_array().map(Vec::len), Some(2), "{odd} is the id of no event of this sandbox");
    }
    Ok(())
}

#[tokio::test]
async fn the_state_is_in_the_stream_whenever_it_changes() -> Test {
    let inspector = Inspector::start().await?;
    let mut live = inspector.live("").await?;
    live.until("state", |state| state["rooms"]["in-progress"] == 0).await?;
    inspector.api("POST", "/v1/Rooms", "UniqueName=standup").await?;
    let before = live.until("state", |state| state["rooms"]["in-progress"] == 1).await?.data["version"].as_u64();
    inspector.sandbox.join("standup", "alice")?;
    live.until("state", |state| state["version"].as_u64() > before).await?;
    inspector.sandbox.set_now(crate::support::at(7));
    live.until("state", |state| state["stopped_at"] == "1970-01-12T13:46:47Z").await?;
    inspector.sandbox.inject_always(twilio_rooms_sandbox::Fault::Html);
    let faults = live.until("state", |state| state["faults"] != serde_json::json!([])).await?.data["faults"].clone();
    assert_eq!(faults, serde_json::json!([{ "fault": "html", "times": null, "on": "api" }]));
    inspector.sandbox.clear_faults();
    live.until("state", |state| state["faults"] == serde_json::json!([])).await?;
    Ok(())
}

#[tokio::test]
async fn an_open_stream_does_not_keep_the_sandbox_from_stopping() -> Test {
    let inspector = Inspector::start().await?;
    let mut live = inspector.live("").await?;
    live.until("state", |_| true).await?;
    inspector.sandbox.stop().await?;
    assert!(live.next().await?.is_none());
    Ok(())
}
