//! Bodies that are odd, large or cut short.

use tokio::io::AsyncWriteExt;

use super::{ACCOUNT, Inspector};
use crate::support::Test;

const FORM: &str = "Content-Type: application/x-www-form-urlencoded";

impl Inspector {
    /// The request line and the header of a request to create a room.
    fn head(&self, more: &str) -> String {
        format!(
            "POST /v1/Rooms HTTP/1.1\r\nHost: {}\r\n{ACCOUNT}\r\n{FORM}\r\nConnection: close\r\n{more}\r\n\r\n",
            self.host
        )
    }
}

#[tokio::test]
async fn bytes_that_are_not_utf_8_are_shown_as_such() -> Test {
    let inspector = Inspector::start().await?;
    let body = b"UniqueName=\xff\xfe";
    let mut request = inspector.head(&format!("X-Odd: \u{e4}\r\nContent-Length: {}", body.len())).into_bytes();
    request.extend_from_slice(body);
    inspector.send(&request).await?;
    let recorded = inspector.recorded(1).await?;
    let body = &recorded["request_body"];
    assert_eq!((body["text"].as_str(), body["is_utf8"].as_bool()), (Some("UniqueName=\u{fffd}\u{fffd}"), Some(false)));
    assert!(recorded["curl"].as_str().is_some_and(|curl| curl.contains("--data-binary @body")), "{recorded}");
    Ok(())
}

#[tokio::test]
async fn a_large_body_is_kept_up_to_64_kibibytes() -> Test {
    let inspector = Inspector::start().await?;
    let body = format!("UniqueName={}", "x".repeat(1_000_000));
    let answer = inspector.api("POST", "/v1/Rooms", &body).await?;
    assert_eq!(answer.status, 400);
    let body = inspector.recorded(1).await?["request_body"].clone();
    assert_eq!((body["size"].as_u64(), body["kept"].as_u64()), (Some(1_000_011), Some(65_536)));
    assert_eq!((body["text"].as_str().map(str::len), body["end"].as_str()), (Some(65_536), Some("complete")));
    Ok(())
}

#[tokio::test]
async fn a_body_that_nobody_reads_is_shown_as_unread() -> Test {
    let inspector = Inspector::start().await?;
    let host = format!("Host: {}", inspector.host);
    // Without credentials, the request is refused before its body is read.
    inspector.request("POST", "/v1/Rooms", &[&host, FORM], "UniqueName=x").await?;
    let body = inspector.recorded(1).await?["request_body"].clone();
    assert_eq!((body["size"].as_u64(), body["end"].as_str()), (Some(0), Some("unread")));
    Ok(())
}

#[tokio::test]
async fn a_chunked_body_that_breaks_off_is_shown_as_cut_short() -> Test {
    let inspector = Inspector::start().await?;
    let mut live = inspector.live("").await?;
    let mut client = inspector.connect().await?;
    let head = inspector.head("Transfer-Encoding: chunked");
    client.write_all(format!("{head}8\r\nUniqueNa\r\n40\r\nme=").as_bytes()).await?;
    live.until("requests", |_| true).await?;
    client.shutdown().await?;
    drop(client);
    // The request ends with an answer that nobody reads, or without one.
    live.until("requests", |requests| !requests[0]["status"].is_null() || requests[0]["is_abandoned"] == true).await?;
    let body = inspector.recorded(1).await?["request_body"].clone();
    assert_eq!(body["end"].as_str(), Some("cut-short"), "{body}");
    assert!(body["text"].as_str().is_some_and(|text| "UniqueName=".starts_with(text)), "{body}");
    Ok(())
}

#[tokio::test]
async fn a_long_target_and_a_long_header_are_cut() -> Test {
    let inspector = Inspector::start().await?;
    let long = "x".repeat(10_000);
    let host = format!("Host: {}", inspector.host);
    inspector.request("GET", &format!("/v1/Rooms/{long}"), &[&host, &format!("X-Long: {long}")], "").await?;
    let recorded = inspector.recorded(1).await?;
    assert!(
        recorded["target"].as_str().is_some_and(|target| target.ends_with("… (10010 bytes)") && target.len() < 4200)
    );
    let headers = recorded["request_headers"]["pairs"].to_string();
    assert!(headers.contains("… (10000 bytes)") && headers.len() < 5000);
    Ok(())
}

#[tokio::test]
async fn hostile_strings_stay_what_they_are() -> Test {
    let inspector = Inspector::start().await?;
    let hostile = "</script><script>hostile=1</script>\u{202e}\u{1b}[31m'\"`$(x)\\";
    let form = hostile.bytes().fold(String::new(), |form, byte| form + &format!("%{byte:02X}"));
    let answer = inspector.api("POST", "/v1/Rooms", &format!("UniqueName={form}")).await?;
    assert_eq!((answer.status, answer.json()?["unique_name"].as_str()), (201, Some(hostile)));
    let rooms = inspector.get("/sandbox/inspector/rooms").await?;
    assert_eq!(rooms.header("content-type"), Some("application/json"));
    assert_eq!(rooms.json()?["rooms"][0]["name"].as_str(), Some(hostile));
    let recorded = inspector.recorded(1).await?;
    let curl = recorded["curl"].as_str().ok_or("no command")?;
    assert!(curl.ends_with(&format!("--data-raw UniqueName={form}")), "no character reaches a terminal: {curl}");
    Ok(())
}
