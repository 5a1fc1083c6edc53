//! Status callbacks that the sandbox sends.

use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use twilio_rooms::http::Method;
use twilio_rooms::{Callback, CallbackEvent, CallbackValidator, Minutes, RoomStatus, Seconds};
use twilio_rooms_sandbox::{Sandbox, TrackKind};

use crate::callback_schemas::assert_matches_schema;
use crate::support::{Test, at, client_of, start};

/// A receiver of callbacks, which verifies their signatures.
struct Receiver {
    url: String,
    received: Arc<Mutex<Vec<Callback>>>,
    task: JoinHandle<()>,
}

#[derive(Clone)]
struct Context {
    origin: String,
    validator: CallbackValidator,
    received: Arc<Mutex<Vec<Callback>>>,
}

async fn receive(State(context): State<Context>, uri: Uri, headers: HeaderMap, body: Bytes) -> StatusCode {
    let url = format!("{}{uri}", context.origin);
    match context.validator.verify(&url, body, headers.get(CallbackValidator::HEADER)) {
        Ok(callback) => {
            context.received.lock().unwrap_or_else(PoisonError::into_inner).push(callback);
            StatusCode::NO_CONTENT
        }
        Err(_) => StatusCode::FORBIDDEN,
    }
}

impl Receiver {
    async fn start(auth_token: &str) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let received = Arc::default();
        let validator = CallbackValidator::new(auth_token);
        let context = Context { origin: url.clone(), validator, received: Arc::clone(&received) };
        let router = Router::new().fallback(receive).with_state(context);
        let task = tokio::spawn(async move { drop(axum::serve(listener, router).await) });
        Ok(Self { url, received, task })
    }

    fn received(&self) -> Vec<Callback> {
        self.received.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[tokio::test]
async fn the_whole_life_of_a_room_is_reported_in_order() -> Test {
    for (method, path) in [("POST", "/hooks?a=b'c"), ("GET", "/hooks"), ("GET", "/?x=1")] {
        let sandbox = start(Sandbox::builder().rooms(2).now(at(0))).await?;
        let receiver = Receiver::start(sandbox.auth_token()).await?;
        let client = client_of(&sandbox).build()?;
        let create = client.rooms().create().unique_name("Daily & Standup").record_participants_on_connect(true);
        let url = format!("{}{path}", receiver.url);
        let room = create.status_callback(&url).status_callback_method(method).await?;
        client.rooms().create().unique_name("without callbacks").await?;
        let name = room.sid.as_str();
        sandbox.join(name, "Zoë Quist")?;
        sandbox.publish(name, "Zoë Quist", TrackKind::Video, "camera")?;
        sandbox.unpublish(name, "Zoë Quist", "camera")?;
        sandbox.publish(name, "Zoë Quist", TrackKind::Audio, "microphone")?;
        sandbox.set_now(at(90));
        client.room(name).complete().await?;
        let deliveries = sandbox.wait_for_deliveries(12).await;
        assert!(
            deliveries.iter().all(|delivery| (delivery.status, delivery.attempts) == (Some(204), 1)),
            "{deliveries:?}"
        );
        let callbacks = receiver.received();
        let events: Vec<&CallbackEvent> = callbacks.iter().map(|callback| &callback.event).collect();
        let expected = [
            "room-created",
            "participant-connected",
            "track-added",
            "recording-started",
            "track-removed",
            "recording-completed",
            "track-added",
            "recording-started",
            "track-removed",
            "participant-disconnected",
            "recording-completed",
            "room-ended",
        ];
        assert_eq!(events, expected.map(CallbackEvent::from).iter().collect::<Vec<_>>(), "{method} {path}");
        for callback in &callbacks {
            // The vendor stores the media, and the URL of one of the rooms has a parameter of its own.
            assert_matches_schema(callback, &["MediaExternalLocation", "x"])?;
        }
        let numbers: Vec<Option<u64>> = callbacks.iter().map(|callback| callback.sequence_number).collect();
        assert_eq!(numbers, (0..12).map(Some).collect::<Vec<_>>());
        assert!(callbacks.iter().all(|callback| callback.room_name.as_deref() == Some("Daily & Standup")));
        let ended = callbacks.last().and_then(|callback| callback.room_duration);
        assert_eq!(ended.map(|duration| duration.to_string()), Some("90s".to_owned()));
        let identities = callbacks.iter().filter_map(|callback| callback.participant_identity.as_deref());
        assert!(identities.clone().count() >= 6 && identities.clone().all(|identity| identity == "Zoë Quist"));
        assert_eq!(sandbox.deliveries().len(), 12);
    }
    Ok(())
}

#[tokio::test]
async fn a_callback_that_cannot_be_delivered_says_why() -> Test {
    let sandbox = start(Sandbox::builder().rooms(0)).await?;
    let client = client_of(&sandbox).build()?;
    let closed = TcpListener::bind("127.0.0.1:0").await?;
    let refused = format!("http://{}/", closed.local_addr()?);
    drop(closed);
    for (number, (url, attempts, reason)) in [
        (
            "http://198.51.100.1/hooks",
            1,
            "the sandbox sends callbacks to loopback addresses only, unless `callbacks_to_any_host` is set",
        ),
        ("https://127.0.0.1:1/hooks", 1, "the sandbox sends callbacks to http URLs only"),
        (refused.as_str(), 2, "the connection failed"),
    ]
    .into_iter()
    .enumerate()
    {
        client.rooms().create().status_callback(url).await?;
        let deliveries = sandbox.wait_for_deliveries(number + 1).await;
        let delivery = deliveries.last().ok_or("no delivery")?;
        assert_eq!((delivery.event.as_str(), delivery.status, delivery.attempts), ("room-created", None, attempts));
        assert!(delivery.error.as_ref().is_some_and(|error| error.starts_with(reason)), "{delivery:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_receiver_with_another_auth_token_rejects_callbacks() -> Test {
    let sandbox = start(Sandbox::builder().rooms(0)).await?;
    let receiver = Receiver::start("another token").await?;
    client_of(&sandbox).build()?.rooms().create().status_callback(&receiver.url).await?;
    let deliveries = sandbox.wait_for_deliveries(1).await;
    assert_eq!(deliveries.first().and_then(|delivery| delivery.status), Some(403));
    assert!(receiver.received().is_empty());
    Ok(())
}

#[tokio::test]
async fn the_timeouts_of_a_room_follow_the_clock_and_are_reported() -> Test {
    let sandbox = start(Sandbox::builder().rooms(0).now(at(0))).await?;
    let receiver = Receiver::start(sandbox.auth_token()).await?;
    let client = client_of(&sandbox).build()?;
    let unused = client.rooms().create().unused_room_timeout(Minutes::new(2)).status_callback(&receiver.url).await?.sid;
    sandbox.set_now(at(119));
    assert_eq!(client.room(&unused).fetch().await?.status, Some(RoomStatus::InProgress));
    sandbox.set_now(at(120));
    sandbox.wait_for_deliveries(2).await;

    let create = client.rooms().create().unique_name("standup").empty_room_timeout(Minutes::new(3));
    let create = create.max_participant_duration(Seconds::new(600)).record_participants_on_connect(true);
    let used = create.status_callback(&receiver.url).await?.sid;
    sandbox.join("standup", "alice")?;
    sandbox.publish("standup", "alice", TrackKind::Audio, "microphone")?;
    sandbox.set_now(at(300));
    sandbox.join("standup", "bob")?;
    // Over HTTP, as programs in other languages do.
    let clock = client.request(Method::POST, "/sandbox/clock").form([("advance", "86400")]).send().await?;
    assert_eq!(clock.status(), 200);
    assert_eq!(sandbox.changes(), 2, "a timeout is no change by a request");
    sandbox.wait_for_deliveries(12).await;
    let room = client.room(&used).fetch().await?;
    assert_eq!((room.status, room.duration.map(Seconds::get)), (Some(RoomStatus::Completed), Some(960)));
    assert!(client.room("standup").fetch().await.is_err_and(|error| error.is_not_found()), "its name is free");
    let participants = client.room(&used).participants().list().status("disconnected").collect().await?;
    assert_eq!(participants.iter().map(|one| one.duration.map(Seconds::get)).collect::<Vec<_>>(), [Some(600); 2]);

    let callbacks = receiver.received();
    let second = |callback: &Callback| callback.timestamp.map(|time| time.timestamp() - 1_000_000);
    let events: Vec<String> = callbacks
        .iter()
        .map(|callback| format!("{} {}", second(callback).unwrap_or_default(), callback.event))
        .collect();
    insta::assert_snapshot!("the_events_of_rooms_that_time_out", events.join("\n"));
    for callback in &callbacks {
        assert_matches_schema(callback, &["MediaExternalLocation"])?;
    }
    Ok(())
}
