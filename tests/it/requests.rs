//! Requests as they are on the wire.

use chrono::{DateTime, NaiveDate};
use twilio_rooms::{Client, Credentials, RoomStatus};

use crate::support::{Reply, Server, Test, assert_requests, client, credentials, page};

async fn empty() -> std::io::Result<Server> {
    Server::start([Reply::json(200, &page([], None))]).await
}

#[tokio::test]
async fn a_listing_without_filters_requests_the_largest_page() -> Test {
    let server = empty().await?;
    client(&server)?.rooms().list().send().await?;
    assert_requests!("a_plain_listing", server);
    Ok(())
}

#[tokio::test]
async fn every_filter_arrives_unchanged() -> Test {
    let server = empty().await?;
    let list = client(&server)?.rooms().list();
    let list = list.status(RoomStatus::Completed).unique_name("Ümläut & 100%/? #").page_size(7);
    let day = NaiveDate::from_ymd_opt(2026, 10, 31).ok_or("no such day")?;
    let instant = DateTime::parse_from_rfc3339("2026-11-01T01:30:00.5+02:00")?;
    list.created_on_or_after(day).created_before(instant).send().await?;
    assert_requests!("every_filter", server);
    Ok(())
}

#[tokio::test]
async fn the_user_agent_starts_with_that_of_the_caller() -> Test {
    let server = empty().await?;
    let builder = Client::builder().credentials(credentials()).base_url(server.url());
    builder.user_agent("my-app/1.2 (test)").build()?.rooms().list().send().await?;
    let seen = server.seen();
    let sent = seen.first().and_then(|seen| seen.headers.get("user-agent"));
    let expected = format!("my-app/1.2 (test) twilio-rooms/{}", env!("CARGO_PKG_VERSION"));
    assert_eq!(sent, Some(&expected));
    Ok(())
}

#[tokio::test]
async fn an_api_key_is_sent_as_basic_authentication() -> Test {
    let server = empty().await?;
    let key = Credentials::api_key("SK0123456789abcdef0123456789abcdef", "sécret:with a colon");
    Client::builder().credentials(key).base_url(server.url()).build()?.rooms().list().send().await?;
    let seen = server.seen();
    let sent = seen.first().and_then(|seen| seen.headers.get("authorization")).map(String::as_str);
    assert_eq!(sent, Some("Basic U0swMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjpzw6ljcmV0OndpdGggYSBjb2xvbg=="));
    Ok(())
}

#[tokio::test]
async fn a_base_url_can_have_a_path_and_a_trailing_slash() -> Test {
    let server = empty().await?;
    let url = format!("{}/twilio/", server.url());
    Client::builder().credentials(credentials()).base_url(url).build()?.rooms().list().send().await?;
    assert_eq!(server.targets(), ["/twilio/v1/Rooms?PageSize=1000"]);
    Ok(())
}

#[tokio::test]
async fn an_unknown_status_is_sent_unchanged() -> Test {
    let server = empty().await?;
    client(&server)?.rooms().list().status("paused").send().await?;
    assert_eq!(server.targets(), ["/v1/Rooms?PageSize=1000&Status=paused"]);
    Ok(())
}

#[tokio::test]
async fn filters_out_of_range_are_rejected_before_sending() -> Test {
    let server = Server::start([]).await?;
    let list = || client(&server).map(|client| client.rooms().list());
    let far = DateTime::<chrono::Utc>::MAX_UTC;
    let mut messages = Vec::new();
    for invalid in [
        list()?.page_size(0),
        list()?.page_size(1001),
        list()?.unique_name(""),
        list()?.unique_name("n".repeat(129)),
        list()?.created_before(far),
        list()?.any_status(),
    ] {
        let error = invalid.send().await.err().ok_or("no error")?;
        assert!(error.is_invalid_request() && !error.is_retryable());
        messages.push(error.to_string());
    }
    assert_eq!(server.seen().len(), 0);
    insta::assert_snapshot!("rejected_listings", messages.join("\n"));
    Ok(())
}

#[test]
fn the_ranges_match_the_spec() -> Test {
    let spec = std::fs::read_to_string(crate::support::root().join("spec/rooms.yaml"))?;
    // The test above pins `MAX_PAGE_SIZE` and `MAX_NAME` of the client.
    assert!(spec.contains("        minimum: 1\n        maximum: 1000\n        default: 50\n"));
    assert!(spec.contains("          schema:\n            type: string\n            maxLength: 128\n"));
    Ok(())
}
