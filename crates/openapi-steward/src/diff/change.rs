//! A change between two versions of a document.

use std::fmt;
use std::ops::Range;

/// The effect of a change on the users of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Weight {
    /// Something that worked no longer works.
    Breaking,
    /// Nothing breaks, but it has to be deliberate.
    Notice,
    /// Something was added.
    Additive,
    /// Only documentation was changed.
    Documentation,
}

impl Weight {
    pub(crate) const ALL: [Self; 4] = [Self::Breaking, Self::Notice, Self::Additive, Self::Documentation];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Notice => "notice",
            Self::Additive => "additive",
            Self::Documentation => "documentation",
        }
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The interface that changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Surface {
    /// The requests and responses.
    Wire,
    /// The public items of the generated crate.
    Rust,
    /// The public items of a crate on top of it.
    Crate,
}

impl Surface {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Wire => "wire",
            Self::Rust => "rust",
            Self::Crate => "crate",
        }
    }
}

/// The place of a change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Location {
    /// A byte of the old version: something was removed there.
    Old(usize),
    /// A byte of the new version.
    New(usize),
    /// None in the document.
    Nowhere,
}

impl Location {
    pub(crate) fn old(span: &Range<usize>) -> Self {
        Self::Old(span.start)
    }

    pub(crate) fn new(span: &Range<usize>) -> Self {
        Self::New(span.start)
    }
}

/// A change. Changes are ordered by weight, the breaking ones first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Change {
    pub(crate) weight: Weight,
    pub(crate) surface: Surface,
    /// The subject: `GET /v1/Rooms`, `Room.status`.
    pub(crate) what: String,
    /// The predicate: `was removed`.
    pub(crate) how: String,
    pub(crate) location: Location,
}
