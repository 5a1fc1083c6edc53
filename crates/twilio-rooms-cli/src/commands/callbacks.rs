//! `twilio-rooms callbacks`.

use std::net::{IpAddr, Ipv4Addr};

use axum::Router;
use axum::extract::{FromRef, State};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde::Serialize;
use serde_json::{Map, Value as Json};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use twilio_rooms::{Callback, CallbackEndpoint, CallbackError};

use crate::console::note;
use crate::failure::Failure;
use crate::interrupt::interrupted;
use crate::output::{Column, Fit, Row, Value};
use crate::session::Global;

#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Print status callbacks as they come, after their signature is verified
    Listen(Listen),
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twilio-rooms callbacks listen --port 8080 --url https://a.example/rooms
  twilio-rooms callbacks listen --port 8080 --output ndjson

The signature covers the URL that a room was created with. Behind a tunnel or a
proxy, say it with --url. It is made with the auth token of the account, so an
API key does not do.")]
pub(crate) struct Listen {
    /// Listen on this address
    #[arg(long, value_name = "ADDRESS", default_value_t = Ipv4Addr::LOCALHOST.into())]
    host: IpAddr,
    /// Listen on this port; 0 is any free one
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// The URL as the service knows it [default: the address]
    #[arg(long)]
    url: Option<String>,
    /// End after this number of callbacks
    #[arg(long, value_name = "COUNT")]
    limit: Option<u64>,
}

/// The parameters of a callback.
#[derive(Debug, Serialize)]
#[serde(transparent)]
struct Event(Map<String, Json>);

impl Event {
    fn get(&self, name: &str) -> Value {
        Value::text(self.0.get(name).and_then(Json::as_str))
    }
}

impl Row for Event {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("Timestamp", "TIME", |event| event.get("Timestamp")),
        Column::<Self>::new("SequenceNumber", "NO", |event| event.get("SequenceNumber")).fit(Fit::Right).rank(2),
        Column::<Self>::new("StatusCallbackEvent", "EVENT", |event| event.get("StatusCallbackEvent")),
        Column::<Self>::new("RoomName", "ROOM", |event| event.get("RoomName")).fit(Fit::Cut),
        Column::<Self>::new("ParticipantIdentity", "PARTICIPANT", |event| event.get("ParticipantIdentity")).rank(1),
        Column::<Self>::new("TrackName", "TRACK", |event| event.get("TrackName")).rank(1),
        Column::<Self>::new("RoomSid", "SID", |event| event.get("RoomSid")).rank(3),
        Column::<Self>::new("RoomStatus", "STATUS", |event| event.get("RoomStatus")).wide(),
        Column::<Self>::new("ParticipantSid", "PARTICIPANT SID", |event| event.get("ParticipantSid")).wide(),
        Column::<Self>::new("TrackSid", "TRACK SID", |event| event.get("TrackSid")).wide(),
        Column::<Self>::new("RecordingSid", "RECORDING SID", |event| event.get("RecordingSid")).wide(),
    ];
}

#[derive(Clone)]
struct App {
    endpoint: CallbackEndpoint,
    received: UnboundedSender<Result<Callback, CallbackError>>,
}

impl FromRef<App> for CallbackEndpoint {
    fn from_ref(app: &App) -> Self {
        app.endpoint.clone()
    }
}

async fn receive(State(app): State<App>, callback: Result<Callback, CallbackError>) -> Response {
    let response = match &callback {
        Ok(_) => Response::default(),
        Err(error) => error.clone().into_response(),
    };
    // The receiver ends with the program.
    let _ = app.received.send(callback);
    response
}

impl Command {
    pub(crate) async fn run(self, global: &Global) -> Result<(), Failure> {
        let Self::Listen(Listen { host, port, url, limit }) = self;
        let profile = global.profile()?;
        if profile.api_key.is_some() {
            let failure =
                Failure::usage("callbacks are signed with the auth token of the account, not with an API key");
            return Err(failure
                .hint("Use a profile with --account-sid, or set only TWILIO_ACCOUNT_SID and")
                .hint("TWILIO_AUTH_TOKEN."));
        }
        let cannot_listen = |error| Failure::failed(format!("cannot listen on {host}:{port}: {error}"));
        let listener = TcpListener::bind((host, port)).await.map_err(cannot_listen)?;
        let address = listener.local_addr().map_err(cannot_listen)?;
        let url = url.unwrap_or_else(|| format!("http://{address}/"));
        let (received, mut events) = unbounded_channel();
        let app = App { endpoint: CallbackEndpoint::new(&url, &*profile.secret), received };
        let router = Router::new().fallback_service(post(receive).get(receive).with_state(app));
        let _server = tokio::spawn(async move { axum::serve(listener, router).await });
        let mut printer = global.list_printer::<Event>()?;
        note(&format!("Listening on http://{address}/ for callbacks to {url}. Press Ctrl-C to stop."));
        let mut interrupted = std::pin::pin!(interrupted());
        while limit.is_none_or(|limit| printer.printed() < limit) {
            let event = tokio::select! {
                biased;
                () = &mut interrupted => break,
                event = events.recv() => event,
            };
            match event {
                Some(Ok(callback)) => {
                    let parameters = callback.parameters().map(|(name, value)| (name.to_owned(), value.into()));
                    printer.print(&Event(parameters.collect()))?;
                    printer.flush()?;
                }
                Some(Err(error)) => note(&format!("refused: {error}")),
                None => break,
            }
        }
        printer.finish()
    }
}
