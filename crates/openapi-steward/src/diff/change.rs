//! A change between two versions of a document.

use std::fmt;

/// The effect of a change on the users of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum ChangeSeverity {
    /// Something that worked no longer works.
    Breaking,
    /// Nothing breaks, but it has to be deliberate.
    Notice,
    /// Something was added.
    Additive,
    /// Only documentation was changed.
    Documentation,
}

impl ChangeSeverity {
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

impl fmt::Display for ChangeSeverity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The interface that changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

/// The messages in which a change counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum MessageDirection {
    Request,
    Response,
    Both,
}

impl MessageDirection {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
            Self::Both => "both",
        }
    }
}

/// A change. Changes are ordered by severity, the breaking ones first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Change {
    pub(crate) severity: ChangeSeverity,
    pub(crate) surface: Surface,
    /// The subject: `GET /v1/Rooms`, `Room.status`.
    pub(crate) item: String,
    /// The predicate: `was removed`.
    pub(crate) predicate: String,
    /// The id of its kind, one of [`super::KINDS`].
    pub(crate) kind: &'static str,
    pub(crate) direction: Option<MessageDirection>,
    /// The value in the old version, if the change is about one.
    pub(crate) before: Option<String>,
    /// The value in the new version.
    pub(crate) after: Option<String>,
    /// The byte of the old version that changed, or the object that gained something.
    pub(crate) old: Option<usize>,
    /// The byte of the new version.
    pub(crate) new: Option<usize>,
    /// The operation that the item is a part of. Missing for a component.
    pub(crate) operation: Option<String>,
    /// The status of the response that the item is a part of.
    pub(crate) status: Option<String>,
    /// The section and the name of the component that the item is a part of.
    pub(crate) component: Option<(&'static str, String)>,
    /// The operations in which the change counts, if the item is shared.
    pub(crate) used_by: Vec<String>,
    /// The reason for which the change was accepted in `steward.toml`.
    pub(crate) accepted: Option<String>,
}

impl Change {
    /// A change without a position.
    pub(crate) fn new(
        surface: Surface,
        severity: ChangeSeverity,
        kind: &'static str,
        item: impl Into<String>,
        predicate: impl Into<String>,
    ) -> Self {
        Self {
            severity,
            surface,
            item: item.into(),
            predicate: predicate.into(),
            kind,
            direction: None,
            before: None,
            after: None,
            old: None,
            new: None,
            operation: None,
            status: None,
            component: None,
            used_by: Vec::new(),
            accepted: None,
        }
    }

    /// The fingerprint: the same in every run and for every position in the document, and another one if the item, the kind, the
    /// direction or one of the values differs. 16 hexadecimal digits.
    pub(crate) fn fingerprint(&self) -> String {
        let direction = self.direction.map_or("", MessageDirection::name);
        let item = self.item.replace('`', "");
        let values = [&self.before, &self.after].map(|value| value.as_deref().unwrap_or("\u{1}"));
        let mut parts = vec![self.surface.name(), self.kind, direction, item.as_str(), values[0], values[1]];
        // The operations of a shared component come and go; those of a change that many operations have in common are its subject.
        if self.operation.is_some() {
            parts.extend(self.used_by.iter().map(String::as_str));
        }
        format!("{:016x}", fnv1a(parts.join("\u{0}").as_bytes()))
    }
}

/// The FNV-1a hash, which is the same in every version of this tool.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}
