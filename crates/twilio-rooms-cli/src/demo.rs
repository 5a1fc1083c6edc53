//! A sandbox with participants, tracks and recordings in some of its rooms.

use std::net::IpAddr;
use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use twilio_rooms::{Client, Credentials};
use twilio_rooms_sandbox::{Sandbox, TrackKind};

use crate::failure::Failure;

/// The name of the room that has participants.
pub(crate) const ROOM: &str = "Demo";

/// The age of the newest seeded room, which is more than any of them lasts. Filters by time, such as `--created-after -7d`, find rooms
/// whenever they are tried.
const NEWEST_AGE: Duration = Duration::from_secs(2 * 3600);

/// The settings of the sandbox.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Options {
    pub(crate) host: Option<IpAddr>,
    pub(crate) port: u16,
    pub(crate) rooms: usize,
    pub(crate) seed: u64,
    /// Serves the inspector.
    pub(crate) inspector: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { host: None, port: 0, rooms: 120, seed: 1, inspector: false }
    }
}

/// Starts a sandbox whose seeded rooms are as of now, and opens a room in it in which two people talk and are recorded.
pub(crate) async fn start(options: Options, now: DateTime<Utc>) -> Result<Sandbox, Failure> {
    let Options { host, port, rooms, seed, inspector } = options;
    let newest = SystemTime::from(now) - NEWEST_AGE;
    let mut builder = Sandbox::builder().port(port).rooms(rooms).seed(seed).newest_created(newest).inspector(inspector);
    if let Some(host) = host {
        builder = builder.host(host);
    }
    let sandbox = builder.start().await.map_err(|error| {
        Failure::failed(format!("the sandbox cannot listen on that port: {error}")).hint("Choose another --port.")
    })?;
    let credentials = Credentials::account(sandbox.account_sid(), sandbox.auth_token());
    let client = Client::builder().credentials(credentials).base_url(sandbox.url()).build()?;
    client.rooms().create().unique_name(ROOM).record_participants_on_connect(true).await?;
    populate(&sandbox).map_err(|error| Failure::failed(format!("the sandbox cannot be filled: {error}")))?;
    Ok(sandbox)
}

fn populate(sandbox: &Sandbox) -> std::io::Result<()> {
    for identity in ["alice", "bob"] {
        sandbox.join(ROOM, identity)?;
        sandbox.publish(ROOM, identity, TrackKind::Audio, "microphone")?;
    }
    sandbox.publish(ROOM, "alice", TrackKind::Video, "camera")?;
    sandbox.leave(ROOM, "bob")
}
