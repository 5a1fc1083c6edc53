//! Checks values of the document, such as examples and defaults, against schemas of the document.

use super::rule::Context;
use crate::document::{Class, Node};
use crate::schema::{Mismatch, Options, References, ValueValidator};

/// Checks values against schemas of a document.
pub(super) struct ValueChecker<'d> {
    context: &'d Context<'d>,
    validator: ValueValidator<'d>,
}

impl<'d> ValueChecker<'d> {
    pub(super) fn new(context: &'d Context<'_>) -> Self {
        Self { context, validator: ValueValidator::new(References::new(context.root), context.formats) }
    }

    /// Returns the mismatches of a value. A schema that has an error itself is left out, because that one mistake would be reported
    /// for every value.
    pub(super) fn mismatches(&self, schema: &'d Node, value: &Node, options: Options) -> Vec<Mismatch> {
        let mut mismatches = self.validator.mismatches(schema, value, options);
        mismatches.retain(|mismatch| !self.is_consequence(mismatch));
        mismatches
    }

    fn is_consequence(&self, mismatch: &Mismatch) -> bool {
        self.context.findings.in_object(&mismatch.schema).any(|finding| finding.class == Class::Error)
    }
}

/// The end of a message about a value at this JSON pointer: ` at /rooms/0`, or nothing for the value as a whole.
pub(super) fn at_pointer(pointer: &str) -> String {
    if pointer.is_empty() { String::new() } else { format!(" at {pointer}") }
}
