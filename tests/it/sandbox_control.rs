//! Scripted participants that are controlled over HTTP, as programs in other languages do.

use axum::http::Method;
use serde_json::Value;
use twilio_rooms::Retry;
use twilio_rooms_sandbox::{Fault, Sandbox};

use crate::support::{Test, client_of, credentials, standup, start};

#[tokio::test]
async fn scripted_participants_are_controlled_over_http() -> Test {
    let (sandbox, client) = standup().await?;
    client.rooms().create().unique_name("Daily Standup").await?;
    let (requests, changes) = (sandbox.requests(), sandbox.changes());
    sandbox.inject(Fault::Status(503));
    // The control endpoints need no credentials of the account.
    let outsider = client_of(&sandbox).credentials(credentials()).retry(Retry::none()).build()?;
    let control = async |action: &str, form: &[(&str, &str)]| {
        let request = outsider.request(Method::POST, format!("/sandbox/{action}")).form(form.iter().copied());
        request.send().await.map(|response| (response.status(), String::from_utf8_lossy(response.value()).into_owned()))
    };
    let (room, alice) = (("room", "Daily Standup"), ("participant", "alice"));
    let joined = control("join", &[room, ("identity", "alice")]).await?;
    let published = control("publish", &[room, alice, ("kind", "audio"), ("name", "microphone")]).await?;
    sandbox.clear_faults();
    assert_eq!((joined.0, published.0), (201, 201));
    let [joined, published] = [joined.1, published.1].map(|body| serde_json::from_str::<Value>(&body));
    let tracks = client.room("Daily Standup").participant("alice").published_tracks();
    let track = tracks.fetch("microphone").await?;
    assert_eq!(
        (track.participant_sid.map(|sid| sid.to_string()).as_deref(), track.sid.as_str()),
        (joined?["sid"].as_str(), published?["sid"].as_str().unwrap_or_default(),)
    );
    assert_eq!(control("unpublish", &[room, alice, ("track", "microphone")]).await?.0, 204);
    assert!(tracks.list().collect().await?.is_empty());
    assert_eq!(control("leave", &[room, alice]).await?.0, 204);
    assert_eq!(sandbox.changes(), changes, "actions of scripted participants are not counted as changes");
    assert_eq!(sandbox.requests(), requests + 2, "only requests to the API are counted");

    let refused = [
        ("join", &[("room", "nowhere"), ("identity", "alice")][..], "alice cannot join nowhere: no such room"),
        ("join", &[room], "Missing identity"),
        ("leave", &[room, alice], "alice cannot leave Daily Standup: no such participant"),
        ("publish", &[room, alice, ("kind", "smell"), ("name", "x")], "kind can be audio, video or data"),
        ("unpublish", &[room, alice, ("track", "x")], "alice cannot unpublish x in Daily Standup: no such participant"),
    ];
    for (action, form, message) in refused {
        let error = control(action, form).await.err().ok_or(action)?;
        assert_eq!((error.status(), error.message()), (Some(400), Some(message)), "{action}");
    }
    Ok(())
}

#[tokio::test]
async fn faults_latency_and_the_clock_are_set_over_http() -> Test {
    let (sandbox, client) = standup().await?;
    let control = client_of(&sandbox).credentials(credentials()).retry(Retry::none()).build()?;
    let post = async |path: &str, form: &[(&str, &str)]| {
        let request = control.request(Method::POST, format!("/sandbox/{path}")).form(form.iter().copied());
        request.send().await.map(|response| String::from_utf8_lossy(response.value()).into_owned())
    };
    post("faults", &[("fault", "status"), ("status", "418")]).await?;
    assert_eq!(client.room("x").fetch().await.err().and_then(|error| error.status()), Some(418));
    assert_eq!(client.room("x").fetch().await.err().and_then(|error| error.status()), Some(404));
    post("faults", &[("fault", "status"), ("status", "429"), ("seconds", "90"), ("times", "always")]).await?;
    let error = client.rooms().create().await.err().ok_or("no error")?;
    assert_eq!(error.retry_after().map(|delay| delay.as_secs()), Some(90));
    control.request(Method::DELETE, "/sandbox/faults").send().await?;
    // Another client has not heard of the pause.
    let client = client_of(&sandbox).build()?;
    assert_eq!(post("clock", &[("now", "2026-11-01T12:00:00Z")]).await?, r#"{"now":"2026-11-01T12:00:00Z"}"#);
    assert_eq!(post("clock", &[("advance", "3600")]).await?, r#"{"now":"2026-11-01T13:00:00Z"}"#);
    let created = client.rooms().create().await?.date_created.ok_or("no time")?;
    assert_eq!(created.to_rfc3339(), "2026-11-01T13:00:00+00:00");
    post("latency", &[("milliseconds", "30")]).await?;
    let started = std::time::Instant::now();
    client.rooms().list().send().await?;
    assert!(started.elapsed().as_millis() >= 29);
    for (path, form) in [
        ("faults", ("fault", "none")),
        ("faults", ("fault", "status")),
        ("faults", ("times", "x")),
        ("clock", ("now", "soon")),
        ("clock", ("advance", "99999999999999999")),
        ("clock", ("advance", "-1")),
        ("clock", ("x", "y")),
        ("latency", ("milliseconds", "x")),
    ] {
        let error = post(path, &[form]).await.err().ok_or("no error")?;
        assert_eq!(error.status(), Some(400), "{path} {form:?}");
    }
    Ok(())
}

#[tokio::test]
async fn the_sandbox_listens_on_another_address_if_asked() -> Test {
    let Ok(sandbox) = start(Sandbox::builder().host("::1".parse()?).rooms(3).all_completed()).await else {
        return Ok(()); // This machine has no IPv6.
    };
    assert!(sandbox.url().starts_with("http://[::1]:"));
    assert_eq!(client_of(&sandbox).build()?.rooms().list().any_status().collect().await?.len(), 3);
    Ok(())
}
