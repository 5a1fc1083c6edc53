//! The error of a pass that does not find what it has to change.

use std::fmt;

/// The generated code does not hold what a pass expects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::codegen) struct UnexpectedCode {
    /// The name of the pass: `remove_prelude`.
    pass: &'static str,
    problem: String,
}

impl UnexpectedCode {
    pub(super) fn new(pass: &'static str, problem: impl Into<String>) -> Self {
        Self { pass, problem: problem.into() }
    }
}

impl fmt::Display for UnexpectedCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.pass, self.problem)
    }
}

/// Compares the number of things that a pass has found with the number that the document asks for.
pub(super) fn expect_count(
    pass: &'static str,
    things: &str,
    found: usize,
    expected: usize,
) -> Result<(), UnexpectedCode> {
    if found == expected {
        return Ok(());
    }
    Err(UnexpectedCode::new(pass, format!("expected {expected} {things}, found {found}")))
}
