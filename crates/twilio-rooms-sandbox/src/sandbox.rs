//! A sandbox: from its builder to its end.

use std::io;
use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use tokio::net::TcpSocket;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::auth;
use crate::fault::{Fault, Faults};
use crate::line::{Cut, Lines};
use crate::seed::{self, Seed};
use crate::server::{Server, router};
use crate::state::State;
use crate::token::Tokens;
use crate::track::TrackKind;

/// How many connections can wait to be accepted.
const BACKLOG: u32 = 1024;

/// A local stand-in for the service, on this machine's loopback address. It is gone when it is dropped.
#[derive(Debug)]
pub struct Sandbox {
    url: String,
    server: Arc<Server>,
    /// Bound to the address, but not listening yet.
    refusing: Mutex<Option<TcpSocket>>,
    running: Mutex<Option<Running>>,
}

/// A server that runs.
#[derive(Debug)]
struct Running {
    task: JoinHandle<io::Result<()>>,
    /// The server runs until this is dropped, and then ends with its connections.
    stop: oneshot::Sender<()>,
}

/// A builder of [`Sandbox`]es.
#[derive(Debug, Clone)]
#[must_use = "a builder does nothing until `start` is called"]
pub struct SandboxBuilder {
    seed: Seed,
    latency: Duration,
    port: u16,
    now: Option<SystemTime>,
    refusing: bool,
}

impl SandboxBuilder {
    /// How many rooms there are. The default is 120.
    pub fn rooms(mut self, rooms: usize) -> Self {
        self.seed.rooms = rooms;
        self
    }

    /// The number that the rooms are made from: the same number makes the same rooms. The default is 1.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed.number = seed;
        self
    }

    /// Lets all rooms that there are at first be completed. By default there are some of every status.
    pub fn completed(mut self) -> Self {
        self.seed.completed = true;
        self
    }

    /// Spreads the times at which the rooms were created evenly over this length of time, to the second. By default there
    /// are up to two hours between one and the next.
    pub fn spread(mut self, over: Duration) -> Self {
        self.seed.spread = Some(over);
        self
    }

    /// How long every answer takes. The default is no time.
    pub fn latency(mut self, latency: Duration) -> Self {
        self.latency = latency;
        self
    }

    /// The port to listen on. The default is 0, which means any that is free.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Lets the time stand still; see [`Sandbox::set_now`]. By default it goes on as the system's.
    pub fn now(mut self, now: SystemTime) -> Self {
        self.now = Some(now);
        self
    }

    /// Refuses all connections until [`Sandbox::listen`] is called.
    pub fn refusing(mut self) -> Self {
        self.refusing = true;
        self
    }

    /// Starts the sandbox on 127.0.0.1. It needs a runtime of tokio.
    ///
    /// # Errors
    ///
    /// When it cannot listen on the port.
    #[expect(clippy::unused_async, reason = "it needs a runtime, which only an async function surely has")]
    pub async fn start(self) -> io::Result<Sandbox> {
        let socket = TcpSocket::new_v4()?;
        // A port that was in use a moment ago can be used again.
        socket.set_reuseaddr(cfg!(unix))?;
        socket.bind((Ipv4Addr::LOCALHOST, self.port).into())?;
        let address = socket.local_addr()?;
        let server = Arc::new(Server {
            state: RwLock::new(State::new(seed::rooms(&self.seed), self.seed.number)),
            tokens: Tokens::default(),
            address,
            faults: Faults::default(),
            latency: self.latency,
            now: Mutex::new(self.now.map(Into::into)),
            requests: AtomicU64::new(0),
            changes: AtomicU64::new(0),
        });
        let url = format!("http://{address}");
        let sandbox = Sandbox { url, server, refusing: Mutex::new(Some(socket)), running: Mutex::default() };
        if !self.refusing {
            sandbox.listen()?;
        }
        Ok(sandbox)
    }
}

impl Sandbox {
    /// A builder of sandboxes.
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder { seed: Seed::default(), latency: Duration::ZERO, port: 0, now: None, refusing: false }
    }

    /// The URL that `/v1/Rooms` is below, such as `http://127.0.0.1:8080`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The SID of the account.
    #[must_use]
    pub fn account_sid(&self) -> &'static str {
        auth::ACCOUNT_SID
    }

    /// The auth token of the account.
    #[must_use]
    pub fn auth_token(&self) -> &'static str {
        auth::AUTH_TOKEN
    }

    /// The SID of the API key.
    #[must_use]
    pub fn api_key(&self) -> &'static str {
        auth::API_KEY
    }

    /// The secret of the API key.
    #[must_use]
    pub fn api_secret(&self) -> &'static str {
        auth::API_SECRET
    }

    /// How many requests there have been so far, those that were refused among them.
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.server.requests.load(Ordering::Relaxed)
    }

    /// How many requests have changed something so far: created or completed a room, disconnected or anonymized a participant,
    /// set other rules, deleted a recording, or started, stopped or set up a transcription. One that asks for what is so
    /// already changes nothing, and neither does what people are told to do.
    #[must_use]
    pub fn changes(&self) -> u64 {
        self.server.changes.load(Ordering::Relaxed)
    }

    /// Lets somebody join a room, which is named by its SID or, while it is in progress, by its unique name; gives the SID of
    /// the participant. Whoever is connected under the identity leaves.
    ///
    /// # Errors
    ///
    /// When there is no such room, it is over or full, or the identity has not 1 to 128 characters.
    pub fn join(&self, room: &str, identity: &str) -> io::Result<String> {
        self.server.join(room, identity).map_err(io::Error::other)
    }

    /// Lets a participant leave a room, by its SID or, while it is connected, by its identity.
    ///
    /// # Errors
    ///
    /// When there is no such room or participant.
    pub fn leave(&self, room: &str, participant: &str) -> io::Result<()> {
        self.server.leave(room, participant).map_err(io::Error::other)
    }

    /// Lets a participant publish a track under a name that it publishes no other under; gives the SID of the track. The
    /// participant is named as for [`Sandbox::leave`]; its tracks are gone when it leaves.
    ///
    /// # Errors
    ///
    /// When there is no such room or participant, when it has left, when it publishes a track of the name, or when the room is
    /// for audio only and this is video.
    pub fn publish(&self, room: &str, participant: &str, kind: TrackKind, name: &str) -> io::Result<String> {
        self.server.publish(room, participant, kind, name).map_err(io::Error::other)
    }

    /// Takes a track back, by its SID or its name.
    ///
    /// # Errors
    ///
    /// When there is no such room or participant, or it publishes no such track.
    pub fn unpublish(&self, room: &str, participant: &str, track: &str) -> io::Result<()> {
        self.server.unpublish(room, participant, track).map_err(io::Error::other)
    }

    /// Lets something go wrong with the next request that nothing else waits for.
    pub fn inject(&self, fault: Fault) {
        self.inject_times(fault, 1);
    }

    /// Lets something go wrong with so many requests.
    pub fn inject_times(&self, fault: Fault, times: u64) {
        self.server.faults.add(fault, times);
    }

    /// Lets something go wrong with all requests from now on.
    pub fn inject_always(&self, fault: Fault) {
        self.inject_times(fault, u64::MAX);
    }

    /// Lets nothing go wrong any more.
    pub fn clear_faults(&self) {
        self.server.faults.clear();
    }

    /// Waits for a request that stalls. Each is waited for once.
    pub async fn stalled(&self) {
        self.server.faults.stalled().await;
    }

    /// Sets the time, which then stands still.
    pub fn set_now(&self, now: SystemTime) {
        *self.server.now.lock().unwrap_or_else(PoisonError::into_inner) = Some(now.into());
    }

    /// Accepts connections from now on, when it was started with [`SandboxBuilder::refusing`]. It needs a runtime of tokio.
    ///
    /// # Errors
    ///
    /// When it cannot listen on the port.
    pub fn listen(&self) -> io::Result<()> {
        let Some(socket) = self.refusing.lock().unwrap_or_else(PoisonError::into_inner).take() else { return Ok(()) };
        let lines = Lines(socket.listen(BACKLOG)?);
        let service = router(Arc::clone(&self.server)).into_make_service_with_connect_info::<Cut>();
        let (stop, stopped) = oneshot::channel::<()>();
        let task = tokio::spawn(async move {
            let stopped = async move {
                // Nothing is ever sent: it ends when the sender is dropped.
                let _ = stopped.await;
            };
            axum::serve(lines, service).with_graceful_shutdown(stopped).await
        });
        *self.running.lock().unwrap_or_else(PoisonError::into_inner) = Some(Running { task, stop });
        Ok(())
    }

    /// Stops the sandbox after the requests that are under way.
    ///
    /// # Errors
    ///
    /// When the server has failed before.
    pub async fn stop(self) -> io::Result<()> {
        let running = self.running.into_inner().unwrap_or_else(PoisonError::into_inner);
        let Some(Running { task, stop }) = running else { return Ok(()) };
        drop(stop);
        task.await.map_err(io::Error::other)?
    }
}
