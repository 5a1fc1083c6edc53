//! The times between which what is listed was created.

use crate::date::DateOrInstant;

/// From when, and until when.
#[derive(Debug, Clone, Default)]
pub(crate) struct Created {
    pub(crate) on_or_after: Option<DateOrInstant>,
    pub(crate) before: Option<DateOrInstant>,
}

/// The filters of a listing whose query has them in a field `created`. `$what` is what is listed, and what befell it then.
macro_rules! filters {
    ($what:literal) => {
        #[doc = concat!("Lists the ", $what, " on or after this date or instant only.")]
        pub fn created_on_or_after(mut self, when: impl Into<crate::date::DateOrInstant>) -> Self {
            self.query.created.on_or_after = Some(when.into());
            self
        }

        #[doc = concat!("Lists the ", $what, " before this date or instant only, which is itself left out.")]
        pub fn created_before(mut self, when: impl Into<crate::date::DateOrInstant>) -> Self {
            self.query.created.before = Some(when.into());
            self
        }

        /// Reads up to so many spans of time of the listing at once, from 1 to 64, for a stream or a `Vec` of very many: the
        /// time that it takes is divided by nearly as much, for a few requests more. By default the pages are read one after
        /// another.
        ///
        /// What is given, and its order, is the same, and nothing is given twice. The spans are made so long that there are
        /// about two pages in each; up to twice as many of them as are read at once are in memory. What holds for all
        /// requests of a client holds for these: the limit of how many are under way, retries, and the pause for all after an
        /// answer of 429.
        ///
        /// It relies on the service to list what is newest first, and to filter by time to the second: else something could
        /// be missed. What is seen not to be in order is read page by page, as is a listing that is
        /// [resumed](Self::resume). [`send`](Self::send) reads one page of the whole.
        ///
        /// After an error there is no URL to resume from. A listing of one status that is in order goes on with what was
        /// created up to the time of the last that was given; any other has to be read again.
        pub fn parallel(mut self, at_once: u32) -> Self {
            self.parallel = Some(at_once);
            self
        }

        /// Gives what is read [in parallel](Self::parallel) as it comes, and not the newest first: so nothing that is there
        /// waits for what is still to come.
        pub fn any_order(mut self) -> Self {
            self.in_order = false;
            self
        }
    };
}
pub(crate) use filters;

/// What a listing with these filters says of them.
macro_rules! listed {
    () => {
        fn created(&self) -> Option<i64> {
            self.date_created.map(|created| created.timestamp())
        }

        fn times(query: &mut Self::Query) -> Option<&mut crate::created::Created> {
            Some(&mut query.created)
        }
    };
}
pub(crate) use listed;

/// Puts them into an operation of the generated client. Each has a type of its own, with setters of the same names.
macro_rules! apply {
    ($created:expr, $operation:expr) => {{
        let (created, mut operation) = ($created, $operation);
        if let Some(when) = created.on_or_after {
            operation = operation.date_created_after(when.to_wire("created_on_or_after")?);
        }
        if let Some(when) = created.before {
            operation = operation.date_created_before(when.to_wire("created_before")?);
        }
        operation
    }};
}
pub(crate) use apply;
