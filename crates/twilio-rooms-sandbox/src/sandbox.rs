//! A sandbox: from its builder to its end.

use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::auth;
use crate::seed;
use crate::server::{Server, router};
use crate::state::State;
use crate::token::Tokens;

/// A local stand-in for the service, on this machine's loopback address. It is gone when it is dropped.
#[derive(Debug)]
pub struct Sandbox {
    url: String,
    server: Arc<Server>,
    task: JoinHandle<io::Result<()>>,
    /// The server runs until this is dropped, and then ends with its connections.
    running: oneshot::Sender<()>,
}

/// A builder of [`Sandbox`]es.
#[derive(Debug, Clone)]
#[must_use = "a builder does nothing until `start` is called"]
pub struct SandboxBuilder {
    rooms: usize,
    seed: u64,
    port: u16,
}

impl SandboxBuilder {
    /// How many rooms there are. The default is 120.
    pub fn rooms(mut self, rooms: usize) -> Self {
        self.rooms = rooms;
        self
    }

    /// The number that the rooms are made from: the same number makes the same rooms. The default is 1.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// The port to listen on. The default is 0, which means any that is free.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Starts the sandbox on 127.0.0.1. It needs a runtime of tokio.
    ///
    /// # Errors
    ///
    /// When it cannot listen on the port.
    pub async fn start(self) -> io::Result<Sandbox> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).await?;
        let address = listener.local_addr()?;
        let state = State::new(seed::rooms(self.rooms, self.seed));
        let server = Arc::new(Server { state, tokens: Tokens::default(), address, requests: AtomicU64::new(0) });
        let (running, stopped) = oneshot::channel::<()>();
        let router = router(Arc::clone(&server));
        let task = tokio::spawn(async move {
            let stopped = async move {
                // Nothing is ever sent: it ends when the sender is dropped.
                let _ = stopped.await;
            };
            axum::serve(listener, router).with_graceful_shutdown(stopped).await
        });
        Ok(Sandbox { url: format!("http://{address}"), server, task, running })
    }
}

impl Sandbox {
    /// A builder of sandboxes.
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder { rooms: 120, seed: 1, port: 0 }
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

    /// Stops the sandbox after the requests that are under way.
    ///
    /// # Errors
    ///
    /// When the server has failed before.
    pub async fn stop(self) -> io::Result<()> {
        drop(self.running);
        self.task.await.map_err(io::Error::other)?
    }
}
