//! Time ranges in whole seconds since 1970, the precision of the service.

/// A time range that includes its start and excludes its end. It is unbounded where a bound is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct TimeRange {
    pub(crate) from: Option<i64>,
    pub(crate) until: Option<i64>,
}

impl TimeRange {
    /// Splits the range into the part from this time on and the part before it.
    pub(crate) fn split_at(self, time: i64) -> (Self, Self) {
        (Self { from: Some(time), ..self }, Self { until: Some(time), ..self })
    }

    /// Returns `true` if the time is in the range.
    ///
    /// It ignores bounds that are also those of the whole listing, since the service has applied them.
    pub(crate) fn contains(self, time: i64, listing: Self) -> bool {
        (self.from == listing.from || self.from.is_none_or(|from| time >= from))
            && (self.until == listing.until || self.until.is_none_or(|until| time < until))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_in_exactly_one_part_and_the_bounds_of_the_listing_are_ignored() {
        let listing = TimeRange { from: Some(0), until: None };
        let (newer, older) = listing.split_at(1000);
        for (time, is_newer, is_older) in
            [(1001, true, false), (1000, true, false), (999, false, true), (-1, false, true)]
        {
            assert_eq!((newer.contains(time, listing), older.contains(time, listing)), (is_newer, is_older), "{time}");
        }
    }
}
