//! Tokens of pages, which only the sandbox that made them can make.

use std::hash::{BuildHasher, RandomState};

use crate::query::Query;

/// Which way a page lies from the room that its token names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Direction {
    /// The rooms after it, which are older.
    After,
    /// The rooms before it, which are newer.
    Before,
}

/// Makes and checks tokens, with a key that is drawn when the sandbox starts.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    keys: [RandomState; 2],
}

impl Tokens {
    /// The token of the page on that side of the room.
    pub(crate) fn make(&self, direction: Direction, sid: &str, query: &Query) -> String {
        let letter = if direction == Direction::After { 'A' } else { 'B' };
        let [one, other] = self.keys.each_ref().map(|key| key.hash_one((direction, sid, &query.given)));
        format!("P{letter}{sid}{one:016x}{other:016x}")
    }

    /// What a token says, if this sandbox has made it for these filters.
    pub(crate) fn read<'a>(&self, token: &'a str, query: &Query) -> Option<(Direction, &'a str)> {
        let direction = match token.get(..2)? {
            "PA" => Direction::After,
            "PB" => Direction::Before,
            _ => return None,
        };
        let sid = token.get(2..token.len().checked_sub(32)?)?;
        (self.make(direction, sid, query) == token).then_some((direction, sid))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    #[test]
    fn a_token_is_good_for_the_sandbox_and_the_filters_that_it_was_made_for() -> Result<(), Error> {
        let (query, tokens) = (Query::parse(&[])?, Tokens::default());
        let other = Query::parse(&[("Status".to_owned(), "completed".to_owned())])?;
        let token = tokens.make(Direction::After, "RM1", &query);
        assert_eq!(tokens.read(&token, &query), Some((Direction::After, "RM1")));
        assert_eq!(tokens.read(&token, &other), None);
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
