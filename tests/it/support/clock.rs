//! Control over paused time in tests with real connections.

use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::Duration;

/// Prevents paused time from advancing on its own.
///
/// tokio advances paused time to the next timer when all tasks are idle, which includes waiting for a connection, but
/// not while a blocking task runs. This clock holds time with such a task, except while only time can make progress:
/// while a client waits before a retry, and while a server stalls.
#[derive(Debug, Clone, Default)]
pub(crate) struct Clock(Arc<Mutex<Option<mpsc::Sender<()>>>>);

impl Clock {
    /// Stops time.
    pub(crate) fn hold(&self) {
        let (sender, receiver) = mpsc::channel::<()>();
        tokio::task::spawn_blocking(move || {
            // This returns when the sender is dropped.
            let _ = receiver.recv();
        });
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(sender);
    }

    /// Lets time advance to the next timer when all tasks are idle.
    pub(crate) fn release(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Lets time advance by a duration, and stops it before any task that waits for the same instant runs.
    pub(crate) fn release_for(&self, time: Duration) {
        self.release();
        let clock = self.clone();
        tokio::spawn(async move {
            tokio::time::sleep(time).await;
            clock.hold();
        });
    }
}

impl Drop for Clock {
    fn drop(&mut self) {
        // The blocking task would keep the runtime from shutting down.
        if Arc::strong_count(&self.0) == 1 {
            self.release();
        }
    }
}
