//! Page tokens, which are valid only for the sandbox and the listing that they were issued for.

use std::hash::{BuildHasher, RandomState};

use super::query::PageQuery;
use crate::model::Direction;

/// Issues and verifies page tokens, with keys that are drawn when the sandbox starts.
#[derive(Debug, Default)]
pub(crate) struct PageTokens {
    keys: [RandomState; 2],
}

impl PageTokens {
    /// Issues the token of the page on that side of an item, which is identified by its SID or its sequence number.
    pub(crate) fn issue(&self, direction: Direction, item: &str, query: &PageQuery) -> String {
        let letter = if direction == Direction::After { 'A' } else { 'B' };
        let [one, other] = self.keys.each_ref().map(|key| key.hash_one((direction, item, &query.path, &query.filters)));
        format!("P{letter}{item}{one:016x}{other:016x}")
    }

    /// Returns the cursor of a token if this sandbox has issued it for this listing and these filters.
    pub(crate) fn verify<'a>(&self, token: &'a str, query: &PageQuery) -> Option<(Direction, &'a str)> {
        let direction = match token.get(..2)? {
            "PA" => Direction::After,
            "PB" => Direction::Before,
            _ => return None,
        };
        let item = token.get(2..token.len().checked_sub(32)?)?;
        (self.issue(direction, item, query) == token).then_some((direction, item))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::error::ApiError;

    #[test]
    fn a_token_is_valid_for_the_sandbox_the_listing_and_the_filters_that_it_was_issued_for() -> Result<(), ApiError> {
        let (query, tokens) = (PageQuery::parse("/", &[], &[])?, PageTokens::default());
        let other = PageQuery::parse("/", &[("Status".to_owned(), "completed".to_owned())], &["Status"])?;
        let elsewhere = PageQuery::parse("/elsewhere", &[], &[])?;
        let token = tokens.issue(Direction::After, "RM1", &query);
        assert_eq!(tokens.verify(&token, &query), Some((Direction::After, "RM1")));
        assert_eq!((tokens.verify(&token, &other), tokens.verify(&token, &elsewhere)), (None, None));
        assert_eq!(PageTokens::default().verify(&token, &query), None);
        assert_eq!(tokens.verify(&token.replace("PA", "PB"), &query), None);
        assert_eq!(tokens.verify(&token.replace("RM1", "RM2"), &query), None);
        for odd in ["", "P", "PA", "PARM1", "äääääääääääääääääääääääääääääääääääääääää"]
        {
            assert_eq!(tokens.verify(odd, &query), None, "{odd}");
        }
        Ok(())
    }
}
