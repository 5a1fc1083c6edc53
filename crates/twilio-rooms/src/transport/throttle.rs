//! The throttle: limits the requests of all clones of a client together.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::Instant;

use super::effect::Effect;
use super::retry::Retry;

/// Limits the number of concurrent requests, and pauses all requests after a 429.
#[derive(Debug)]
pub(crate) struct Throttle {
    permits: Option<Semaphore>,
    /// The end of the pause that the service has asked for.
    paused_until: Mutex<Option<Instant>>,
    reads: Option<Pacer>,
    writes: Option<Pacer>,
}

/// The maximum numbers of requests of all clones of a client together.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Limits {
    pub(crate) concurrent_requests: Option<usize>,
    pub(crate) reads_per_second: Option<u32>,
    pub(crate) writes_per_second: Option<u32>,
}

/// Spaces requests evenly.
#[derive(Debug)]
struct Pacer {
    interval: Duration,
    /// The time at which the next request may be sent.
    next: Mutex<Option<Instant>>,
}

impl Pacer {
    fn new(per_second: u32) -> Self {
        Self { interval: Duration::from_secs(1) / per_second.max(1), next: Mutex::default() }
    }

    /// Reserves the next time to send a request. Returns `None` if that is not before the deadline.
    fn reserve(&self, deadline: Instant) -> Option<Instant> {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let time = next.map_or_else(Instant::now, |next| next.max(Instant::now()));
        if time >= deadline {
            return None;
        }
        *next = Some(time + self.interval);
        Some(time)
    }
}

impl Throttle {
    pub(crate) fn new(limits: Limits) -> Self {
        let permits = limits.concurrent_requests.map(|max| Semaphore::new(max.clamp(1, Semaphore::MAX_PERMITS)));
        let (reads, writes) = (limits.reads_per_second.map(Pacer::new), limits.writes_per_second.map(Pacer::new));
        Self { permits, paused_until: Mutex::default(), reads, writes }
    }

    /// Waits for the turn of a request with this effect. Returns `false` if it is not before the deadline.
    pub(super) async fn pace(&self, effect: Effect, deadline: Instant) -> bool {
        let pacer = if effect == Effect::Read { &self.reads } else { &self.writes };
        let Some(pacer) = pacer else { return true };
        let Some(turn) = pacer.reserve(deadline) else { return false };
        tokio::time::sleep_until(turn).await;
        true
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
        let throttle = Throttle::new(Limits::default());
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
    async fn requests_are_spaced_evenly_for_reads_and_writes_on_their_own() {
        let limits = Limits { reads_per_second: Some(80), writes_per_second: Some(20), ..Limits::default() };
        let (throttle, started) = (Throttle::new(limits), Instant::now());
        for _ in 0..=80 {
            assert!(throttle.pace(Effect::Read, later()).await);
        }
        assert_eq!(started.elapsed(), Duration::from_secs(1));
        assert!(throttle.pace(Effect::Idempotent, later()).await);
        assert!(throttle.pace(Effect::NonIdempotent, later()).await);
        assert_eq!(started.elapsed(), Duration::from_millis(1050));
        assert!(!throttle.pace(Effect::Idempotent, Instant::now() + Duration::from_millis(1)).await);
        assert_eq!(started.elapsed(), Duration::from_millis(1050), "a turn after the deadline is not waited for");
    }

    #[tokio::test(start_paused = true)]
    async fn at_most_the_maximum_number_of_requests_run_concurrently() {
        let throttle = Throttle::new(Limits { concurrent_requests: Some(2), ..Limits::default() });
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
