//! Filters by the time of creation.

use chrono::{DateTime, Utc};

use super::date_or_instant::DateOrInstant;
use super::parallel::TimeRange;
use super::resource::Resource;
use crate::error::Error;

/// A resource whose listing can be filtered by the time of creation, and so be read in parallel.
///
/// This trait is sealed: only types of this crate implement it.
pub trait DateFiltered: Resource {
    /// Returns the time of creation, in seconds since 1970.
    #[doc(hidden)]
    fn created(&self) -> Option<i64>;

    /// Returns the date filters of a query.
    #[doc(hidden)]
    fn date_filters(query: &mut Self::Query) -> &mut DateFilters;
}

/// The date filters of a listing.
#[derive(Debug, Clone, Default)]
pub struct DateFilters {
    pub(crate) on_or_after: Option<DateOrInstant>,
    pub(crate) before: Option<DateOrInstant>,
}

impl DateFilters {
    /// Validates the years of the filters.
    pub(crate) fn validate(&self) -> Result<(), Error> {
        let validate = |filter: Option<DateOrInstant>, name| filter.map_or(Ok(()), |filter| filter.validate_year(name));
        validate(self.on_or_after, "created_on_or_after")?;
        validate(self.before, "created_before")
    }

    /// Returns the values of `DateCreatedAfter` and `DateCreatedBefore`.
    pub(crate) fn to_wire(&self) -> (Option<String>, Option<String>) {
        (self.on_or_after.map(DateOrInstant::to_wire), self.before.map(DateOrInstant::to_wire))
    }

    /// Returns the time range between the filters.
    pub(super) fn time_range(&self) -> TimeRange {
        let seconds = |filter: Option<DateOrInstant>| filter.map(DateOrInstant::to_seconds);
        TimeRange { from: seconds(self.on_or_after), until: seconds(self.before) }
    }

    /// Returns filters for a part of the time range and the second before it.
    ///
    /// The extra second makes sure that nothing is missed whether or not `DateCreatedAfter` includes the instant
    /// itself.
    pub(super) fn narrowed_to(&self, range: TimeRange) -> Self {
        let whole = self.time_range();
        let instant = |seconds: i64| DateTime::<Utc>::from_timestamp(seconds, 0).map(DateOrInstant::from);
        let from = range.from.map(|from| from.saturating_sub(1));
        Self {
            on_or_after: if from > whole.from { from.and_then(instant) } else { self.on_or_after },
            before: if range.until == whole.until { self.before } else { range.until.and_then(instant) },
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    #[test]
    fn narrowed_filters_overlap_by_a_second_and_keep_the_bounds_of_the_listing() {
        let day = NaiveDate::from_ymd_opt(1970, 1, 2);
        let filters = DateFilters { on_or_after: None, before: day.map(Into::into) };
        let (newer, older) = filters.time_range().split_at(1000);
        let narrowed = |range| filters.narrowed_to(range).to_wire();
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(narrowed(newer), (text("1970-01-01T00:16:39Z"), text("1970-01-02")));
        assert_eq!(narrowed(older), (None, text("1970-01-01T00:16:40Z")));
        assert_eq!(narrowed(filters.time_range()), (None, text("1970-01-02")));
    }

    #[test]
    fn a_year_that_does_not_have_four_digits_is_rejected() {
        for instant in [DateTime::<Utc>::MAX_UTC, DateTime::<Utc>::MIN_UTC] {
            let filters = DateFilters { on_or_after: None, before: Some(instant.into()) };
            let message = filters.validate().map_err(|error| error.to_string());
            assert!(message.is_err_and(|message| message.starts_with("created_before is in the year")));
        }
    }
}
