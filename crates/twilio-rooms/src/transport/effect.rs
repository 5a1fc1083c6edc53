//! The effect of operations.

use crate::error::Outcome;

/// The effect of an operation on the account, which decides after which failures it is retried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// The operation changes nothing.
    Read,
    /// Repeating the operation changes nothing more.
    Idempotent,
    /// Repeating the operation could do the same thing twice.
    NonIdempotent,
}

impl Effect {
    /// Returns the outcome of a failed call, given that the request may have taken effect.
    pub(super) const fn outcome(self, may_have_taken_effect: bool) -> Outcome {
        match self {
            Self::Idempotent if may_have_taken_effect => Outcome::UnknownIdempotent,
            Self::NonIdempotent if may_have_taken_effect => Outcome::UnknownNonIdempotent,
            _ => Outcome::Known,
        }
    }
}
