//! The builder of a sandbox.

use std::io;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use chrono::SubsecRound;
use tokio::net::TcpSocket;

use crate::http::{Callbacks, Recorder, Server};
use crate::model::{Account, Clock, Seed, Timestamp};
use crate::sandbox::Sandbox;

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
    inspector: bool,
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
            inspector: false,
        }
    }
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

    /// Gives all seeded rooms the status completed. By default their statuses are mixed.
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

    /// Sets the creation time of the newest seeded room, to the second. The default is 2026-11-01T12:00:00Z, so that the same seed
    /// generates the same rooms at any time.
    pub fn newest_created(mut self, created: SystemTime) -> Self {
        self.seed.newest = Timestamp::from(created).trunc_subsecs(0);
        self
    }

    /// Sets the time that every response takes. The default is zero.
    pub fn latency(mut self, latency: Duration) -> Self {
        self.latency = latency;
        self
    }

    /// Sets the address to listen on. The default is 127.0.0.1.
    ///
    /// On an address that is not a loopback address, everyone who reaches it can change the rooms, since the credentials are
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

    /// Sends status callbacks to any host. By default, the sandbox sends them only to loopback addresses, and the
    /// [`Delivery`](crate::Delivery) of any other has an error.
    pub fn callbacks_to_any_host(mut self) -> Self {
        self.callbacks_to_any_host = true;
        self
    }

    /// Serves the inspector, a page for browsers, at `/sandbox`, and records requests and status callbacks for it: the last 500 of
    /// each, and up to 16 MiB of each, without secrets. By default it is off, and nothing is recorded.
    ///
    /// The page is for browsers on this machine only: if the sandbox listens on an address that is not a loopback address, the
    /// inspector rejects all requests and records nothing.
    pub fn inspector(mut self, inspector: bool) -> Self {
        self.inspector = inspector;
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
        let recorder = self.inspector.then(Arc::<Recorder>::default);
        let of_callbacks = recorder.clone().filter(|_| address.ip().is_loopback());
        let callbacks = Callbacks::new(self.callbacks_to_any_host, of_callbacks);
        let clock = Clock::new(self.now.map(Into::into));
        let server = Server::new(account, address, self.latency, clock, callbacks, recorder);
        let sandbox = Sandbox::on_socket(socket, address, server);
        if !self.refuse_connections {
            sandbox.listen()?;
        }
        Ok(sandbox)
    }
}
