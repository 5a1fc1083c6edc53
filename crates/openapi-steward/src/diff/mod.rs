//! Compares two versions of a document, and weighs each change. Pure: two documents in, changes out.

mod annotations;
mod change;
mod comparison;
mod deprecation;
mod grouping;
mod kinds;
mod notation;
mod operations;
mod place;
mod report;
mod rust;
mod schema;
mod types;
mod usage;
mod values;
mod version;
mod view;
mod wire;

pub(crate) use self::change::{Change, ChangeSeverity, MessageDirection, Surface};
pub(crate) use self::comparison::Settings;
pub(crate) use self::kinds::{KINDS, is_kind};
pub use self::report::Format;
pub(crate) use self::report::{Report, filters};
pub(crate) use self::rust::changes as rust_changes;
pub(crate) use self::version::{Verdict, Version, verdict};
use crate::document::Document;

/// A version of a document, and the public items of the crate that is generated from it, if any.
#[derive(Debug)]
pub(crate) struct DocumentVersion {
    pub(crate) document: Document,
    pub(crate) items: Option<Vec<String>>,
}

/// Returns the changes between two versions, the breaking ones first.
pub(crate) fn changes(old: &DocumentVersion, new: &DocumentVersion, settings: Settings<'_>) -> Vec<Change> {
    let (old_root, new_root) = (&old.document.root, &new.document.root);
    let mut changes = wire::changes(old_root, new_root, settings);
    let is_same_on_the_wire = changes.is_empty();
    changes = grouping::group(changes, old_root, new_root);
    if let (Some(old), Some(new)) = (&old.items, &new.items) {
        changes.extend(rust::changes(Surface::Rust, old, new));
    }
    if is_same_on_the_wire && changes.is_empty() && grouping::canonical(old_root) != grouping::canonical(new_root) {
        let (item, how) = ("the document", "was rewritten without a change of meaning");
        changes.push(Change::new(Surface::Wire, ChangeSeverity::Documentation, "rewritten", item, how));
    }
    changes.sort();
    changes
}

#[cfg(test)]
mod tests;
