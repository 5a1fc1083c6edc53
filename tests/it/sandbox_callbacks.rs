//! Status callbacks that the sandbox sends.

use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use twilio_rooms::{Callback, CallbackEvent, CallbackValidator};
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
            "the sandbox sends callbacks to loopback addresses only, unless told otherwise",
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
