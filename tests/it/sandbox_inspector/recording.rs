//! Requests and responses in the log: without secrets, bounded, and as curl.

use serde_json::{Value, json};
use twilio_rooms_sandbox::{Fault, TrackKind};

use super::{ACCOUNT, Inspector, stable};
use crate::support::Test;

const FORM: &str = "Content-Type: application/x-www-form-urlencoded";

#[tokio::test]
async fn a_request_is_recorded_with_its_response_and_without_its_credentials() -> Test {
    let inspector = Inspector::start().await?;
    inspector.api("POST", "/v1/Rooms", "UniqueName=Daily+Standup%27s&Type=group").await?;
    inspector.api("GET", "/v1/Rooms/nowhere?x=1", "").await?;
    let host = format!("Host: {}", inspector.host);
    inspector.request("GET", "/v1/Rooms", &[&host, "Authorization: Basic eDpteS1vd24tc2VjcmV0"], "").await?;
    let recorded = [inspector.recorded(1).await?, inspector.recorded(2).await?, inspector.recorded(3).await?];
    let mut recorded = recorded.iter().map(|it| stable(&inspector, it)).collect::<super::Result<Vec<_>>>()?;
    // The room has its own test.
    recorded[0]["response_body"] = json!("[the room]");
    insta::assert_json_snapshot!(recorded);
    assert_eq!(inspector.sandbox.requests(), 3, "requests of the inspector are not counted");
    Ok(())
}

#[tokio::test]
async fn secrets_are_hidden_wherever_a_request_or_a_response_has_them() -> Test {
    let inspector = Inspector::start().await?;
    let sandbox = &inspector.sandbox;
    let host = format!("Host: {}", inspector.host);
    let form = format!(
        "grant_type=client_credentials&client_id={}&client_secret={}",
        sandbox.oauth_client_id(),
        sandbox.oauth_client_secret()
    );
    let token = inspector.request("POST", "/v2/token", &[&host, FORM], &form).await?.json()?;
    let token = token["access_token"].as_str().ok_or("no token")?.to_owned();
    let callback = "http%3A%2F%2Fuser%3Amy-own-secret%40127.0.0.1%3A1%2F%3Ftoken%3Dmy-own-secret";
    let create = format!("UniqueName=standup&RecordParticipantsOnConnect=true&StatusCallback={callback}");
    let bearer = format!("Authorization: Bearer {token}");
    let odd = ["Cookie: my-own-secret", "X-Api-Key: my-own-secret", "X-Odd: 5a4db0c5-the-api-secret"];
    let headers = [&[&host[..], &bearer, FORM][..], &odd].concat();
    let created = inspector.request("POST", "/v1/Rooms", &headers, &create).await?.json()?;
    let sid = created["sid"].as_str().ok_or("no room")?;
    sandbox.join("standup", "alice")?;
    sandbox.publish("standup", "alice", TrackKind::Audio, "microphone")?;
    sandbox.set_now(crate::support::at(60));
    sandbox.leave("standup", "alice")?;
    let recordings = inspector.api("GET", &format!("/v1/Rooms/{sid}/Recordings"), "").await?.json()?;
    let media = recordings["recordings"][0]["links"]["media"].as_str().ok_or("no media")?.to_owned();
    let media = media.trim_start_matches(sandbox.url());
    let answer = inspector.api("GET", media, "").await?;
    let signed = answer.header("location").ok_or("no location")?.to_owned();
    let signed = signed.trim_start_matches(sandbox.url());
    let answer = inspector.request("GET", signed, &[&host, "Range: bytes=0-9"], "").await?;
    assert_eq!(answer.status, 206);
    let signature = signed.split("X-Amz-Signature=").nth(1).ok_or("no signature")?;
    inspector.api("GET", "/v1/Rooms/x?access_token=my-own-secret&AuthToken=my-own-secret", "").await?;
    inspector.api("POST", "/v1/Rooms/x", "Status=5a4db0c5-the-auth-token&password=my-own-secret").await?;
    sandbox.wait_for_deliveries(6).await;

    let mut shown = String::new();
    for id in 1..=40 {
        shown += &inspector.get(&format!("/sandbox/inspector/requests/{id}")).await?.body;
        shown += &inspector.get(&format!("/sandbox/inspector/callbacks/{id}")).await?.body;
    }
    let mut live = inspector.live("").await?;
    for name in ["requests", "callbacks"] {
        shown += &live.until(name, |_| true).await?.data.to_string();
    }
    let room = inspector.get("/sandbox/inspector/rooms/standup").await?;
    assert_eq!(room.json()?["status_callback"], "http://[hidden]@127.0.0.1:1/?token=[hidden]");
    shown += &room.body;
    for secret in [
        sandbox.auth_token(),
        sandbox.api_secret(),
        sandbox.oauth_client_secret(),
        &token,
        signature,
        "my-own-secret",
        ACCOUNT.trim_start_matches("Authorization: Basic "),
    ] {
        assert!(!shown.contains(secret), "{secret} is shown");
    }
    let mut curls = Vec::new();
    for id in 1..=40 {
        let answer = inspector.get(&format!("/sandbox/inspector/requests/{id}")).await?;
        if answer.status == 200 {
            curls.push(answer.json()?["curl"].as_str().unwrap_or_default().replace(&inspector.host, "[the sandbox]"));
        }
    }
    insta::assert_snapshot!(curls.join("\n\n"));
    Ok(())
}

#[tokio::test]
async fn the_log_keeps_the_last_500_requests() -> Test {
    let inspector = Inspector::start().await?;
    for number in 1..=503 {
        inspector.get(&format!("/v1/Rooms/x{number}")).await?;
    }
    let mut live = inspector.live("").await?;
    let bounds = live.until("state", |_| true).await?.data["log"].clone();
    assert_eq!((&bounds["first_request"], &bounds["dropped_requests"]), (&json!(4), &json!(3)));
    let requests = live.until("requests", |_| true).await?.data;
    assert_eq!(requests.as_array().map(Vec::len), Some(500));
    assert_eq!((&requests[0]["target"], &requests[499]["target"]), (&json!("/v1/Rooms/x4"), &json!("/v1/Rooms/x503")));
    let gone = inspector.get("/sandbox/inspector/requests/3").await?;
    let message = "This is not in the log any more, which keeps the last 500 requests and the last 500 callbacks";
    assert_eq!((gone.status, gone.message().as_str()), (404, message));
    assert_eq!(inspector.act("clear", &json!({})).await?.status, 204);
    let state = inspector.live("").await?.until("state", |_| true).await?;
    assert_eq!((&state.data["log"]["first_request"], &state.data["log"]["cleared"]), (&Value::Null, &json!(503)));
    Ok(())
}

#[tokio::test]
async fn a_request_shows_the_fault_that_it_got() -> Test {
    let inspector = Inspector::start().await?;
    inspector.sandbox.inject(Fault::RetryAfter { status: 503, seconds: 7 });
    inspector.sandbox.inject(Fault::TruncatedJson);
    inspector.sandbox.inject(Fault::ResetInBody);
    for _ in 0..2 {
        inspector.api("GET", "/v1/Rooms", "").await?;
    }
    // The connection breaks, at once or after a part of the response.
    let _ = inspector.api("GET", "/v1/Rooms", "").await;
    let mut live = inspector.live("").await?;
    let requests = live.until("requests", |requests| requests[2]["is_cut_short"] == true).await?.data;
    let shown = |index: usize| (requests[index]["fault"].as_str(), requests[index]["status"].as_u64());
    assert_eq!(shown(0), (Some("status 503, retry after 7 s"), Some(503)));
    assert_eq!(shown(1), (Some("truncated-json"), Some(200)));
    assert_eq!(shown(2), (Some("reset-in-body"), Some(200)));
    assert_eq!(requests[0]["error"], json!([20503, "Service is unavailable. Please try again"]));
    Ok(())
}

#[tokio::test]
async fn a_request_that_stalls_is_shown_at_once_and_ends_when_its_client_goes() -> Test {
    let inspector = Inspector::start().await?;
    let mut live = inspector.live("").await?;
    inspector.sandbox.inject(Fault::StallBeforeHeaders);
    let mut client = inspector.connect().await?;
    let request = format!("GET /v1/Rooms HTTP/1.1\r\nHost: {}\r\n{ACCOUNT}\r\n\r\n", inspector.host);
    tokio::io::AsyncWriteExt::write_all(&mut client, request.as_bytes()).await?;
    let stalled = live.until("requests", |requests| requests[0]["fault"] == "stall-before-headers").await?.data;
    assert_eq!((&stalled[0]["status"], &stalled[0]["is_abandoned"]), (&Value::Null, &json!(false)));
    drop(client);
    live.until("requests", |requests| requests[0]["is_abandoned"] == true).await?;
    Ok(())
}
