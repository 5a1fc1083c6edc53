//! Status callbacks in the log.

use axum::Router;
use axum::http::StatusCode;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::{Inspector, stable};
use crate::support::{Test, at};

#[tokio::test]
async fn a_callback_is_recorded_with_what_was_answered() -> Test {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let receiver = listener.local_addr()?;
    let hostile = "<script>hostile=1</script>";
    let answer = async move || (StatusCode::IM_A_TEAPOT, [("x-odd", "1")], hostile);
    let task = tokio::spawn(async move { axum::serve(listener, Router::new().fallback(answer)).await });
    let inspector = Inspector::start().await?;
    let encoded = format!("http%3A%2F%2F{receiver}%2Fhooks%3Ftoken%3Dmy-own-secret");
    inspector.api("POST", "/v1/Rooms", &format!("UniqueName=standup&StatusCallback={encoded}")).await?;
    inspector.sandbox.wait_for_deliveries(1).await;
    let callbacks = inspector.live("").await?.until("callbacks", |_| true).await?.data;
    let id = callbacks[0]["id"].as_u64().ok_or("no id")?;
    let details = inspector.get(&format!("/sandbox/inspector/callbacks/{id}")).await?.json()?;
    let shown = json!({ "summary": stable(&inspector, &callbacks[0])?, "details": stable(&inspector, &details)? });
    let shown = shown.to_string().replace(&receiver.to_string(), "[the receiver]");
    let mut shown: Value = serde_json::from_str(&shown)?;
    let head = shown["details"]["answer_head"].as_str().unwrap_or_default();
    // The date differs between two runs.
    let head: Vec<&str> = head.lines().filter(|line| !line.starts_with("date:")).collect();
    shown["details"]["answer_head"] = head.join("\n").into();
    insta::assert_json_snapshot!(shown);
    task.abort();
    Ok(())
}

#[tokio::test]
async fn a_callback_that_cannot_be_sent_is_recorded_with_the_reason() -> Test {
    let inspector = Inspector::start().await?;
    for (name, url, method, error) in [
        ("a", "https%3A%2F%2F127.0.0.1%2F", "POST", "the sandbox sends callbacks to http URLs only"),
        (
            "b",
            "http%3A%2F%2F192.0.2.1%2Fhooks",
            "GET",
            "the sandbox sends callbacks to loopback addresses only, unless `callbacks_to_any_host` is set",
        ),
    ] {
        let form = format!("UniqueName={name}&StatusCallback={url}&StatusCallbackMethod={method}");
        inspector.api("POST", "/v1/Rooms", &form).await?;
        let mut live = inspector.live("").await?;
        let is_ended = |callbacks: &Value| {
            let mut callbacks = callbacks.as_array().into_iter().flatten();
            callbacks.any(|callback| callback["room_name"] == name && callback["error"] == error)
        };
        live.until("callbacks", is_ended).await?;
    }
    inspector.sandbox.set_now(at(1));
    Ok(())
}
