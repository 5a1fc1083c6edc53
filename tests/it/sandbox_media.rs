//! The media of recordings, which the sandbox serves as the vendor's storage does.

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use twilio_rooms::Client;
use twilio_rooms_sandbox::{Fault, Sandbox, TrackKind};

use crate::support::{Test, at, standup};

/// The sandbox, its client, and the URL and the size of the media of a recording that took three seconds.
struct Recorded {
    sandbox: Sandbox,
    client: Client,
    url: String,
    size: usize,
}

impl Recorded {
    async fn new() -> Result<Self, Box<dyn std::error::Error>> {
        let (sandbox, client) = standup().await?;
        let room = client.rooms().create().unique_name("standup").record_participants_on_connect(true).await?.sid;
        sandbox.join("standup", "alice")?;
        sandbox.publish("standup", "alice", TrackKind::Audio, "microphone")?;
        sandbox.set_now(at(3));
        client.room(&room).complete().await?;
        let recordings = client.room(&room).recordings().list().collect().await?;
        let recording = recordings.first().ok_or("no recording")?;
        let size = recording.size.ok_or("no size")?.get().try_into()?;
        let url = client.room(&room).recording(&recording.sid).media_url().await?;
        Ok(Self { sandbox, client, url, size })
    }

    /// Requests the media with these headers, and without credentials.
    async fn get(&self, headers: &[(&'static str, &str)]) -> reqwest::Result<reqwest::Response> {
        let named = |(name, value): &(&'static str, &str)| {
            HeaderValue::from_str(value).ok().map(|value| (HeaderName::from_static(name), value))
        };
        let headers: HeaderMap = headers.iter().filter_map(named).collect();
        reqwest::Client::new().get(&self.url).headers(headers).send().await
    }
}

fn header<'a>(response: &'a reqwest::Response, name: &str) -> &'a str {
    response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

#[tokio::test]
async fn media_have_the_size_of_the_recording_and_are_the_same_every_time() -> Test {
    let recorded = Recorded::new().await?;
    let requests = recorded.sandbox.requests();
    let whole = recorded.get(&[]).await?;
    assert_eq!((whole.status(), header(&whole, "content-type")), (StatusCode::OK, "audio/x-matroska"));
    assert_eq!(header(&whole, "content-length"), recorded.size.to_string());
    let whole = whole.bytes().await?;
    assert_eq!((whole.len(), recorded.size), (18_000, 18_000));
    assert_eq!(recorded.get(&[]).await?.bytes().await?, whole);
    let same = Recorded::new().await?;
    assert_eq!(same.get(&[]).await?.bytes().await?, whole, "another sandbox has the same");
    assert_eq!((recorded.sandbox.requests(), recorded.sandbox.media_requests()), (requests, 2));
    let head = reqwest::Client::new().head(&recorded.url).send().await?;
    assert_eq!((head.status(), header(&head, "content-length")), (StatusCode::OK, "18000"));
    Ok(())
}

#[tokio::test]
async fn ranges_of_media_are_served() -> Test {
    let recorded = Recorded::new().await?;
    let whole = recorded.get(&[]).await?.bytes().await?;
    for (range, part, content_range) in [
        ("bytes=0-99", 0..100, "bytes 0-99/18000"),
        ("bytes=17999-", 17_999..18_000, "bytes 17999-17999/18000"),
        ("bytes=-500", 17_500..18_000, "bytes 17500-17999/18000"),
    ] {
        let response = recorded.get(&[("range", range)]).await?;
        assert_eq!(response.status(), StatusCode::PARTIAL_CONTENT, "{range}");
        assert_eq!(header(&response, "content-range"), content_range);
        assert_eq!(response.bytes().await?, whole[part], "{range}");
    }
    let beyond = recorded.get(&[("range", "bytes=18000-")]).await?;
    assert_eq!(beyond.status(), StatusCode::RANGE_NOT_SATISFIABLE);
    assert_eq!(header(&beyond, "content-range"), "bytes */18000");
    Ok(())
}

#[tokio::test]
async fn a_range_of_other_media_is_answered_with_the_whole() -> Test {
    let recorded = Recorded::new().await?;
    let etag = header(&recorded.get(&[]).await?, "etag").to_owned();
    assert!(etag.starts_with('"') && etag.ends_with('"') && etag.len() > 2, "{etag}");
    let same = recorded.get(&[("range", "bytes=9-"), ("if-range", &etag)]).await?;
    assert_eq!(same.status(), StatusCode::PARTIAL_CONTENT);
    let other = recorded.get(&[("range", "bytes=9-"), ("if-range", "\"other\"")]).await?;
    assert_eq!((other.status(), other.content_length()), (StatusCode::OK, Some(18_000)));
    Ok(())
}

#[tokio::test]
async fn the_url_of_media_expires_and_belongs_to_one_recording() -> Test {
    let mut recorded = Recorded::new().await?;
    recorded.sandbox.set_now(at(3 + 3599));
    assert_eq!(recorded.get(&[]).await?.status(), StatusCode::OK);
    recorded.sandbox.set_now(at(3 + 3600));
    let expired = recorded.get(&[]).await?;
    assert_eq!(expired.status(), StatusCode::FORBIDDEN);
    let said = expired.text().await?;
    assert!(said.contains("<Message>Request has expired</Message>"), "{said}");
    recorded.url = recorded.url.replace("X-Amz-Date=", "X-Amz-Date=2");
    let forged = recorded.get(&[]).await?;
    assert_eq!(forged.status(), StatusCode::FORBIDDEN);
    assert!(forged.text().await?.contains("SignatureDoesNotMatch"));
    Ok(())
}

#[tokio::test]
async fn media_are_refused_to_who_sends_credentials_along() -> Test {
    let recorded = Recorded::new().await?;
    let response = recorded.get(&[("authorization", "Basic c2lkOnRva2Vu")]).await?;
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    assert!(response.text().await?.contains("Only one auth mechanism allowed"));
    Ok(())
}

#[tokio::test]
async fn deleted_media_are_gone_at_a_url_that_is_still_valid() -> Test {
    let recorded = Recorded::new().await?;
    let mut path = recorded.url.split('?').next().unwrap_or_default().rsplit('/');
    let (recording, room) = (path.next().unwrap_or_default(), path.next().unwrap_or_default());
    recorded.client.room(room).recording(recording).delete().await?;
    assert_eq!(recorded.get(&[]).await?.status(), StatusCode::NOT_FOUND);
    Ok(())
}

#[tokio::test]
async fn faults_of_media_apply_to_media_only() -> Test {
    let recorded = Recorded::new().await?;
    recorded.sandbox.inject_into_media(Fault::ResetInBody, 1);
    recorded.client.rooms().list().send().await?;
    let response = recorded.get(&[("range", "bytes=0-9999")]).await?;
    assert_eq!((response.status(), response.content_length()), (StatusCode::PARTIAL_CONTENT, Some(10_000)));
    assert!(response.bytes().await.is_err(), "the body breaks off");
    recorded.sandbox.inject_into_media(Fault::Status(503), 1);
    assert_eq!(recorded.get(&[]).await?.status(), StatusCode::SERVICE_UNAVAILABLE);
    let fault = [("fault", "status"), ("status", "418"), ("on", "media")];
    let control = format!("{}/sandbox/faults", recorded.sandbox.url());
    let form = fault.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&");
    let post = reqwest::Client::new().post(&control).header("content-type", "application/x-www-form-urlencoded");
    assert_eq!(post.body(form).send().await?.status(), StatusCode::NO_CONTENT);
    recorded.client.rooms().list().send().await?;
    assert_eq!(recorded.get(&[]).await?.status(), StatusCode::IM_A_TEAPOT);
    assert_eq!(recorded.get(&[]).await?.status(), StatusCode::OK);
    Ok(())
}
