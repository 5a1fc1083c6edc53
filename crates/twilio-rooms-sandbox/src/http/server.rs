//! The state that all requests to a sandbox share.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Duration;

use axum::http::{HeaderMap, header};

use super::callbacks::Callbacks;
use super::faults::Faults;
use super::media::MediaUrls;
use super::page_tokens::PageTokens;
use super::recorder::Recorder;
use super::tokens::Tokens;
use crate::model::{Account, Clock, Timestamp};

/// The account that is served, and what happened to it so far.
#[derive(Debug)]
pub(crate) struct Server {
    account: RwLock<Account>,
    address: SocketAddr,
    /// The time that every response takes, counted from its request.
    latency: Mutex<Duration>,
    pub(crate) clock: Clock,
    pub(crate) faults: Faults,
    /// The faults of requests for media.
    pub(crate) media_faults: Faults,
    pub(crate) media_urls: MediaUrls,
    pub(crate) page_tokens: PageTokens,
    pub(crate) tokens: Tokens,
    pub(crate) callbacks: Callbacks,
    requests: AtomicU64,
    changes: AtomicU64,
    media_requests: AtomicU64,
    /// `None` unless the inspector is on.
    recorder: Option<Arc<Recorder>>,
}

impl Server {
    pub(crate) fn new(
        account: Account,
        address: SocketAddr,
        latency: Duration,
        clock: Clock,
        callbacks: Callbacks,
        recorder: Option<Arc<Recorder>>,
    ) -> Self {
        let faults = Faults::default();
        Self {
            account: RwLock::new(account),
            address,
            latency: Mutex::new(latency),
            clock,
            media_faults: faults.of_other_requests(),
            faults,
            media_urls: MediaUrls::default(),
            page_tokens: PageTokens::default(),
            tokens: Tokens::default(),
            callbacks,
            requests: AtomicU64::new(0),
            changes: AtomicU64::new(0),
            media_requests: AtomicU64::new(0),
            recorder,
        }
    }

    /// The address that the sandbox listens on.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn recorder(&self) -> Option<&Arc<Recorder>> {
        self.recorder.as_ref()
    }

    /// Tells the inspector, if it is on, that something has changed.
    pub(crate) fn touch(&self) {
        if let Some(recorder) = &self.recorder {
            recorder.touch();
        }
    }

    pub(crate) fn latency(&self) -> Duration {
        *self.latency.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn set_latency(&self, latency: Duration) {
        *self.latency.lock().unwrap_or_else(PoisonError::into_inner) = latency;
        self.touch();
    }

    /// Removes all faults, and answers the requests that stall.
    pub(crate) fn clear_faults(&self) {
        self.faults.clear();
        self.media_faults.clear();
        self.touch();
    }

    /// Locks the account for reading, once everything that has timed out is over.
    pub(crate) fn account(&self) -> RwLockReadGuard<'_, Account> {
        let now = self.clock.now();
        let account = self.account.read().unwrap_or_else(PoisonError::into_inner);
        if !account.has_timeout(now) {
            return account;
        }
        drop(account);
        drop(self.account_to_update(now));
        self.account.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Locks the account for an update, once everything that has timed out is over.
    fn account_to_update(&self, now: Timestamp) -> RwLockWriteGuard<'_, Account> {
        let mut account = self.account.write().unwrap_or_else(PoisonError::into_inner);
        while let Some(at) = account.apply_timeout(now) {
            self.callbacks.observe(&account, at);
            self.touch();
        }
        account
    }

    /// Stops the clock at this time. What has timed out by then is over.
    pub(crate) fn stop_clock_at(&self, now: Timestamp) {
        self.clock.stop_at(now);
        drop(self.account());
        self.touch();
    }

    /// Runs an update of the account at the current time. The update returns its result and whether it changed anything,
    /// which is counted.
    pub(crate) fn update<T, E>(
        &self,
        update: impl FnOnce(&mut Account, Timestamp) -> Result<(T, bool), E>,
    ) -> Result<T, E> {
        let now = self.clock.now();
        let mut account = self.account_to_update(now);
        let (result, changed) = update(&mut account, now)?;
        self.callbacks.observe(&account, now);
        self.touch();
        self.changes.fetch_add(changed.into(), Ordering::Relaxed);
        Ok(result)
    }

    /// Returns the origin to which a request was sent.
    pub(crate) fn origin(&self, headers: &HeaderMap) -> String {
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        host.map_or_else(|| format!("http://{}", self.address), |host| format!("http://{host}"))
    }

    /// Counts a request, and returns its number.
    pub(crate) fn count_request(&self) -> u64 {
        self.requests.fetch_add(1, Ordering::Relaxed) + 1
    }

    pub(crate) fn request_count(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    /// Counts a request for media.
    pub(crate) fn count_media_request(&self) {
        self.media_requests.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn media_request_count(&self) -> u64 {
        self.media_requests.load(Ordering::Relaxed)
    }

    /// Returns the number of requests that changed something.
    pub(crate) fn change_count(&self) -> u64 {
        self.changes.load(Ordering::Relaxed)
    }
}
