//! What can be chosen for a client, and for one call in its place.

use std::time::Duration;

use tokio::time::Instant;

use crate::retry::Retry;

/// How long one attempt may take, from the connection to the last byte of the answer. The service itself gives up after 30
/// seconds.
const TIMEOUT: Duration = Duration::from_secs(31);
/// How long a call may take with all its attempts and the delays between them.
const DEADLINE: Duration = Duration::from_secs(120);

/// Longer than anybody waits.
const FOR_EVER: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);

/// So long from now, or in many years: longer than that may be more than can be counted.
pub(crate) fn from_now(time: Duration) -> Instant {
    Instant::now() + time.min(FOR_EVER)
}

/// What a call goes by; what is `None` is as the client has it, or the default.
#[derive(Debug, Clone, Default)]
pub(crate) struct Options {
    pub(crate) retry: Option<Retry>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) deadline: Option<Duration>,
}

/// Options with everything chosen.
#[derive(Debug, Clone)]
pub(crate) struct Policy {
    pub(crate) retry: Retry,
    pub(crate) timeout: Duration,
    pub(crate) deadline: Duration,
}

impl Default for Policy {
    fn default() -> Self {
        Self { retry: Retry::new(), timeout: TIMEOUT, deadline: DEADLINE }
    }
}

impl Policy {
    /// This policy with these options in place of its own.
    pub(crate) fn with(&self, options: &Options) -> Self {
        Self {
            retry: options.retry.clone().unwrap_or_else(|| self.retry.clone()),
            timeout: options.timeout.unwrap_or(self.timeout),
            deadline: options.deadline.unwrap_or(self.deadline),
        }
    }
}

/// The options of a call, as setters of a type that has them in a field `options`.
macro_rules! setters {
    () => {
        /// When this call is tried again, in place of [`ClientBuilder::retry`](crate::ClientBuilder::retry).
        pub fn retry(mut self, retry: crate::Retry) -> Self {
            self.options.retry = Some(retry);
            self
        }

        /// How long one attempt of this call may take, in place of
        /// [`ClientBuilder::timeout`](crate::ClientBuilder::timeout).
        pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
            self.options.timeout = Some(timeout);
            self
        }

        /// How long this call may take with all its attempts, in place of
        /// [`ClientBuilder::deadline`](crate::ClientBuilder::deadline). Of a listing, how long each page may take.
        pub fn deadline(mut self, deadline: std::time::Duration) -> Self {
            self.options.deadline = Some(deadline);
            self
        }
    };
}
pub(crate) use setters;
