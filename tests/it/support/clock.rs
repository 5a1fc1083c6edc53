//! The clock of a test with paused time, beside real connections.

use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::Duration;

/// Keeps paused time from going on by itself.
///
/// tokio lets paused time jump to the next timer whenever there is nothing to do, and takes waiting for a connection for
/// that. While a blocking task runs it does not. So time is held except when it is known that only time can help: while a
/// client waits to try again, and while a server has stalled.
#[derive(Debug, Clone, Default)]
pub(crate) struct Clock(Arc<Mutex<Option<mpsc::Sender<()>>>>);

impl Clock {
    /// Time stands still from now on.
    pub(crate) fn hold(&self) {
        let (sender, receiver) = mpsc::channel::<()>();
        tokio::task::spawn_blocking(move || {
            // It ends when the sender is dropped.
            let _ = receiver.recv();
        });
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(sender);
    }

    /// Time jumps to the next timer when there is nothing else to do.
    pub(crate) fn release(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Time goes on for so long, and stands still again before anybody who waits for just that can do anything.
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
        // The blocking task would keep the runtime from ending.
        if Arc::strong_count(&self.0) == 1 {
            self.release();
        }
    }
}
