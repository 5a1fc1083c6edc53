//! Timestamps and the clock that they come from.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, SecondsFormat, SubsecRound, Utc};

pub(crate) type Timestamp = DateTime<Utc>;

/// A half-open range of time; `None` leaves that side unbounded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct TimeRange {
    /// Inclusive.
    pub(crate) start: Option<Timestamp>,
    /// Exclusive.
    pub(crate) end: Option<Timestamp>,
}

/// The system's clock, or one that is stopped at a given time.
#[derive(Debug)]
pub(crate) struct Clock {
    stopped_at: Mutex<Option<Timestamp>>,
}

/// Formats a timestamp as the service does: in UTC, to the second.
pub(crate) fn format_timestamp(timestamp: Timestamp) -> String {
    timestamp.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Returns the whole seconds from `start` to `end`, or 0 if `end` is earlier.
pub(crate) fn seconds_between(start: Timestamp, end: Timestamp) -> u64 {
    u64::try_from((end - start).num_seconds()).unwrap_or_default()
}

impl TimeRange {
    pub(crate) fn contains(&self, timestamp: Timestamp) -> bool {
        self.start.is_none_or(|start| timestamp >= start) && self.end.is_none_or(|end| timestamp < end)
    }
}

impl Clock {
    /// A clock that is stopped at this time, or the system's clock for `None`.
    pub(crate) fn new(stopped_at: Option<Timestamp>) -> Self {
        Self { stopped_at: Mutex::new(stopped_at) }
    }

    /// Stops the clock at this time.
    pub(crate) fn stop_at(&self, now: Timestamp) {
        *self.stopped_at.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
    }

    /// The time at which the clock is stopped.
    pub(crate) fn stopped_at(&self) -> Option<Timestamp> {
        *self.stopped_at.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the current time, truncated to the second as the service stores it.
    pub(crate) fn now(&self) -> Timestamp {
        self.stopped_at().unwrap_or_else(Utc::now).trunc_subsecs(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + chrono::TimeDelta::seconds(seconds)
    }

    #[test]
    fn a_range_includes_its_start_and_excludes_its_end() {
        let range = TimeRange { start: Some(at(1)), end: Some(at(3)) };
        assert_eq!([0, 1, 2, 3].map(|seconds| range.contains(at(seconds))), [false, true, true, false]);
        assert!(TimeRange::default().contains(at(0)));
    }

    #[test]
    fn a_stopped_clock_returns_its_time_to_the_second() {
        let clock = Clock::new(Some(at(1) + chrono::TimeDelta::milliseconds(999)));
        assert_eq!(clock.now(), at(1));
        clock.stop_at(at(7));
        assert_eq!(clock.now(), at(7));
        assert_eq!((seconds_between(at(1), at(7)), seconds_between(at(7), at(1))), (6, 0));
    }
}
