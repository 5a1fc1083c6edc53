//! The throttle: limits the requests of all clones of a client together.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::Instant;

use super::retry::Retry;

/// Limits the number of concurrent requests, and pauses all requests after a 429.
#[derive(Debug)]
pub(crate) struct Throttle {
    permits: Option<Semaphore>,
    /// The end of the pause that the service has asked for.
    paused_until: Mutex<Option<Instant>>,
}

impl Throttle {
    pub(crate) fn new(max_concurrent_requests: Option<usize>) -> Self {
        let permits = max_concurrent_requests.map(|max| Semaphore::new(max.clamp(1, Semaphore::MAX_PERMITS)));
        Self { permits, paused_until: Mutex::default() }
    }

    /// Waits until a request may be sent. The request lasts until the permit is dropped.
    ///
    /// Returns the remaining time of a pause as an error if the pause outlasts the deadline.
    pub(super) async fn acquire(
        &self,
        retry: &Retry,
        deadline: Instant,
    ) -> Result<Option<SemaphorePermit<'_>>, Duration> {
        let permit = match &self.permits {
            // The semaphore is never closed.
            Some(permits) => permits.acquire().await.ok(),
            None => None,
        };
        while let Some(until) = self.paused_until() {
            let remaining = until - Instant::now();
            if until >= deadline {
                return Err(remaining);
            }
            // The jitter spreads out the requests that waited for the same pause.
            tokio::time::sleep_until(until + retry.jittered(remaining) / 8).await;
        }
        Ok(permit)
    }

    /// Pauses all requests until this instant.
    pub(super) fn pause_until(&self, until: Instant) {
        let mut paused_until = self.paused_until.lock().unwrap_or_else(PoisonError::into_inner);
        *paused_until = (*paused_until).max(Some(until));
    }

    fn paused_until(&self) -> Option<Instant> {
        let mut paused_until = self.paused_until.lock().unwrap_or_else(PoisonError::into_inner);
        *paused_until = paused_until.filter(|until| *until > Instant::now());
        *paused_until
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn later() -> Instant {
        Instant::now() + Duration::from_secs(60)
    }

    #[tokio::test(start_paused = true)]
    async fn all_requests_wait_for_the_end_of_a_pause() {
        let throttle = Throttle::new(None);
        let started = Instant::now();
        throttle.pause_until(started + Duration::from_secs(4));
        throttle.pause_until(started + Duration::from_secs(2));
        assert_eq!(
            throttle.acquire(&Retry::new(), started + Duration::from_secs(3)).await.err(),
            Some(Duration::from_secs(4))
        );
        assert!(throttle.acquire(&Retry::new(), later()).await.is_ok());
        let waited = started.elapsed();
        assert!((Duration::from_secs(4)..=Duration::from_millis(4502)).contains(&waited), "{waited:?}");
        assert!(throttle.acquire(&Retry::new(), later()).await.is_ok());
        assert_eq!(started.elapsed(), waited);
    }

    #[tokio::test(start_paused = true)]
    async fn at_most_the_maximum_number_of_requests_run_concurrently() {
        let throttle = Throttle::new(Some(2));
        let retry = Retry::none();
        let one = throttle.acquire(&retry, later()).await;
        let other = throttle.acquire(&retry, later()).await;
        assert!(one.is_ok() && other.is_ok());
        let second = Duration::from_secs(1);
        assert!(tokio::time::timeout(second, throttle.acquire(&retry, later())).await.is_err());
        drop(one);
        assert!(tokio::time::timeout(second, throttle.acquire(&retry, later())).await.is_ok());
    }
}
