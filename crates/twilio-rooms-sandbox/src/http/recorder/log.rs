//! The log of the traffic, which streams follow by revisions.

use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::Utc;
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::time::Instant;

use super::callback::{Answer, RecordedCallback, SentCallback};
use super::exchange::Exchange;
use super::ring::Ring;

/// The last requests and callbacks, and the number of changes so far.
#[derive(Debug)]
pub(crate) struct Recorder {
    log: Mutex<Log>,
    /// Counts the changes of the account, of the clock, of the latency and of the faults.
    state_version: AtomicU64,
    /// Tells streams that there is something new.
    changes: watch::Sender<()>,
    /// Differs between sandboxes, so that a page notices when another one is at its address.
    pub(crate) instance: u64,
}

#[derive(Debug, Default)]
struct Log {
    /// Grows with every change of an entry.
    revision: u64,
    last_id: u64,
    /// The id up to which entries were cleared.
    cleared: u64,
    exchanges: Ring<Exchange>,
    callbacks: Ring<RecordedCallback>,
    is_closed: bool,
}

/// The news since a revision.
#[derive(Debug)]
pub(crate) struct News {
    pub(crate) revision: u64,
    pub(crate) requests: Vec<Value>,
    pub(crate) callbacks: Vec<Value>,
    /// The ids from which on there are entries, and the numbers of those that had to go.
    pub(crate) bounds: Value,
    /// There is nothing more to come.
    pub(crate) is_closed: bool,
}

impl Default for Recorder {
    fn default() -> Self {
        // A JSON number of a browser is exact up to 53 bits.
        let instance = RandomState::new().hash_one(0) >> 11;
        let changes = watch::Sender::default();
        Self { log: Mutex::default(), state_version: AtomicU64::new(0), changes, instance }
    }
}

impl Recorder {
    fn log(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the log, with a new revision, and tells the streams.
    fn change<T>(&self, change: impl FnOnce(&mut Log, u64) -> T) -> T {
        let mut log = self.log();
        log.revision += 1;
        let revision = log.revision;
        let result = change(&mut log, revision);
        drop(log);
        self.changes.send_replace(());
        result
    }

    /// Adds a request that has just arrived, and returns its id.
    pub(super) fn begin(&self, exchange: Exchange) -> u64 {
        self.change(|log, revision| {
            log.last_id += 1;
            log.exchanges.push(log.last_id, revision, exchange);
            log.last_id
        })
    }

    /// Changes a request, unless it is gone.
    pub(super) fn update(&self, id: u64, change: impl FnOnce(&mut Exchange)) {
        self.change(|log, revision| log.exchanges.update(id, revision, change));
    }

    /// Adds a callback that is being sent, and returns its id.
    pub(crate) fn begin_callback(&self, sent: SentCallback<'_>) -> u64 {
        let callback = RecordedCallback::new(sent, Utc::now());
        self.change(|log, revision| {
            log.last_id += 1;
            log.callbacks.push(log.last_id, revision, callback);
            log.last_id
        })
    }

    /// Adds the answer to a callback, unless the callback is gone.
    pub(crate) fn end_callback(&self, id: u64, attempts: u32, answer: Result<Answer, String>, started: Instant) {
        let took = milliseconds_since(started);
        self.change(|log, revision| {
            log.callbacks.update(id, revision, |callback| callback.answer(attempts, answer, took))
        });
    }

    /// Something else than the traffic has changed.
    pub(crate) fn touch(&self) {
        self.state_version.fetch_add(1, Ordering::Relaxed);
        self.changes.send_replace(());
    }

    /// The number of changes of anything else than the traffic.
    pub(crate) fn state_version(&self) -> u64 {
        self.state_version.load(Ordering::Relaxed)
    }

    /// Forgets all requests and callbacks.
    pub(crate) fn clear(&self) {
        self.change(|log, _| {
            log.cleared = log.last_id;
            log.exchanges.clear();
            log.callbacks.clear();
        });
    }

    /// Ends all streams.
    pub(crate) fn close(&self) {
        self.change(|log, _| log.is_closed = true);
    }

    pub(crate) fn subscribe(&self) -> watch::Receiver<()> {
        self.changes.subscribe()
    }

    /// The entries that were added or changed after a revision.
    pub(crate) fn since(&self, revision: u64) -> News {
        let log = self.log();
        let (first_request, dropped_requests) = log.exchanges.oldest();
        let (first_callback, dropped_callbacks) = log.callbacks.oldest();
        News {
            revision: log.revision,
            requests: log.exchanges.since(revision).map(|(id, exchange)| exchange.summary(id)).collect(),
            callbacks: log.callbacks.since(revision).map(|(id, callback)| callback.summary(id)).collect(),
            bounds: json!({
                "first_request": first_request,
                "first_callback": first_callback,
                "dropped_requests": dropped_requests,
                "dropped_callbacks": dropped_callbacks,
                "cleared": log.cleared,
            }),
            is_closed: log.is_closed,
        }
    }

    /// A request with its headers and bodies.
    pub(crate) fn request(&self, id: u64, origin: &str) -> Option<Value> {
        self.log().exchanges.get(id).map(|exchange| exchange.details(id, origin))
    }

    /// A callback with its parameters and the answer.
    pub(crate) fn callback(&self, id: u64) -> Option<Value> {
        self.log().callbacks.get(id).map(|callback| callback.details(id))
    }
}

/// The time since then, to the microsecond.
pub(super) fn milliseconds_since(started: Instant) -> f64 {
    let micros = u32::try_from(started.elapsed().as_micros()).unwrap_or(u32::MAX);
    f64::from(micros) / 1000.0
}
