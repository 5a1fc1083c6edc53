//! Retries: which failures are retried, and after which delay.

use std::fmt;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::Arc;
use std::time::Duration;

use super::effect::Effect;
use super::retry_reason::RetryReason;
use crate::error::Error;

/// The retry policy: the number of retries of a failed call, and the delays between them.
///
/// The delay before a retry is exponential with full jitter: its upper bound doubles from
/// [`base_delay`](Self::base_delay) up to [`max_delay`](Self::max_delay), and the delay is random between zero and that
/// bound. If the service asks for a delay (`Retry-After`), the client adds it.
///
/// The operation decides which failures are retried; the guide to [retries](crate::docs::retries) lists every case:
///
/// - All operations are retried after 429 (too many requests) and if no connection could be established, since the
///   request had no effect.
/// - Reads and idempotent operations, such as completing a room, are also retried after a timeout, a broken connection,
///   and 408, 500, 502, 503 and 504.
/// - Creating a room is not, since it could create two. See [`Error::is_outcome_unknown`].
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
    predicate: Option<RetryPredicate>,
}

impl Default for Retry {
    fn default() -> Self {
        Self::new()
    }
}

impl Retry {
    /// Returns the default policy: up to 3 retries, after at most 0.5, 1 and 2 seconds.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            max_retries: 3,
            base_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(8),
            max_retry_after: Duration::from_secs(60),
            jitter: true,
            predicate: None,
        }
    }

    /// Returns a policy without retries.
    #[must_use]
    pub const fn none() -> Self {
        Self::new().max_retries(0)
    }

    /// Sets the maximum number of retries after the first attempt. The default is 3.
    #[must_use]
    pub const fn max_retries(mut self, max_retries: u32) -> Self {
        self.max_retries = max_retries;
        self
    }

    /// Sets the maximum delay before the first retry. It doubles for each further one. The default is 0.5 seconds.
    #[must_use]
    pub const fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// Sets the maximum delay before any retry, not counting `Retry-After`. The default is 8 seconds.
    #[must_use]
    pub const fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// Sets the maximum `Retry-After` that the client waits for. The default is 60 seconds.
    ///
    /// If the service asks for a longer delay, the call fails immediately, and [`Error::retry_after`] returns the delay.
    #[must_use]
    pub const fn max_retry_after(mut self, delay: Duration) -> Self {
        self.max_retry_after = delay;
        self
    }

    /// Enables or disables random delays. They are enabled by default. Without them each delay is the maximum.
    #[must_use]
    pub const fn jitter(mut self, jitter: bool) -> Self {
        self.jitter = jitter;
        self
    }

    /// Chooses which failures are retried. The predicate returns `true` for those that are; the default is
    /// [`RetryCandidate::is_retried_by_default`].
    ///
    /// The number of retries, the delays and the deadline stay as they are. The predicate is only asked where a retry is
    /// safe: never about an operation that is not idempotent after a request that may have taken effect.
    ///
    /// ```
    /// use twilio_rooms::Retry;
    ///
    /// // The room is expected to appear soon, and a failure of the service is not worth waiting for.
    /// let retry = Retry::new().when(|failure| failure.error.is_not_found() || failure.error.is_rate_limited());
    /// ```
    #[must_use]
    pub fn when(mut self, predicate: impl Fn(&RetryCandidate<'_>) -> bool + Send + Sync + 'static) -> Self {
        self.predicate = Some(RetryPredicate(Arc::new(predicate)));
        self
    }

    /// Returns the reason to retry after this error, or `None` if it is not retried.
    ///
    /// `is_safe` says that a request cannot do the same thing twice.
    pub(super) fn reason(
        &self,
        operation: &'static str,
        attempt: u32,
        error: &Error,
        effect: Effect,
        is_safe: bool,
    ) -> Option<RetryReason> {
        let default = RetryReason::from_error(error).filter(|reason| reason.allows_retry_of(effect));
        let Some(predicate) = &self.predicate else { return default };
        if !is_safe || error.attempts_are_pointless() {
            return None;
        }
        let is_retried_by_default = default.is_some();
        let candidate = RetryCandidate { operation, attempt, error, effect, is_retried_by_default };
        (predicate.0)(&candidate).then(|| default.unwrap_or_else(|| RetryReason::chosen(error)))
    }

    /// Caps the delay that the service asks for.
    pub(super) fn cap_retry_after(&self, retry_after: Duration) -> Duration {
        retry_after.min(self.max_retry_after)
    }

    /// Returns the delay after this many attempts, or `None` if there are no retries left.
    pub(crate) fn delay(&self, attempts: u32, retry_after: Option<Duration>) -> Option<Duration> {
        let requested = retry_after.unwrap_or_default();
        if attempts > self.max_retries || requested > self.max_retry_after {
            return None;
        }
        let doubled = self.base_delay.saturating_mul(1_u32.checked_shl(attempts - 1).unwrap_or(u32::MAX));
        Some(requested.saturating_add(self.jittered(doubled.min(self.max_delay))))
    }

    /// Returns a random duration up to the maximum, or the maximum without jitter.
    pub(super) fn jittered(&self, max: Duration) -> Duration {
        if !self.jitter {
            return max;
        }
        let nanos = u64::try_from(max.as_nanos()).unwrap_or(u64::MAX);
        // Each `RandomState` has new keys from the system's random number generator.
        let random = RandomState::new().build_hasher().finish();
        Duration::from_nanos(nanos.checked_add(1).map_or(random, |count| random % count))
    }
}

/// A predicate over failures. Two are equal if they are clones of each other.
#[derive(Clone)]
struct RetryPredicate(Arc<dyn Fn(&RetryCandidate<'_>) -> bool + Send + Sync>);

impl fmt::Debug for RetryPredicate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("set")
    }
}

impl PartialEq for RetryPredicate {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for RetryPredicate {}

/// A failed attempt that could be retried, as passed to the predicate of [`Retry::when`].
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct RetryCandidate<'a> {
    /// The operation's name in the spec, such as `list_rooms`.
    pub operation: &'static str,
    /// The number of attempts that have failed so far.
    pub attempt: u32,
    /// The failure of the last attempt. [`attempt`](Self::attempt) counts the attempts; the error does not yet.
    pub error: &'a Error,
    /// The effect of the operation.
    pub effect: Effect,
    /// `true` if the failure is retried without a predicate.
    pub is_retried_by_default: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn millis(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    #[test]
    fn delays_double_up_to_the_maximum() {
        let retry = Retry::new().max_retries(6).jitter(false);
        let delays: Vec<_> = (1..=7).map(|attempts| retry.delay(attempts, None)).collect();
        let expected = [500, 1000, 2000, 4000, 8000, 8000].map(|count| Some(millis(count)));
        assert_eq!(delays, [&expected[..], &[None]].concat());
        assert_eq!(Retry::none().delay(1, None), None);
        assert_eq!(retry.max_retries(u32::MAX).delay(u32::MAX, None), Some(millis(8000)));
    }

    #[test]
    fn jittered_delays_cover_the_whole_range() {
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
    fn retry_after_is_added_to_the_delay_and_has_a_maximum() {
        let retry = Retry::new().jitter(false);
        assert_eq!(retry.delay(1, Some(millis(100))), Some(millis(600)));
        assert_eq!(retry.delay(1, Some(millis(30_000))), Some(millis(30_500)));
        assert_eq!(retry.delay(1, Some(millis(60_001))), None);
        let unlimited = retry.max_retry_after(Duration::MAX);
        assert_eq!(unlimited.delay(1, Some(Duration::MAX)), Some(Duration::MAX));
    }
}
