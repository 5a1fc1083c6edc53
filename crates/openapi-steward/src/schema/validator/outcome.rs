//! The outcome of checking a value against one schema.

use std::collections::BTreeSet;

use super::mismatch::Mismatch;

/// The mismatches of a value with a schema, and the parts of the value that the schema knows.
#[derive(Debug, Clone, Default)]
pub(super) struct Outcome<'v> {
    pub(super) mismatches: Vec<Mismatch>,
    pub(super) known: Known<'v>,
}

/// The properties of an object, or the items of a list, that a schema has schemas for.
///
/// Only a strict check needs them, and a schema with `unevaluatedProperties` or `unevaluatedItems`.
#[derive(Debug, Clone, Default)]
pub(super) struct Known<'v> {
    pub(super) properties: BTreeSet<&'v str>,
    pub(super) items: BTreeSet<usize>,
    /// `true` if the schema defines all properties or items of the value, for instance with `additionalProperties`.
    pub(super) all: bool,
    /// `true` if the schema lists properties at all. An object without a list is free-form.
    pub(super) lists_properties: bool,
}

impl Known<'_> {
    fn all() -> Self {
        Self { all: true, ..Self::default() }
    }

    /// Adds what a part knows that applies to the same value.
    pub(super) fn merge(&mut self, part: Self) {
        self.properties.extend(part.properties);
        self.items.extend(part.items);
        self.all |= part.all;
        self.lists_properties |= part.lists_properties;
    }
}

impl Outcome<'_> {
    /// The outcome for a schema that cannot be checked.
    pub(super) fn unknown() -> Self {
        Self { mismatches: Vec::new(), known: Known::all() }
    }

    pub(super) fn of(mismatch: Mismatch) -> Self {
        Self { mismatches: vec![mismatch], known: Known::all() }
    }

    /// Returns whether the schema allows the value.
    pub(super) fn is_valid(&self) -> bool {
        !self.mismatches.iter().any(|mismatch| mismatch.kind.is_invalid())
    }

    /// Adds the outcome of a part that applies to the same value.
    pub(super) fn merge(&mut self, part: Self) {
        self.mismatches.extend(part.mismatches);
        self.known.merge(part.known);
    }
}
