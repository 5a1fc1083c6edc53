//! A running sandbox.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use tokio::net::TcpSocket;

use crate::http::{
    ACCOUNT_SID, API_KEY, API_SECRET, AUTH_TOKEN, Delivery, Fault, OAUTH_CLIENT_ID, OAUTH_CLIENT_SECRET,
};
use crate::http::{Server, ServerTask, TOKEN_PATH, inspector_url};
use crate::model::TrackKind;

/// A local sandbox of the service. It listens on 127.0.0.1 by default, and stops when it is dropped.
#[derive(Debug)]
pub struct Sandbox {
    url: String,
    server: Arc<Server>,
    /// Bound to the address, and not yet listening.
    socket: Mutex<Option<TcpSocket>>,
    task: Mutex<Option<ServerTask>>,
}

impl Sandbox {
    /// A sandbox on this socket, which is bound to the address and does not listen yet.
    pub(crate) fn on_socket(socket: TcpSocket, address: SocketAddr, server: Server) -> Self {
        let (url, server) = (format!("http://{address}"), Arc::new(server));
        Self { url, server, socket: Mutex::new(Some(socket)), task: Mutex::default() }
    }

    /// The base URL, such as `http://127.0.0.1:8080`. The rooms are at `/v1/Rooms` below it.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The URL of the inspector's page. It is `None` unless [`SandboxBuilder::inspector`](crate::SandboxBuilder::inspector) has
    /// turned it on, and if the sandbox listens on an address that is not a loopback address, where the inspector rejects all
    /// requests.
    #[must_use]
    pub fn inspector_url(&self) -> Option<String> {
        inspector_url(&self.server)
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

    /// The URL that exchanges the OAuth client's id and secret for a bearer token, which is valid for an hour of the sandbox's
    /// clock.
    #[must_use]
    pub fn token_url(&self) -> String {
        format!("{}{TOKEN_PATH}", self.url)
    }

    /// The number of bearer tokens issued so far.
    #[must_use]
    pub fn tokens_issued(&self) -> u64 {
        self.server.tokens.issued()
    }

    /// Revokes all bearer tokens, so that requests with them get status 401.
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

    /// The number of requests so far for the media of recordings. [`Sandbox::requests`] does not count them.
    #[must_use]
    pub fn media_requests(&self) -> u64 {
        self.server.media_request_count()
    }

    /// Lets a participant join a room, and returns the SID of the participant. The room is given by its SID or, while it is
    /// in progress, by its unique name. A connected participant with the same identity is disconnected.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no such room, if the room is full or not in progress, or if the identity does not have 1 to
    /// 128 characters.
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

    /// Waits until the delivery of this many status callbacks has succeeded or failed, and returns all of them.
    pub async fn wait_for_deliveries(&self, count: usize) -> Vec<Delivery> {
        self.server.callbacks.log().wait_for(count).await
    }

    /// Injects a fault into the next request. Faults that were injected earlier apply first.
    pub fn inject(&self, fault: Fault) {
        self.inject_times(fault, 1);
    }

    /// Injects a fault into this number of requests.
    pub fn inject_times(&self, fault: Fault, times: u64) {
        self.server.faults.add(fault, times);
        self.server.touch();
    }

    /// Injects a fault into all requests, until [`Sandbox::clear_faults`] is called.
    pub fn inject_always(&self, fault: Fault) {
        self.inject_times(fault, u64::MAX);
    }

    /// Injects a fault into this number of requests for the media of recordings, which other faults do not apply to.
    pub fn inject_into_media(&self, fault: Fault, times: u64) {
        self.server.media_faults.add(fault, times);
        self.server.touch();
    }

    /// Removes all injected faults. Requests that [`Fault::StallBeforeHeaders`] stalls get their responses.
    pub fn clear_faults(&self) {
        self.server.clear_faults();
    }

    /// Waits until a request stalls by [`Fault::StallBeforeHeaders`] or [`Fault::StallInBody`]. Each stall ends one wait.
    pub async fn wait_for_stall(&self) {
        self.server.faults.wait_for_stall().await;
    }

    /// Stops the clock of the sandbox at this time.
    ///
    /// The sandbox applies all timeouts up to this time: it disconnects participants after the maximum duration of their room,
    /// and ends rooms that were unused or empty for their timeouts. Each event happens at its own time, which is the timestamp
    /// of its callback.
    pub fn set_now(&self, now: SystemTime) {
        self.server.stop_clock_at(now.into());
    }

    /// Starts to accept connections if the sandbox was built with
    /// [`SandboxBuilder::refuse_connections`](crate::SandboxBuilder::refuse_connections). It must be called within a Tokio runtime.
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
