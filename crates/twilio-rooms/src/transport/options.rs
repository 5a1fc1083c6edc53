//! The timeouts and retries of a client, and their overrides for a single call.

use std::time::Duration;

use super::retry::Retry;

/// The default timeout of an attempt, from connecting to the last byte of the response. The service gives up after 30
/// seconds.
const TIMEOUT: Duration = Duration::from_secs(31);
/// The default deadline of a call with all its attempts and the delays between them.
const DEADLINE: Duration = Duration::from_secs(120);

/// Per-call overrides; `None` inherits the client's setting.
#[derive(Debug, Clone, Default)]
pub(crate) struct CallOptions {
    pub(crate) retry: Option<Retry>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) deadline: Option<Duration>,
}

/// The settings that a call uses.
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
    /// Returns this policy with the overrides applied.
    pub(crate) fn with(&self, options: &CallOptions) -> Self {
        Self {
            retry: options.retry.clone().unwrap_or_else(|| self.retry.clone()),
            timeout: options.timeout.unwrap_or(self.timeout),
            deadline: options.deadline.unwrap_or(self.deadline),
        }
    }
}

/// Adds the setters of the call options to a type with a field `options`.
macro_rules! call_option_setters {
    () => {
        /// Sets the retries of this call. The default is [`ClientBuilder::retry`](crate::ClientBuilder::retry).
        pub fn retry(mut self, retry: crate::Retry) -> Self {
            self.options.retry = Some(retry);
            self
        }

        /// Sets the timeout of each attempt of this call. The default is
        /// [`ClientBuilder::timeout`](crate::ClientBuilder::timeout).
        pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
            self.options.timeout = Some(timeout);
            self
        }

        /// Sets the time limit for this call with all its attempts. The default is
        /// [`ClientBuilder::deadline`](crate::ClientBuilder::deadline). In a listing, the limit applies to each page.
        pub fn deadline(mut self, deadline: std::time::Duration) -> Self {
            self.options.deadline = Some(deadline);
            self
        }
    };
}
pub(crate) use call_option_setters;
