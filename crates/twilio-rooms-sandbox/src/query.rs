//! What a request asks for: the filters, and which page.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use crate::error::Error;
use crate::room::Status;

const DEFAULT_PAGE_SIZE: usize = 50;
const MAX_PAGE_SIZE: usize = 1000;

/// The query of a listing of rooms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Query {
    pub(crate) filter: Filter,
    pub(crate) paging: Paging,
}

/// Which page of a listing, and what has to be asked for to get the next one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Paging {
    /// The path of the listing.
    pub(crate) path: String,
    /// The filters as they were given, in one order: what the URLs of pages carry.
    pub(crate) given: Vec<(&'static str, String)>,
    pub(crate) page_size: usize,
    pub(crate) page: u64,
    pub(crate) token: Option<String>,
}

/// Which rooms to list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Filter {
    pub(crate) status: Status,
    pub(crate) unique_name: Option<String>,
    pub(crate) created_on_or_after: Option<DateTime<Utc>>,
    pub(crate) created_before: Option<DateTime<Utc>>,
}

/// The value of a parameter. An empty one counts as absent, and the last of several counts.
pub(crate) fn get<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let found = pairs.iter().rev().find(|(key, _)| key == name);
    found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
}

impl Query {
    /// Reads the pairs of a query. A parameter that is not known is ignored.
    pub(crate) fn parse(pairs: &[(String, String)]) -> Result<Self, Error> {
        let get = |name| get(pairs, name);
        let status = get("Status").map_or(Ok(Status::InProgress), |text| {
            Status::parse(text).ok_or_else(|| Error::bad_parameter(format!("Invalid Status: {text}")))
        })?;
        let unique_name = get("UniqueName").map(str::to_owned);
        let created_on_or_after = get("DateCreatedAfter").map(|text| date("DateCreatedAfter", text)).transpose()?;
        let created_before = get("DateCreatedBefore").map(|text| date("DateCreatedBefore", text)).transpose()?;
        let names = ["Status", "UniqueName", "DateCreatedAfter", "DateCreatedBefore"];
        let filter = Filter { status, unique_name, created_on_or_after, created_before };
        Ok(Self { filter, paging: Paging::parse("/v1/Rooms", pairs, &names)? })
    }
}

impl Paging {
    /// Reads which page it is of the listing at this path, which has filters of these names.
    pub(crate) fn parse(path: &str, pairs: &[(String, String)], names: &[&'static str]) -> Result<Self, Error> {
        let get = |name| get(pairs, name);
        let given = names.iter().filter_map(|name| Some((*name, get(name)?.to_owned()))).collect();
        let page_size = get("PageSize").map_or(Ok(DEFAULT_PAGE_SIZE), page_size)?;
        let page = get("Page").map_or(Ok(0), |text| {
            text.parse().map_err(|_| Error::bad_parameter(format!("Invalid Page: {text} is not a number from 0")))
        })?;
        let token = get("PageToken").map(str::to_owned);
        if page > 0 && token.is_none() {
            return Err(Error::bad_parameter("Paged requests must include a PageToken"));
        }
        Ok(Self { path: path.to_owned(), given, page_size, page, token })
    }
}

fn page_size(text: &str) -> Result<usize, Error> {
    let size = text.parse().ok().filter(|size| (1..=MAX_PAGE_SIZE).contains(size));
    size.ok_or_else(|| {
        Error::bad_parameter(format!("Invalid PageSize: {text} is not a number from 1 to {MAX_PAGE_SIZE}"))
    })
}

/// A date, which means its first moment, or an instant.
pub(crate) fn date(name: &str, text: &str) -> Result<DateTime<Utc>, Error> {
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").map(|day| day.and_time(NaiveTime::MIN).and_utc());
    let instant = || DateTime::parse_from_rfc3339(text).map(|instant| instant.to_utc());
    day.or_else(|_| instant()).map_err(|_| {
        Error::bad_parameter(format!("Invalid {name}: {text} is neither YYYY-MM-DD nor an instant of ISO 8601"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(pairs: &[(&str, &str)]) -> Result<Query, Error> {
        let owned: Vec<_> = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Query::parse(&owned)
    }

    #[test]
    fn without_parameters_the_first_fifty_rooms_in_progress_are_asked_for() -> Result<(), Error> {
        let query = parse(&[("Odd", "1"), ("UniqueName", "")])?;
        assert_eq!((query.filter.status, query.paging.page_size, query.paging.page), (Status::InProgress, 50, 0));
        assert_eq!((query.filter.unique_name, query.paging.given, query.paging.token), (None, vec![], None));
        Ok(())
    }

    #[test]
    fn a_date_is_its_first_moment_and_an_instant_may_have_an_offset() -> Result<(), Error> {
        let query = parse(&[("DateCreatedAfter", "2026-11-01"), ("DateCreatedBefore", "2026-11-01T02:00:00+02:00")])?;
        assert_eq!(query.filter.created_on_or_after, query.filter.created_before);
        assert!(query.filter.created_before.is_some());
        Ok(())
    }

    #[test]
    fn what_is_wrong_is_named() {
        let cases = [
            (("Status", "open"), "Invalid Status: open"),
            (
                ("DateCreatedAfter", "soon"),
                "Invalid DateCreatedAfter: soon is neither YYYY-MM-DD nor an instant of ISO 8601",
            ),
            (("PageSize", "0"), "Invalid PageSize: 0 is not a number from 1 to 1000"),
            (("PageSize", "1001"), "Invalid PageSize: 1001 is not a number from 1 to 1000"),
            (("PageSize", "ten"), "Invalid PageSize: ten is not a number from 1 to 1000"),
            (("Page", "-1"), "Invalid Page: -1 is not a number from 0"),
            (("Page", "1"), "Paged requests must include a PageToken"),
        ];
        for (pair, message) in cases {
            let error = parse(&[pair]).err();
            assert_eq!(error.as_ref().map(Error::message), Some(message));
        }
    }
}
