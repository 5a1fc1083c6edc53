//! What people do in the sandbox, as told by a program in another language.

use axum::http::Method;
use serde_json::Value;
use twilio_rooms::Retry;
use twilio_rooms_sandbox::Fault;

use crate::support::{Test, client_of, credentials, standup};

#[tokio::test]
async fn people_do_what_they_are_told_to_over_http() -> Test {
    let (sandbox, client) = standup().await?;
    client.rooms().create().unique_name("Daily Standup").await?;
    let (requests, changes) = (sandbox.requests(), sandbox.changes());
    sandbox.inject(Fault::Status(503));
    // Whoever tells them needs no credentials of the account.
    let outsider = client_of(&sandbox).credentials(credentials()).retry(Retry::none()).build()?;
    let tell = async |what: &str, form: &[(&str, &str)]| {
        let request = outsider.request(Method::POST, format!("/sandbox/{what}")).form(form.iter().copied());
        request.send().await.map(|answer| (answer.status(), String::from_utf8_lossy(answer.value()).into_owned()))
    };
    let (room, alice) = (("room", "Daily Standup"), ("participant", "alice"));
    let joined = tell("join", &[room, ("identity", "alice")]).await?;
    let published = tell("publish", &[room, alice, ("kind", "audio"), ("name", "microphone")]).await?;
    sandbox.clear_faults();
    assert_eq!((joined.0, published.0), (201, 201));
    let [joined, published] = [joined.1, published.1].map(|body| serde_json::from_str::<Value>(&body));
    let tracks = client.room("Daily Standup").participant("alice").published_tracks();
    let track = tracks.fetch("microphone").await?;
    assert_eq!(
        (track.participant_sid.map(|sid| sid.to_string()).as_deref(), track.sid.as_str()),
        (joined?["sid"].as_str(), published?["sid"].as_str().unwrap_or_default(),)
    );
    assert_eq!(tell("unpublish", &[room, alice, ("track", "microphone")]).await?.0, 204);
    assert!(tracks.list().collect().await?.is_empty());
    assert_eq!(tell("leave", &[room, alice]).await?.0, 204);
    assert_eq!(sandbox.changes(), changes, "what people do is no change by a request");
    assert_eq!(sandbox.requests(), requests + 2, "only the API is counted");

    let wrong = [
        ("join", &[("room", "nowhere"), ("identity", "alice")][..], "alice cannot join nowhere: there is no such room"),
        ("join", &[room], "Missing identity"),
        ("leave", &[room, alice], "alice cannot leave Daily Standup: there is nobody of the name"),
        ("publish", &[room, alice, ("kind", "smell"), ("name", "x")], "kind can be audio, video or data"),
        (
            "unpublish",
            &[room, alice, ("track", "x")],
            "alice cannot take x back in Daily Standup: it does not publish that",
        ),
    ];
    for (what, form, message) in wrong {
        let error = tell(what, form).await.err().ok_or(what)?;
        assert_eq!((error.status(), error.message()), (Some(400), Some(message)), "{what}");
    }
    Ok(())
}
