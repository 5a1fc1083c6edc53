//! Tokens of pages, which only the sandbox that made them can make.

use std::hash::{BuildHasher, RandomState};

use crate::query::Paging;

/// Which way a page lies from what its token names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Direction {
    /// What comes after it, which is older.
    After,
    /// What comes before it, which is newer.
    Before,
}

/// Makes and checks tokens, with a key that is drawn when the sandbox starts.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    keys: [RandomState; 2],
}

impl Tokens {
    /// The token of the page on that side of what is called this: by its SID or its place.
    pub(crate) fn make(&self, direction: Direction, name: &str, paging: &Paging) -> String {
        let letter = if direction == Direction::After { 'A' } else { 'B' };
        let [one, other] = self.keys.each_ref().map(|key| key.hash_one((direction, name, &paging.path, &paging.given)));
        format!("P{letter}{name}{one:016x}{other:016x}")
    }

    /// What a token says, if this sandbox has made it for these filters.
    pub(crate) fn read<'a>(&self, token: &'a str, paging: &Paging) -> Option<(Direction, &'a str)> {
        let direction = match token.get(..2)? {
            "PA" => Direction::After,
            "PB" => Direction::Before,
            _ => return None,
        };
        let name = token.get(2..token.len().checked_sub(32)?)?;
        (self.make(direction, name, paging) == token).then_some((direction, name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    #[test]
    fn a_token_is_good_for_the_sandbox_and_the_filters_that_it_was_made_for() -> Result<(), Error> {
        let (query, tokens) = (Paging::parse("/", &[], &[])?, Tokens::default());
        let other = Paging::parse("/", &[("Status".to_owned(), "completed".to_owned())], &["Status"])?;
        let elsewhere = Paging::parse("/elsewhere", &[], &[])?;
        let token = tokens.make(Direction::After, "RM1", &query);
        assert_eq!(tokens.read(&token, &query), Some((Direction::After, "RM1")));
        assert_eq!((tokens.read(&token, &other), tokens.read(&token, &elsewhere)), (None, None));
        assert_eq!(Tokens::default().read(&token, &query), None);
        assert_eq!(tokens.read(&token.replace("PA", "PB"), &query), None);
        assert_eq!(tokens.read(&token.replace("RM1", "RM2"), &query), None);
        for odd in ["", "P", "PA", "PARM1", "äääääääääääääääääääääääääääääääääääääääää"]
        {
            assert_eq!(tokens.read(odd, &query), None, "{odd}");
        }
        Ok(())
    }
}
