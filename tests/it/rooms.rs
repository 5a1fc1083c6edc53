//! Creating, fetching and completing rooms, and raw requests.

use twilio_rooms::http::Method;
use twilio_rooms::{
    CallbackMethod, CreateRoom, Minutes, RecordingRuleList, Room, RoomStatus, RoomType, Seconds, TrackKind, Tracks,
    TranscriptionsConfiguration, VideoCodec,
};

use crate::support::{Reply, Server, Test, assert_requests, client, example, page, room};

async fn created() -> Result<Server, Box<dyn std::error::Error>> {
    Ok(Server::start([Reply::json(201, &example("room-created")?)]).await?)
}

fn with_everything(room: CreateRoom) -> CreateRoom {
    let interpreter = Tracks::of_kind(TrackKind::Audio).and(Tracks::of_publisher("interpreter"));
    room.audio_only(false)
        .empty_room_timeout(Minutes::new(10))
        .enable_turn(true)
        .large_room(false)
        .max_participant_duration(Seconds::new(3600))
        .max_participants(10)
        .media_region("ie1")
        .record_participants_on_connect(true)
        .recording_rules(RecordingRuleList::new().include(Tracks::all()).exclude(interpreter))
        .status_callback("https://example.com/events?room=1&x=y")
        .status_callback_method(CallbackMethod::Post)
        .transcribe_participants_on_connect(true)
        .transcriptions_configuration(TranscriptionsConfiguration::new().language_code("en-US").profanity_filter(true))
        .type_(RoomType::Group)
        .unique_name("Ümläut & 100%/? #+=")
        .unused_room_timeout(Minutes::new(60))
        .video_codecs([VideoCodec::Vp8, VideoCodec::H264])
}

#[tokio::test]
async fn a_room_with_defaults_has_an_empty_body() -> Test {
    let server = created().await?;
    let room = client(&server)?.rooms().create().await?;
    assert_eq!(room.status, Some(RoomStatus::InProgress));
    assert_requests!("creating_a_room_with_defaults", server);
    Ok(())
}

#[tokio::test]
async fn every_field_of_a_new_room_arrives_unchanged() -> Test {
    let server = created().await?;
    with_everything(client(&server)?.rooms().create()).send().await?;
    let seen = server.seen();
    let body = seen.first().map(|seen| seen.body.replace('&', "\n")).ok_or("no request")?;
    insta::assert_snapshot!("every_field_of_a_new_room", body);
    Ok(())
}

#[tokio::test]
async fn properties_out_of_range_are_rejected_before_sending() -> Test {
    let server = Server::start([]).await?;
    let room = || client(&server).map(|client| client.rooms().create());
    let mut messages = Vec::new();
    for invalid in [
        room()?.max_participants(0),
        room()?.max_participants(51),
        room()?.empty_room_timeout(Minutes::new(61)),
        room()?.unused_room_timeout(Minutes::new(0)),
        room()?.max_participant_duration(Seconds::new(86_401)),
        room()?.unique_name(""),
        room()?.unique_name(".."),
        room()?.unique_name("ä".repeat(129)),
        room()?.status_callback(format!("https://example.com/{}", "x".repeat(1024))),
    ] {
        let error = invalid.await.err().ok_or("no error")?;
        assert!(error.is_invalid_request() && !error.is_outcome_unknown() && error.attempts() == 0);
        messages.push(error.to_string());
    }
    assert_eq!(server.seen().len(), 0);
    insta::assert_snapshot!("rejected_new_rooms", messages.join("\n"));
    Ok(())
}

#[tokio::test]
async fn a_room_is_fetched_by_any_sid_or_name() -> Test {
    let names = [
        "RM00000000000000000000000000000001",
        "a/b",
        "a\\b",
        "?x=1#y",
        "100%",
        "%2e%2e",
        "two words",
        "ä\n",
        "...",
        "+",
    ];
    let server = Server::start(names.map(|_| Reply::json(200, &room(1)))).await?;
    for name in names {
        let fetched: Room = client(&server)?.room(name).fetch().await?;
        assert_eq!(fetched.sid, "RM00000000000000000000000000000001");
    }
    insta::assert_json_snapshot!("paths_of_names", server.targets());
    Ok(())
}

#[tokio::test]
async fn a_name_that_would_change_the_path_is_rejected_before_sending() -> Test {
    let server = Server::start([]).await?;
    let mut messages = Vec::new();
    for name in ["", ".", "..", "n".repeat(129).as_str()] {
        let room = client(&server)?.room(name);
        for error in [room.fetch().await.err(), room.complete().await.err()] {
            let error = error.ok_or("no error")?;
            assert!(error.is_invalid_request());
            messages.push(error.to_string());
        }
    }
    assert_eq!(server.seen().len(), 0);
    messages.dedup();
    insta::assert_snapshot!("rejected_names", messages.join("\n"));
    Ok(())
}

#[tokio::test]
async fn completing_a_room_sends_its_status() -> Test {
    let mut completed = example("room-completed")?;
    completed["sid"] = "RM0123456789abcdef0123456789abcdef".into();
    let server = Server::start([Reply::json(202, &completed)]).await?;
    let response = client(&server)?.room("RM0123456789abcdef0123456789abcdef").complete().response().await?;
    assert_eq!((response.status(), response.attempts()), (202, 1));
    assert_eq!(response.value().status, Some(RoomStatus::Completed));
    assert_requests!("completing_a_room", server);
    Ok(())
}

#[tokio::test]
async fn completing_a_room_by_name_looks_up_its_sid() -> Test {
    let mut found = room(1);
    found["sid"] = "RM0123456789abcdef0123456789abcdef".into();
    let server = Server::start([Reply::json(200, &found), Reply::json(202, &found)]).await?;
    client(&server)?.room("Daily/Standup").complete().await?;
    assert_eq!(server.targets(), ["/v1/Rooms/Daily%2FStandup", "/v1/Rooms/RM0123456789abcdef0123456789abcdef"]);
    Ok(())
}

#[tokio::test]
async fn a_response_has_its_status_and_headers() -> Test {
    let reply = Reply::json(200, &room(1)).header("twilio-request-id", "RQ1").header("x-custom", "1");
    let list = Reply::json(200, &page([1], None)).header("twilio-request-id", "RQ0");
    let server = Server::start([list, reply]).await?;
    let listed = client(&server)?.rooms().list().response().await?;
    assert_eq!((listed.status(), listed.request_id(), listed.value().items.len()), (200, Some("RQ0"), 1));
    let response = client(&server)?.room("x").fetch().response().await?;
    assert_eq!(response.request_id(), Some("RQ1"));
    assert!(response.headers().get("x-custom").is_some_and(|value| value == "1"));
    assert_eq!(response.into_value().sid, "RM00000000000000000000000000000001");
    Ok(())
}

#[tokio::test]
async fn a_raw_request_has_the_credentials_of_the_client() -> Test {
    let server =
        Server::start([Reply::json(200, &room(1)), Reply::json(201, &room(2)).header("x-custom", "1")]).await?;
    let client = client(&server)?;
    let first: Room = client.request(Method::GET, "/v1/Compositions").query([("a b", "c&d")]).await?.json()?;
    assert_eq!(first.sid, "RM00000000000000000000000000000001");
    let form = [("Status", "x y"), ("Status", "ä&=")];
    let second = client.request(Method::POST, "/v1/Compositions?x=1").query([("y", "2")]).form(form).await?;
    assert_eq!((second.status(), second.headers().contains_key("x-custom")), (201, true));
    assert_requests!("raw_requests", server);
    Ok(())
}

#[tokio::test]
async fn a_raw_request_has_the_errors_of_the_client() -> Test {
    let server = Server::start([Reply::json(404, &example("error-not-found")?), Reply::new(200, "{")]).await?;
    let client = client(&server)?;
    let error = client.request(Method::DELETE, "/v1/Compositions/CJ1").send().await.err().ok_or("no error")?;
    assert!(error.is_not_found() && error.code() == Some(20404));
    let error = client.request(Method::GET, "/").await?.json::<Room>().err().ok_or("no error")?;
    assert!(error.is_decode());
    Ok(())
}

#[tokio::test]
async fn a_raw_request_cannot_leave_the_base_url() -> Test {
    let server = Server::start([]).await?;
    for path in [
        "",
        "v1/Rooms",
        "@evil.example/",
        "https://evil.example/",
        ":80/",
        "/v1/Rooms#x",
        "/../x",
        "/v1/%2E%2e/x",
        "/v1/.",
        "/a\\..\\b",
    ] {
        let error = client(&server)?.request(Method::GET, path).await.err().ok_or(path)?;
        assert!(error.is_invalid_request(), "{path}: {error}");
    }
    assert_eq!(server.seen().len(), 0);
    Ok(())
}
