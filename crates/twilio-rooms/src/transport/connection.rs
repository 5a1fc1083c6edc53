//! The state that all clones of a client share.

use std::sync::Arc;

use http::HeaderValue;
use reqwest::Url;

use super::authorization::AuthorizationSource;
use super::middleware::Layer;
use super::observer::Observer;
use super::options::Policy;
use super::throttle::Throttle;
use crate::error::Secrets;

/// The connection of a client to the service. Clones share everything.
#[derive(Debug, Clone)]
pub(crate) struct Connection(Arc<ConnectionParts>);

/// The parts of a connection.
#[derive(Debug)]
pub(crate) struct ConnectionParts {
    pub(crate) http: reqwest::Client,
    /// The base URL, whose path does not end with a slash.
    pub(crate) base_url: Url,
    pub(crate) authorization: AuthorizationSource,
    pub(crate) user_agent: HeaderValue,
    pub(crate) policy: Policy,
    /// In bytes.
    pub(crate) max_body_size: u64,
    pub(crate) throttle: Throttle,
    pub(crate) observer: Observer,
    /// The first one is outermost.
    pub(crate) middleware: Vec<Layer>,
}

impl Connection {
    pub(crate) fn new(parts: ConnectionParts) -> Self {
        Self(Arc::new(parts))
    }
}

impl ConnectionParts {
    /// Returns what errors must not show, even if a server sends it back.
    pub(crate) fn secrets(&self) -> Secrets {
        self.authorization.secrets()
    }
}

impl std::ops::Deref for Connection {
    type Target = ConnectionParts;

    fn deref(&self) -> &ConnectionParts {
        &self.0
    }
}
