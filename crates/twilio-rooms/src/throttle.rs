//! How fast the clones of a client send requests together.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::Instant;

use crate::retry::Retry;

/// What holds requests back: how many there may be at once, and what the service has said.
#[derive(Debug)]
pub(crate) struct Throttle {
    permits: Option<Semaphore>,
    /// Until when the service has asked for no requests.
    closed_until: Mutex<Option<Instant>>,
}

impl Throttle {
    pub(crate) fn new(max_concurrent: Option<usize>) -> Self {
        let permits = max_concurrent.map(|count| Semaphore::new(count.clamp(1, Semaphore::MAX_PERMITS)));
        Self { permits, closed_until: Mutex::default() }
    }

    /// Waits until a request may be sent, which goes on for as long as the permit is held.
    ///
    /// An error is how long the service has asked for no requests, when that is longer than there is time.
    pub(crate) async fn enter(
        &self,
        retry: &Retry,
        deadline: Instant,
    ) -> Result<Option<SemaphorePermit<'_>>, Duration> {
        let permit = match &self.permits {
            // The semaphore is never closed.
            Some(permits) => permits.acquire().await.ok(),
            None => None,
        };
        while let Some(until) = self.closed_until() {
            let wait = until - Instant::now();
            if until >= deadline {
                return Err(wait);
            }
            // Those who have waited together do not go on together.
            tokio::time::sleep_until(until + retry.spread(wait) / 8).await;
        }
        Ok(permit)
    }

    /// Lets no request through until then: the service has said that there were too many.
    pub(crate) fn close_until(&self, until: Instant) {
        let mut closed_until = self.closed_until.lock().unwrap_or_else(PoisonError::into_inner);
        *closed_until = (*closed_until).max(Some(until));
    }

    fn closed_until(&self) -> Option<Instant> {
        let mut closed_until = self.closed_until.lock().unwrap_or_else(PoisonError::into_inner);
        *closed_until = closed_until.filter(|until| *until > Instant::now());
        *closed_until
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn later() -> Instant {
        Instant::now() + Duration::from_secs(60)
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_enters_until_the_service_has_said_and_then_everybody_does() {
        let throttle = Throttle::new(None);
        let began = Instant::now();
        throttle.close_until(began + Duration::from_secs(4));
        throttle.close_until(began + Duration::from_secs(2));
        assert_eq!(
            throttle.enter(&Retry::new(), began + Duration::from_secs(3)).await.err(),
            Some(Duration::from_secs(4))
        );
        assert!(throttle.enter(&Retry::new(), later()).await.is_ok());
        let waited = began.elapsed();
        assert!((Duration::from_secs(4)..=Duration::from_millis(4502)).contains(&waited), "{waited:?}");
        assert!(throttle.enter(&Retry::new(), later()).await.is_ok());
        assert_eq!(began.elapsed(), waited);
    }

    #[tokio::test(start_paused = true)]
    async fn no_more_than_the_limit_are_inside_at_once() {
        let throttle = Throttle::new(Some(2));
        let retry = Retry::none();
        let one = throttle.enter(&retry, later()).await;
        let other = throttle.enter(&retry, later()).await;
        assert!(one.is_ok() && other.is_ok());
        let second = Duration::from_secs(1);
        assert!(tokio::time::timeout(second, throttle.enter(&retry, later())).await.is_err());
        drop(one);
        assert!(tokio::time::timeout(second, throttle.enter(&retry, later())).await.is_ok());
    }
}
