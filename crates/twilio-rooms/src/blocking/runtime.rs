//! The runtime of a blocking client.

use tokio::runtime::{Builder, Handle};

use crate::Error;

/// A runtime without threads: its tasks progress while a call blocks.
#[derive(Debug)]
pub(super) struct Runtime(Option<tokio::runtime::Runtime>);

impl Runtime {
    pub(super) fn new() -> Result<Self, Error> {
        let runtime = Builder::new_current_thread().enable_all().build();
        runtime.map(|runtime| Self(Some(runtime))).map_err(|error| {
            Error::config("the runtime of the blocking client could not be created").with_source(error)
        })
    }

    /// Runs a future to its end. Within a tokio runtime, this is an error.
    pub(super) fn run<T>(&self, future: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        match &self.0 {
            Some(runtime) if Handle::try_current().is_err() => runtime.block_on(future),
            _ => Err(Error::invalid(
                "the blocking client was called within a tokio runtime, and would block its thread: use \
                 `twilio_rooms::Client` there, and `.await` it",
            )),
        }
    }
}

impl Drop for Runtime {
    fn drop(&mut self) {
        // Waiting for its tasks would panic within another runtime.
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}
