//! The outcome of checking a value against one schema.

use std::collections::BTreeSet;

use super::mismatch::Mismatch;

/// The mismatches of a value with a schema, and the properties of the value that the schema knows.
#[derive(Debug, Clone, Default)]
pub(super) struct Outcome<'v> {
    pub(super) mismatches: Vec<Mismatch>,
    /// The properties that the schema defines. Only a strict check collects them.
    pub(super) known: BTreeSet<&'v str>,
    /// `true` if the schema defines all properties of the value, for instance with `additionalProperties`.
    pub(super) knows_all: bool,
    /// `true` if the schema lists properties at all. An object without a list is free-form.
    pub(super) lists_properties: bool,
}

impl<'v> Outcome<'v> {
    /// The outcome for a schema that cannot be checked.
    pub(super) fn unknown() -> Self {
        Self { knows_all: true, ..Self::default() }
    }

    pub(super) fn of(mismatch: Mismatch) -> Self {
        Self { mismatches: vec![mismatch], knows_all: true, ..Self::default() }
    }

    /// Returns whether the schema allows the value.
    pub(super) fn is_valid(&self) -> bool {
        !self.mismatches.iter().any(|mismatch| mismatch.kind.is_invalid())
    }

    /// Adds the outcome of a part that applies to the same value.
    pub(super) fn merge(&mut self, part: Self) {
        self.mismatches.extend(part.mismatches);
        self.merge_known(part.known, part.knows_all, part.lists_properties);
    }

    pub(super) fn merge_known(&mut self, known: BTreeSet<&'v str>, knows_all: bool, lists_properties: bool) {
        self.known.extend(known);
        self.knows_all |= knows_all;
        self.lists_properties |= lists_properties;
    }
}
