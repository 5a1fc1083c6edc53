//! Checks values of the document, such as examples and defaults, against schemas of the document.

use std::collections::HashSet;

use super::rule::Context;
use crate::document::{Node, Severity};
use crate::schema::{Mismatch, Options, References, ValueValidator};

/// Checks values against schemas of a document.
pub(super) struct ValueChecker<'d> {
    validator: ValueValidator<'d>,
    /// The first bytes of the objects with an error.
    invalid: HashSet<usize>,
}

impl<'d> ValueChecker<'d> {
    pub(super) fn new(context: &'d Context<'_>) -> Self {
        let validator = ValueValidator::new(References::new(context.root), context.formats);
        let errors = context.findings.iter().filter(|finding| finding.severity == Severity::Error);
        Self { validator, invalid: errors.map(|finding| finding.object_span.start).collect() }
    }

    /// Returns the mismatches of a value. A schema that has an error itself is left out, because that one mistake would be reported
    /// for every value.
    pub(super) fn mismatches(&self, schema: &'d Node, value: &Node, options: Options) -> Vec<Mismatch> {
        let mut mismatches = self.validator.mismatches(schema, value, options);
        mismatches.retain(|mismatch| !self.invalid.contains(&mismatch.schema.start));
        mismatches
    }
}

/// The end of a message about a value at this JSON pointer: ` at /rooms/0`, or nothing for the value as a whole.
pub(super) fn at_pointer(pointer: &str) -> String {
    if pointer.is_empty() { String::new() } else { format!(" at {pointer}") }
}
