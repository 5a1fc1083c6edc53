//! Deadlines from durations.

use std::time::Duration;

use tokio::time::Instant;

/// The longest time until a deadline. An [`Instant`] cannot represent every longer one.
const MAX_DURATION: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);

/// Returns the instant after this duration, or one in 30 years if the duration is longer.
pub(crate) fn deadline_after(duration: Duration) -> Instant {
    Instant::now() + duration.min(MAX_DURATION)
}
