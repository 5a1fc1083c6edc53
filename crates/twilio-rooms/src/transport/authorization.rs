//! The `Authorization` header: a fixed one, or one that is provided and cached until it expires.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::HeaderValue;
use tokio::time::Instant;

use super::deadline::deadline_after;
use super::prefetch::BoxFuture;
use super::provided_authorization::Authorization;
use crate::error::{Error, Kind, Secrets};

/// The time before its expiry from which an authorization is no longer used.
const MARGIN: Duration = Duration::from_secs(30);

/// Provides an authorization each time that one is needed.
pub(crate) type Provide = Arc<dyn Fn() -> BoxFuture<Result<Authorization, Error>> + Send + Sync>;

/// The source of the `Authorization` header.
pub(crate) struct AuthorizationSource {
    provide: Option<Provide>,
    /// The current header. The lock is held while another one is provided, so that all callers wait for the same one.
    current: tokio::sync::Mutex<Option<Current>>,
    secrets: Mutex<Secrets>,
}

#[derive(Debug, Clone)]
struct Current {
    header: HeaderValue,
    /// The time from which another one is needed.
    until: Option<Instant>,
}

impl AuthorizationSource {
    /// The same header for every request.
    pub(crate) fn fixed(header: HeaderValue, secrets: Secrets) -> Self {
        let current = Some(Current { header, until: None });
        Self { provide: None, current: tokio::sync::Mutex::new(current), secrets: Mutex::new(secrets) }
    }

    /// Headers that are provided. `secrets` are those of the provider itself.
    pub(crate) fn provided(provide: Provide, secrets: Secrets) -> Self {
        Self { provide: Some(provide), current: tokio::sync::Mutex::default(), secrets: Mutex::new(secrets) }
    }

    /// Returns `true` if another header may be provided after one was rejected.
    pub(super) fn can_change(&self) -> bool {
        self.provide.is_some()
    }

    /// Returns the current header, or another one if that has expired or is the one that the service has rejected.
    pub(super) async fn header(&self, rejected: Option<&HeaderValue>) -> Result<HeaderValue, Error> {
        let mut current = self.current.lock().await;
        let is_usable = |current: &&Current| {
            current.until.is_none_or(|until| Instant::now() < until) && Some(&current.header) != rejected
        };
        if let Some(usable) = current.as_ref().filter(is_usable) {
            return Ok(usable.header.clone());
        }
        let Some(provide) = &self.provide else {
            // A fixed header stays, even if the service rejects it.
            return current
                .as_ref()
                .map(|current| current.header.clone())
                .ok_or_else(|| Error::config("no credentials"));
        };
        let authorization = provide().await.map_err(|error| {
            let is_retryable = error.is_retryable();
            Error::new(Kind::Credentials { is_retryable }).with_source(error)
        })?;
        let header = authorization.header()?;
        {
            let mut secrets = self.secrets.lock().unwrap_or_else(PoisonError::into_inner);
            *secrets = secrets.and(&authorization.secrets());
        }
        let until = authorization.lifetime().map(|lifetime| deadline_after(lifetime.saturating_sub(MARGIN)));
        *current = Some(Current { header: header.clone(), until });
        Ok(header)
    }

    /// Returns what errors must not show.
    pub(crate) fn secrets(&self) -> Secrets {
        self.secrets.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl fmt::Debug for AuthorizationSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.provide.is_some() { "provided" } else { "fixed" })
    }
}
