//! Every response of the sandbox matches the spec, without additional properties.

use serde_json::Value;
use twilio_rooms::{Client, Error};
use twilio_rooms_sandbox::TrackKind;

use crate::support::{Test, http_client_builder, schema_violations, standup};

/// Sends a request, with a form if it is a `POST`, and returns the body of the response.
async fn body(client: &Client, method: &str, path: &str, pairs: &[(&str, &str)]) -> Result<String, Error> {
    let request = client.request(method.parse().unwrap_or_default(), path);
    let request = if method == "POST" { request.form(pairs.iter().copied()) } else { request };
    match request.send().await {
        Ok(response) => Ok(String::from_utf8_lossy(response.value()).into_owned()),
        Err(error) => error.body().map(str::to_owned).ok_or(error),
    }
}

#[tokio::test]
async fn every_response_matches_the_spec() -> Test {
    const RULES: &[(&str, &str)] = &[("Rules", r#"[{"type":"include","kind":"audio","publisher":"alice"}]"#)];
    let (sandbox, client) = standup().await?;
    client.rooms().create().unique_name("standup").record_participants_on_connect(true).await?;
    let room = client.room("standup").fetch().await?.sid;
    let (alice, bob) = (sandbox.join("standup", "alice")?, sandbox.join("standup", "bob")?);
    for kind in [TrackKind::Audio, TrackKind::Video, TrackKind::Data] {
        sandbox.publish("standup", "alice", kind, &format!("{kind:?}"))?;
    }
    let recordings = client.room(&room).recordings().list().collect().await?;
    let recording = recordings.first().ok_or("no recording")?.sid.to_string();
    let ttid = client.room(&room).transcriptions().create().await?.ttid;
    let requests = [
        ("GET", "", "Room", &[][..]),
        ("GET", "/v1/Rooms?PageSize=1", "RoomPage", &[]),
        ("POST", "/v1/Rooms", "Room", &[("UniqueName", "another")]),
        ("POST", "/v1/Rooms", "ErrorBody", &[("UniqueName", "another")]),
        ("GET", "/Participants", "ParticipantPage", &[]),
        ("GET", "/Participants/alice", "Participant", &[]),
        ("GET", "/Participants/alice/PublishedTracks", "PublishedTrackPage", &[]),
        ("GET", "/Participants/alice/PublishedTracks/Audio", "PublishedTrack", &[]),
        ("GET", "/Participants/bob/SubscribedTracks", "SubscribedTrackPage", &[]),
        ("GET", "/Participants/bob/SubscribeRules", "SubscribeRules", &[]),
        ("POST", "/Participants/bob/SubscribeRules", "SubscribeRules", RULES),
        ("POST", "/Participants/bob/SubscribeRules", "ErrorBody", &[("Rules", "[]")]),
        ("GET", "/RecordingRules", "RecordingRules", &[]),
        ("GET", "/Recordings", "RecordingPage", &[]),
        ("GET", &format!("/Recordings/{recording}"), "Recording", &[]),
        ("GET", &format!("/Recordings/{recording}/Media"), "ErrorBody", &[]),
        ("POST", "/RecordingRules", "RecordingRules", RULES),
        ("POST", "/RecordingRules", "ErrorBody", &[("Rules", "[]")]),
        ("GET", "/Recordings", "RecordingPage", &[]),
        ("DELETE", &format!("/Recordings/{recording}"), "nothing", &[]),
        ("DELETE", &format!("/Recordings/{recording}"), "ErrorBody", &[]),
        ("POST", "/Transcriptions", "Transcription", &[("Configuration", r#"{"languageCode":"nl-BE"}"#)]),
        ("POST", "/Transcriptions", "ErrorBody", &[("Configuration", "nl-BE")]),
        ("GET", "/Transcriptions", "TranscriptionPage", &[]),
        ("POST", &format!("/Transcriptions/{ttid}"), "Transcription", &[("Status", "stopped")]),
        ("GET", &format!("/Transcriptions/{ttid}"), "Transcription", &[]),
        ("POST", &format!("/Participants/{alice}"), "Participant", &[("Status", "disconnected")]),
        ("POST", &format!("/Participants/{alice}/Anonymize"), "Participant", &[]),
        ("POST", &format!("/Participants/{bob}/Anonymize"), "ErrorBody", &[]),
        ("POST", "", "Room", &[("Status", "completed")]),
        ("POST", "/RecordingRules", "ErrorBody", RULES),
        ("PUT", "/RecordingRules", "ErrorBody", &[]),
        ("GET", "/Recordings", "RecordingPage", &[]),
        ("GET", "/Recordings?Status=late", "ErrorBody", &[]),
        ("GET", "/Transcriptions", "TranscriptionPage", &[]),
        ("GET", "/Compositions", "ErrorBody", &[]),
    ];
    for (method, path, component, pairs) in requests {
        let path = if path.starts_with("/v1") { path.to_owned() } else { format!("/v1/Rooms/{room}{path}") };
        let body = body(&client, method, &path, pairs).await?;
        if component == "nothing" {
            assert_eq!(body, "", "{method} {path}");
            continue;
        }
        let body: Value = serde_json::from_str(&body)?;
        let violations = schema_violations(component, &body)?;
        assert!(violations.is_empty(), "{method} {path}: {violations:?}\n{body:#}");
        assert_eq!(component == "ErrorBody", body.get("code").is_some(), "{method} {path}: {body:#}");
    }
    Ok(())
}

#[tokio::test]
async fn the_redirect_to_media_matches_the_spec() -> Test {
    let (sandbox, client) = standup().await?;
    let room = client.rooms().create().unique_name("standup").record_participants_on_connect(true).await?.sid;
    sandbox.join("standup", "alice")?;
    sandbox.publish("standup", "alice", TrackKind::Audio, "microphone")?;
    client.room(&room).complete().await?;
    let recordings = client.room(&room).recordings().list().collect().await?;
    let recording = recordings.first().ok_or("no recording")?;
    let media = recording.links.as_ref().and_then(|links| links.media.as_ref()).ok_or("no link")?;
    let http = http_client_builder().redirect(reqwest::redirect::Policy::none()).build()?;
    let response = http.get(media).basic_auth(sandbox.account_sid(), Some(sandbox.auth_token())).send().await?;
    assert_eq!(response.status(), 302);
    let location = response.headers()["location"].to_str()?.to_owned();
    assert_eq!(client.room(&room).recording(&recording.sid).media_url().await?, location);
    let body: Value = serde_json::from_str(&response.text().await?)?;
    assert_eq!(body["redirect_to"], location);
    assert_eq!(schema_violations("RecordingMedia", &body)?, Vec::<String>::new());
    Ok(())
}
