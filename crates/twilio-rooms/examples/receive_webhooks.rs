//! Receives all callbacks (webhooks) of a room from the sandbox: `cargo run -p twilio-rooms --example receive_webhooks --features axum`.

#![expect(clippy::print_stdout, reason = "an example shows what it received")]

use std::error::Error;

use axum::Router;
use axum::extract::{FromRef, State};
use axum::routing::post;
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use twilio_rooms::{Callback, CallbackEndpoint, CallbackEvent, Client, Credentials};
use twilio_rooms_sandbox::{Sandbox, TrackKind};

#[derive(Clone)]
struct App {
    endpoint: CallbackEndpoint,
    events: UnboundedSender<Callback>,
}

impl FromRef<App> for CallbackEndpoint {
    fn from_ref(app: &App) -> Self {
        app.endpoint.clone()
    }
}

/// The signature is verified before this runs.
async fn receive(State(app): State<App>, callback: Callback) {
    // The receiver ends with the program.
    let _ = app.events.send(callback);
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::builder().rooms(0).start().await?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/rooms", listener.local_addr()?);
    let (sender, mut events) = unbounded_channel();
    let app = App { endpoint: CallbackEndpoint::new(&url, sandbox.auth_token()), events: sender };
    let router = Router::new().route("/rooms", post(receive)).with_state(app);
    tokio::spawn(async move { axum::serve(listener, router).await });

    let credentials = Credentials::account(sandbox.account_sid(), sandbox.auth_token());
    let client = Client::builder().credentials(credentials).base_url(sandbox.url()).build()?;
    let room = client.rooms().create().unique_name("DailyStandup").status_callback(&url).await?;
    sandbox.join("DailyStandup", "alice")?;
    sandbox.publish("DailyStandup", "alice", TrackKind::Audio, "microphone")?;
    client.room(&room.sid).complete().await?;

    while let Some(callback) = events.recv().await {
        println!("{} {}", callback.sequence_number.unwrap_or_default(), callback.event);
        if callback.event == CallbackEvent::RoomEnded {
            break;
        }
    }
    Ok(())
}
