//! Spans of time, in whole seconds since 1970, as the service keeps it.

use chrono::{DateTime, Utc};

use crate::created::Created;
use crate::date::DateOrInstant;

/// From an instant on, until before another. Where one is missing, the span has no end on that side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Span {
    pub(crate) from: Option<i64>,
    pub(crate) until: Option<i64>,
}

impl Span {
    /// The part of the span from this instant on, and the part before it.
    pub(crate) fn split(self, at: i64) -> (Self, Self) {
        (Self { from: Some(at), ..self }, Self { until: Some(at), ..self })
    }

    /// Whether something of this time is in the span. On a side where it ends as the whole listing does, the service has
    /// seen to that.
    pub(crate) fn contains(self, time: i64, whole: Self) -> bool {
        (self.from == whole.from || self.from.is_none_or(|from| time >= from))
            && (self.until == whole.until || self.until.is_none_or(|until| time < until))
    }
}

impl Created {
    /// The span between the filters.
    pub(crate) fn span(&self) -> Span {
        let seconds = |when: Option<DateOrInstant>| when.map(DateOrInstant::to_seconds);
        Span { from: seconds(self.on_or_after), until: seconds(self.before) }
    }

    /// Filters for what is in a part of the span, and for the second before it: so nothing is missed at an edge, whether or
    /// not the service takes an instant to be after itself.
    pub(crate) fn around(&self, part: Span) -> Self {
        let whole = self.span();
        let instant = |seconds: i64| DateTime::<Utc>::from_timestamp(seconds, 0).map(DateOrInstant::from);
        let from = part.from.map(|from| from.saturating_sub(1));
        Self {
            on_or_after: if from > whole.from { from.and_then(instant) } else { self.on_or_after },
            before: if part.until == whole.until { self.before } else { part.until.and_then(instant) },
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    #[test]
    fn the_parts_of_a_listing_overlap_by_a_second_and_end_where_it_does() {
        let day = NaiveDate::from_ymd_opt(1970, 1, 2);
        let created = Created { on_or_after: None, before: day.map(Into::into) };
        let (newer, older) = created.span().split(1000);
        let wire = |filter: Option<DateOrInstant>| filter.and_then(|filter| filter.to_wire("filter").ok());
        let ends = |span| {
            let around = created.around(span);
            (wire(around.on_or_after), wire(around.before))
        };
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(ends(newer), (text("1970-01-01T00:16:39Z"), text("1970-01-02")));
        assert_eq!(ends(older), (None, text("1970-01-01T00:16:40Z")));
        assert_eq!(ends(created.span()), (None, text("1970-01-02")));
    }

    #[test]
    fn a_time_at_an_edge_is_in_one_part_and_the_service_says_what_is_in_the_listing() {
        let whole = Span { from: Some(0), until: None };
        let (newer, older) = whole.split(1000);
        for (time, is_newer, is_older) in
            [(1001, true, false), (1000, true, false), (999, false, true), (-1, false, true)]
        {
            assert_eq!((newer.contains(time, whole), older.contains(time, whole)), (is_newer, is_older), "{time}");
        }
    }
}
