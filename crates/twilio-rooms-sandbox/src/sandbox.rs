//! A running sandbox, and its builder.

use std::io;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use tokio::net::TcpSocket;

use crate::http::{
    ACCOUNT_SID, API_KEY, API_SECRET, AUTH_TOKEN, Callbacks, Delivery, Fault, OAUTH_CLIENT_ID, OAUTH_CLIENT_SECRET,
};
use crate::http::{Server, ServerTask, TOKEN_PATH};
use crate::model::{Account, Clock, Seed, TrackKind};

/// A local sandbox of the service. It listens on the loopback address unless told otherwise, and stops when it is dropped.
#[derive(Debug)]
pub struct Sandbox {
    url: String,
    server: Arc<Server>,
    /// Bound to the address, and not yet listening.
    socket: Mutex<Option<TcpSocket>>,
    task: Mutex<Option<ServerTask>>,
}

/// A builder of a [`Sandbox`].
#[derive(Debug, Clone)]
#[must_use = "a builder does nothing until `start` is called"]
pub struct SandboxBuilder {
    seed: Seed,
    latency: Duration,
    host: IpAddr,
    port: u16,
    now: Option<SystemTime>,
    refuse_connections: bool,
    callbacks_to_any_host: bool,
}

impl SandboxBuilder {
    /// Sets the number of seeded rooms. The default is 120.
    pub fn rooms(mut self, rooms: usize) -> Self {
        self.seed.room_count = rooms;
        self
    }

    /// Sets the seed that the rooms are generated from: the same seed generates the same rooms. The default is 1.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed.number = seed;
        self
    }

    /// Makes all seeded rooms completed ones. By default their statuses are mixed.
    pub fn all_completed(mut self) -> Self {
        self.seed.all_completed = true;
        self
    }

    /// Spaces the creation times of the seeded rooms evenly over this duration, to the second. By default, consecutive rooms
    /// are one minute to two hours apart.
    pub fn spread_over(mut self, duration: Duration) -> Self {
        self.seed.spread_over = Some(duration);
        self
    }

    /// Sets the time that every response takes. The default is zero.
    pub fn latency(mut self, latency: Duration) -> Self {
        self.latency = latency;
        self
    }

    /// Sets the address to listen on. The default is 127.0.0.1.
    ///
    /// With any other than a loopback address, everyone who reaches it can change the rooms, since the credentials are
    /// public and `/sandbox/*` needs none.
    pub fn host(mut self, host: IpAddr) -> Self {
        self.host = host;
        self
    }

    /// Sets the port to listen on. The default is 0, which selects any free port.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Stops the clock of the sandbox at this time; see [`Sandbox::set_now`]. By default it is the system's clock.
    pub fn now(mut self, now: SystemTime) -> Self {
        self.now = Some(now);
        self
    }

    /// Refuses all connections until [`Sandbox::listen`] is called.
    pub fn refuse_connections(mut self) -> Self {
        self.refuse_connections = true;
        self
    }

    /// Sends status callbacks to any host. By default, those to another than a loopback address are not sent, and their
    /// [`Delivery`] says so.
    pub fn callbacks_to_any_host(mut self) -> Self {
        self.callbacks_to_any_host = true;
        self
    }

    /// Starts the sandbox. It must be called within a Tokio runtime.
    ///
    /// # Errors
    ///
    /// Returns an error if the sandbox cannot listen on the address and port.
    #[expect(clippy::unused_async, reason = "an async function ensures that there is a runtime")]
    pub async fn start(self) -> io::Result<Sandbox> {
        let socket = if self.host.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
        // Allows the port to be reused immediately after another process has released it.
        socket.set_reuseaddr(cfg!(unix))?;
        socket.bind((self.host, self.port).into())?;
        let address = socket.local_addr()?;
        let account = Account::new(self.seed.rooms(), self.seed.number);
        let callbacks = Callbacks::new(self.callbacks_to_any_host);
        let clock = Clock::new(self.now.map(Into::into));
        let server = Arc::new(Server::new(account, address, self.latency, clock, callbacks));
        let url = format!("http://{address}");
        let sandbox = Sandbox { url, server, socket: Mutex::new(Some(socket)), task: Mutex::default() };
        if !self.refuse_connections {
            sandbox.listen()?;
        }
        Ok(sandbox)
    }
}

impl Sandbox {
    /// Returns a builder with the default settings.
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder {
            seed: Seed::default(),
            latency: Duration::ZERO,
            host: Ipv4Addr::LOCALHOST.into(),
            port: 0,
            now: None,
            refuse_connections: false,
            callbacks_to_any_host: false,
        }
    }

    /// The base URL, such as `http://127.0.0.1:8080`. The rooms are at `/v1/Rooms` below it.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The SID of the account.
    #[must_use]
    pub fn account_sid(&self) -> &'static str {
        ACCOUNT_SID
    }

    /// The auth token of the account.
    #[must_use]
    pub fn auth_token(&self) -> &'static str {
        AUTH_TOKEN
    }

    /// The SID of the API key.
    #[must_use]
    pub fn api_key(&self) -> &'static str {
        API_KEY
    }

    /// The secret of the API key.
    #[must_use]
    pub fn api_secret(&self) -> &'static str {
        API_SECRET
    }

    /// The id of the OAuth client.
    #[must_use]
    pub fn oauth_client_id(&self) -> &'static str {
        OAUTH_CLIENT_ID
    }

    /// The secret of the OAuth client.
    #[must_use]
    pub fn oauth_client_secret(&self) -> &'static str {
        OAUTH_CLIENT_SECRET
    }

    /// The URL at which the OAuth client's id and secret are exchanged for a bearer token, which is valid for an hour of the
    /// sandbox's clock.
    #[must_use]
    pub fn token_url(&self) -> String {
        format!("{}{TOKEN_PATH}", self.url)
    }

    /// The number of bearer tokens issued so far.
    #[must_use]
    pub fn tokens_issued(&self) -> u64 {
        self.server.tokens.issued()
    }

    /// Revokes all bearer tokens, so that requests with them are answered with 401.
    pub fn revoke_tokens(&self) {
        self.server.tokens.revoke_all();
    }

    /// The number of requests received so far, including those that were refused.
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.server.request_count()
    }

    /// The number of requests so far that changed something: created or completed a room, disconnected or anonymized a
    /// participant, changed rules, deleted a recording, or created or updated a transcription. A request for the state that
    /// is already there changes nothing. Actions of scripted participants do not count.
    #[must_use]
    pub fn changes(&self) -> u64 {
        self.server.change_count()
    }

    /// Lets a participant join a room, and returns the SID of the participant. The room is given by its SID or, while it is
    /// in progress, by its unique name. A connected participant with the same identity is disconnected.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no such room, if the room is full or not in progress, or unless the identity has 1 to 128
    /// characters.
    pub fn join(&self, room: &str, identity: &str) -> io::Result<String> {
        self.server.join(room, identity).map_err(io::Error::other)
    }

    /// Lets a participant leave a room. The participant is given by its SID or, while it is connected, by its identity.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no such room or participant.
    pub fn leave(&self, room: &str, participant: &str) -> io::Result<()> {
        self.server.leave(room, participant).map_err(io::Error::other)
    }

    /// Lets a participant publish a track, and returns the SID of the track. The track is gone once the participant leaves.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no such room or participant, if the participant has left or already publishes a track with
    /// this name, or if the track is video and the room is audio only.
    pub fn publish(&self, room: &str, participant: &str, kind: TrackKind, name: &str) -> io::Result<String> {
        self.server.publish(room, participant, kind, name).map_err(io::Error::other)
    }

    /// Lets a participant unpublish a track, which is given by its SID or its name.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no such room or participant, or if the participant does not publish the track.
    pub fn unpublish(&self, room: &str, participant: &str, track: &str) -> io::Result<()> {
        self.server.unpublish(room, participant, track).map_err(io::Error::other)
    }

    /// The status callbacks so far, in the order in which their delivery ended. Those of one room are in the order of its
    /// events.
    #[must_use]
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.server.callbacks.log().all()
    }

    /// Waits until this many status callbacks were delivered, or could not be, and returns all of them.
    pub async fn wait_for_deliveries(&self, count: usize) -> Vec<Delivery> {
        self.server.callbacks.log().wait_for(count).await
    }

    /// Injects a fault into the next request. Faults that were injected before come first.
    pub fn inject(&self, fault: Fault) {
        self.inject_times(fault, 1);
    }

    /// Injects a fault into this number of requests.
    pub fn inject_times(&self, fault: Fault, times: u64) {
        self.server.faults.add(fault, times);
    }

    /// Injects a fault into all requests, until [`Sandbox::clear_faults`] is called.
    pub fn inject_always(&self, fault: Fault) {
        self.inject_times(fault, u64::MAX);
    }

    /// Removes all faults that were injected.
    pub fn clear_faults(&self) {
        self.server.faults.clear();
    }

    /// Waits until a request stalls by [`Fault::StallBeforeHeaders`] or [`Fault::StallInBody`]. Each stall ends one wait.
    pub async fn wait_for_stall(&self) {
        self.server.faults.wait_for_stall().await;
    }

    /// Stops the clock of the sandbox at this time.
    pub fn set_now(&self, now: SystemTime) {
        self.server.clock.stop_at(now.into());
    }

    /// Starts to accept connections if the sandbox was built with [`SandboxBuilder::refuse_connections`]. It must be called
    /// within a Tokio runtime.
    ///
    /// # Errors
    ///
    /// Returns an error if the sandbox cannot listen on the port.
    pub fn listen(&self) -> io::Result<()> {
        let Some(socket) = self.socket.lock().unwrap_or_else(PoisonError::into_inner).take() else { return Ok(()) };
        let task = ServerTask::spawn(socket, Arc::clone(&self.server))?;
        *self.task.lock().unwrap_or_else(PoisonError::into_inner) = Some(task);
        Ok(())
    }

    /// Stops the sandbox after the requests in flight.
    ///
    /// # Errors
    ///
    /// Returns an error if the server has failed.
    pub async fn stop(self) -> io::Result<()> {
        match self.task.into_inner().unwrap_or_else(PoisonError::into_inner) {
            Some(task) => task.stop().await,
            None => Ok(()),
        }
    }
}
