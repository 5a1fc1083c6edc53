//! Query parameters, and those of paging that all listings share.

use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use chrono::{DateTime, NaiveDate, NaiveTime};

use super::error::ApiError;
use crate::model::{TimeRange, Timestamp};

const DEFAULT_PAGE_SIZE: usize = 50;
const MAX_PAGE_SIZE: usize = 1000;

/// The names of the parameters of [`created_range`].
pub(crate) const CREATED_AFTER: &str = "DateCreatedAfter";
pub(crate) const CREATED_BEFORE: &str = "DateCreatedBefore";

/// Names and values, in the order of the query or form.
pub(crate) type Pairs = Vec<(String, String)>;

/// The query of a request, or the reason for which it cannot be decoded.
pub(crate) type QueryPairs = Result<Query<Pairs>, QueryRejection>;

/// The page of a listing that is requested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PageQuery {
    /// The path of the listing.
    pub(crate) path: String,
    /// The listing's filters as they were sent, in a fixed order. The URLs of other pages repeat them.
    pub(crate) filters: Vec<(&'static str, String)>,
    pub(crate) page_size: usize,
    pub(crate) page: u64,
    pub(crate) token: Option<String>,
}

pub(crate) fn decode_query(query: QueryPairs) -> Result<Pairs, ApiError> {
    query.map(|Query(pairs)| pairs).map_err(|error| ApiError::bad_parameter(format!("Invalid query: {error}")))
}

/// Returns the value of a parameter, of several the last. An empty value counts as absent.
pub(crate) fn parameter<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let found = pairs.iter().rev().find(|(key, _)| key == name);
    found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
}

/// Parses the range of creation times that a listing is filtered by.
pub(crate) fn created_range(pairs: &[(String, String)]) -> Result<TimeRange, ApiError> {
    let timestamp = |name| parameter(pairs, name).map(|value| parse_timestamp(name, value)).transpose();
    Ok(TimeRange { start: timestamp(CREATED_AFTER)?, end: timestamp(CREATED_BEFORE)? })
}

impl PageQuery {
    /// Parses the parameters of paging for the listing at this path, which has filters with these names.
    pub(crate) fn parse(
        path: &str,
        pairs: &[(String, String)],
        filter_names: &[&'static str],
    ) -> Result<Self, ApiError> {
        let get = |name| parameter(pairs, name);
        let filters = filter_names.iter().filter_map(|name| Some((*name, get(name)?.to_owned()))).collect();
        let page_size = get("PageSize").map_or(Ok(DEFAULT_PAGE_SIZE), parse_page_size)?;
        let page = get("Page").map_or(Ok(0), |value| {
            let invalid = |_| ApiError::bad_parameter(format!("Invalid Page: {value} is not a number from 0"));
            value.parse().map_err(invalid)
        })?;
        if pairs.iter().any(|(name, value)| name == "PageToken" && value.is_empty()) {
            return Err(ApiError::bad_parameter("Invalid PageToken"));
        }
        let token = get("PageToken").map(str::to_owned);
        if page > 0 && token.is_none() {
            return Err(ApiError::bad_parameter("Paged requests must include a PageToken"));
        }
        Ok(Self { path: path.to_owned(), filters, page_size, page, token })
    }
}

fn parse_page_size(value: &str) -> Result<usize, ApiError> {
    let size = value.parse().ok().filter(|size| (1..=MAX_PAGE_SIZE).contains(size));
    size.ok_or_else(|| {
        ApiError::bad_parameter(format!("Invalid PageSize: {value} is not a number from 1 to {MAX_PAGE_SIZE}"))
    })
}

/// Parses a timestamp of RFC 3339, or a date, which stands for its first moment in UTC.
fn parse_timestamp(name: &str, value: &str) -> Result<Timestamp, ApiError> {
    let date = NaiveDate::parse_from_str(value, "%Y-%m-%d").map(|date| date.and_time(NaiveTime::MIN).and_utc());
    let timestamp = || DateTime::parse_from_rfc3339(value).map(|timestamp| timestamp.to_utc());
    date.or_else(|_| timestamp()).map_err(|_| {
        ApiError::bad_parameter(format!("Invalid {name}: {value} is neither YYYY-MM-DD nor an instant of ISO 8601"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(pairs: &[(&str, &str)]) -> Pairs {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn without_parameters_the_first_page_of_fifty_items_is_requested() -> Result<(), ApiError> {
        let query = PageQuery::parse("/", &pairs(&[("Odd", "1"), ("UniqueName", "")]), &["UniqueName"])?;
        assert_eq!((query.page_size, query.page, query.token, query.filters), (50, 0, None, vec![]));
        Ok(())
    }

    #[test]
    fn a_date_is_its_first_moment_and_a_timestamp_may_have_an_offset() -> Result<(), ApiError> {
        let pairs = pairs(&[(CREATED_AFTER, "2026-11-01"), (CREATED_BEFORE, "2026-11-01T02:00:00+02:00")]);
        let range = created_range(&pairs)?;
        assert_eq!(range.start, range.end);
        assert!(range.start.is_some());
        Ok(())
    }

    #[test]
    fn errors_name_the_parameter_and_its_value() {
        let message = "Invalid DateCreatedAfter: soon is neither YYYY-MM-DD nor an instant of ISO 8601";
        let error = created_range(&pairs(&[(CREATED_AFTER, "soon")])).err();
        assert_eq!(error.as_ref().map(ApiError::message), Some(message));
        let cases = [
            (("PageSize", "0"), "Invalid PageSize: 0 is not a number from 1 to 1000"),
            (("PageSize", "1001"), "Invalid PageSize: 1001 is not a number from 1 to 1000"),
            (("PageSize", "ten"), "Invalid PageSize: ten is not a number from 1 to 1000"),
            (("Page", "-1"), "Invalid Page: -1 is not a number from 0"),
            (("PageToken", ""), "Invalid PageToken"),
            (("Page", "1"), "Paged requests must include a PageToken"),
        ];
        for (pair, message) in cases {
            let error = PageQuery::parse("/", &pairs(&[pair]), &[]).err();
            assert_eq!(error.as_ref().map(ApiError::message), Some(message));
        }
    }
}
