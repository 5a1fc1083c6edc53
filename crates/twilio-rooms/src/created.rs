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
    };
}
pub(crate) use filters;

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
