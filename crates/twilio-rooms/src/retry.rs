//! When a call is tried again, and how long after.

use std::fmt;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

use crate::error::{Error, Kind, Outcome};

/// Whether and when a call is tried again after it has failed.
///
/// The delay before a retry doubles from [`base_delay`](Self::base_delay) up to [`max_delay`](Self::max_delay), and is then
/// drawn at random from nothing up to that, so that clients that failed together do not come back together. When the
/// service says how long to wait (`Retry-After`), that comes on top.
///
/// What is retried depends on the operation; the [table](crate::docs::retries) says it case by case:
///
/// - Everything is after 429 (too many requests) and when no connection could be made: the service has not acted.
/// - What only reads, and completing a room, which twice is the same as once, also are after a timeout, a connection that
///   broke, and 500, 502, 503 and 504.
/// - Creating a room is not: it could make two. See [`Error::is_outcome_unknown`].
///
/// ```
/// use std::time::Duration;
/// use twilio_rooms::Retry;
///
/// let patient = Retry::new().max_retries(8).max_delay(Duration::from_secs(30));
/// let never = Retry::none();
/// # assert_ne!(patient, never);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retry {
    max_retries: u32,
    base_delay: Duration,
    max_delay: Duration,
    max_retry_after: Duration,
    jitter: bool,
}

impl Default for Retry {
    fn default() -> Self {
        Self::new()
    }
}

impl Retry {
    /// Up to 3 retries, after up to 0.5, 1 and 2 seconds.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            max_retries: 3,
            base_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(8),
            max_retry_after: Duration::from_secs(60),
            jitter: true,
        }
    }

    /// No retries at all.
    #[must_use]
    pub const fn none() -> Self {
        Self::new().max_retries(0)
    }

    /// How many retries there are at most, after the first attempt. The default is 3.
    #[must_use]
    pub const fn max_retries(mut self, max_retries: u32) -> Self {
        self.max_retries = max_retries;
        self
    }

    /// The longest delay before the first retry. The default is 0.5 seconds.
    #[must_use]
    pub const fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// The longest delay before any retry that the service has not asked for. The default is 8 seconds.
    #[must_use]
    pub const fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// The longest delay that the service can ask for; when it asks for a longer one, the call fails at once, and
    /// [`Error::retry_after`] says how long. The default is 60 seconds.
    #[must_use]
    pub const fn max_retry_after(mut self, delay: Duration) -> Self {
        self.max_retry_after = delay;
        self
    }

    /// Whether delays are drawn at random, which is the default. Without it each is as long as it can be.
    #[must_use]
    pub const fn jitter(mut self, jitter: bool) -> Self {
        self.jitter = jitter;
        self
    }

    /// How long the service can make everybody wait.
    pub(crate) fn bounded(&self, retry_after: Duration) -> Duration {
        retry_after.min(self.max_retry_after)
    }

    /// How long to wait after this many attempts; `None` when there is to be no other.
    pub(crate) fn delay(&self, attempts: u32, retry_after: Option<Duration>) -> Option<Duration> {
        let asked = retry_after.unwrap_or_default();
        if attempts > self.max_retries || asked > self.max_retry_after {
            return None;
        }
        let doubled = self.base_delay.saturating_mul(1_u32.checked_shl(attempts - 1).unwrap_or(u32::MAX));
        Some(asked.saturating_add(self.spread(doubled.min(self.max_delay))))
    }

    /// Up to so long, at random.
    pub(crate) fn spread(&self, longest: Duration) -> Duration {
        if !self.jitter {
            return longest;
        }
        let nanos = u64::try_from(longest.as_nanos()).unwrap_or(u64::MAX);
        // Each state has keys of its own, which come from the system's randomness.
        let random = RandomState::new().build_hasher().finish();
        Duration::from_nanos(nanos.checked_add(1).map_or(random, |count| random % count))
    }
}

/// What an operation does to the account, which decides when it can be tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Nothing.
    Read,
    /// The same when it is done twice.
    Idempotent,
    /// Something else each time.
    Once,
}

impl Effect {
    /// What is known when the service may have acted.
    pub(crate) const fn outcome(self, may_have_acted: bool) -> Outcome {
        match self {
            Self::Idempotent if may_have_acted => Outcome::Repeatable,
            Self::Once if may_have_acted => Outcome::Unrepeatable,
            _ => Outcome::Known,
        }
    }
}

/// Why a call is tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RetryReason {
    /// There were too many requests (429).
    RateLimited,
    /// No connection could be made.
    Connect,
    /// The attempt took too long.
    Timeout,
    /// The connection broke before the answer was complete.
    Interrupted,
    /// The service answered with this status: 500, 502, 503 or 504.
    Status(u16),
}

impl fmt::Display for RetryReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RateLimited => f.write_str("too many requests"),
            Self::Connect => f.write_str("no connection"),
            Self::Timeout => f.write_str("timeout"),
            Self::Interrupted => f.write_str("connection broke"),
            Self::Status(status) => write!(f, "status {status}"),
        }
    }
}

impl RetryReason {
    /// Why the same call could go well the next time, if it could.
    pub(crate) fn of(error: &Error) -> Option<Self> {
        match (error.kind(), error.status()) {
            (Kind::Connect { .. }, _) => Some(Self::Connect),
            (Kind::Timeout { .. }, _) => Some(Self::Timeout),
            (Kind::Transport { .. } | Kind::Cut { .. }, _) => Some(Self::Interrupted),
            (Kind::Service { .. }, Some(429)) => Some(Self::RateLimited),
            (Kind::Service { .. }, Some(status @ (500 | 502 | 503 | 504))) => Some(Self::Status(status)),
            _ => None,
        }
    }

    /// Whether an operation of this effect can be tried again.
    pub(crate) fn allows(self, effect: Effect) -> bool {
        matches!(self, Self::RateLimited | Self::Connect) || effect != Effect::Once
    }
}

/// A retry that is about to happen, as [`ClientBuilder::on_retry`](crate::ClientBuilder::on_retry) is told of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetryEvent {
    /// The operation, as the spec names it: `list_rooms`.
    pub operation: &'static str,
    /// How many attempts have failed so far.
    pub attempt: u32,
    /// How long the client waits before the next.
    pub delay: Duration,
    /// What was wrong with the last.
    pub reason: RetryReason,
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn millis(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    #[test]
    fn delays_double_up_to_the_longest_and_end() {
        let retry = Retry::new().max_retries(6).jitter(false);
        let delays: Vec<_> = (1..=7).map(|attempts| retry.delay(attempts, None)).collect();
        let expected = [500, 1000, 2000, 4000, 8000, 8000].map(|count| Some(millis(count)));
        assert_eq!(delays, [&expected[..], &[None]].concat());
        assert_eq!(Retry::none().delay(1, None), None);
        assert_eq!(retry.max_retries(u32::MAX).delay(u32::MAX, None), Some(millis(8000)));
    }

    #[test]
    fn jitter_is_full() {
        let retry = Retry::new();
        let delays: Vec<_> = (0..1000).filter_map(|_| retry.delay(2, None)).collect();
        assert_eq!(delays.len(), 1000);
        assert!(delays.iter().all(|delay| *delay <= millis(1000)));
        for tenth in 0..10 {
            let range = millis(tenth * 100)..millis((tenth + 1) * 100);
            let count = delays.iter().filter(|delay| range.contains(delay)).count();
            assert!((40..=200).contains(&count), "{count} of 1000 delays in {range:?}");
        }
    }

    #[test]
    fn what_the_service_asks_for_comes_on_top_and_has_a_bound() {
        let retry = Retry::new().jitter(false);
        assert_eq!(retry.delay(1, Some(millis(100))), Some(millis(600)));
        assert_eq!(retry.delay(1, Some(millis(30_000))), Some(millis(30_500)));
        assert_eq!(retry.delay(1, Some(millis(60_001))), None);
        let any = retry.max_retry_after(Duration::MAX);
        assert_eq!(any.delay(1, Some(Duration::MAX)), Some(Duration::MAX));
    }
}
