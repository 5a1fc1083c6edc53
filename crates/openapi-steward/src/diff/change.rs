//! One change between two versions of the spec.

use std::fmt;
use std::ops::Range;

/// What a change means for those who depend on the spec.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Weight {
    /// Something that worked does not any more.
    Breaking,
    /// Nothing breaks, but somebody should look at it.
    Notice,
    /// Something is new.
    Additive,
    /// Only words have changed.
    Words,
}

impl Weight {
    pub(crate) const ALL: [Self; 4] = [Self::Breaking, Self::Notice, Self::Additive, Self::Words];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Notice => "notice",
            Self::Additive => "additive",
            Self::Words => "documentation",
        }
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What changes: that which goes over the wire, the public items of the generated crate, or those of `twilio-rooms`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Surface {
    Wire,
    Rust,
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

/// In which version something stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum At {
    /// At this place of the old version: it is gone.
    Old(usize),
    /// At this place of the new version.
    New(usize),
    /// Not in the spec.
    Nowhere,
}

impl At {
    pub(crate) fn old(span: &Range<usize>) -> Self {
        Self::Old(span.start)
    }

    pub(crate) fn new(span: &Range<usize>) -> Self {
        Self::New(span.start)
    }
}

/// One change. They are ordered by what they mean, the breaking first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Change {
    pub(crate) weight: Weight,
    pub(crate) surface: Surface,
    /// What has changed: `GET /v1/Rooms`, `Room.status`.
    pub(crate) what: String,
    /// How.
    pub(crate) how: String,
    pub(crate) at: At,
}
