//! Compares two versions of a document, and weighs each change. Pure: two documents in, changes out.

mod accepted;
mod bodies;
mod change;
mod comparison;
mod operations;
mod remaining;
mod report;
mod resolved;
mod rust;
mod schema;
mod security;
mod version;
mod wire;

pub(crate) use self::accepted::{apply as accept, unused as unused_entries};
use self::change::Location;
pub(crate) use self::change::{Change, Surface, Weight};
pub use self::report::Format;
pub(crate) use self::report::Report;
pub(crate) use self::rust::changes as rust_changes;
pub(crate) use self::version::{Verdict, Version, verdict};
use crate::document::Document;

/// A version of a document, and the public items of the crate that is generated from it, if any.
#[derive(Debug)]
pub(crate) struct Side {
    pub(crate) document: Document,
    pub(crate) items: Option<Vec<String>>,
}

/// Returns the changes between two versions, the breaking ones first.
pub(crate) fn changes(old: &Side, new: &Side) -> Vec<Change> {
    let mut changes = wire::changes(&old.document.root, &new.document.root);
    if let (Some(old), Some(new)) = (&old.items, &new.items) {
        changes.extend(rust::changes(Surface::Rust, old, new));
    }
    if changes.is_empty() && !remaining::is_same(&old.document.root, &new.document.root) {
        let how = "was rewritten without a change of meaning".to_owned();
        let what = "the document".to_owned();
        changes.push(Change {
            surface: Surface::Wire,
            weight: Weight::Documentation,
            what,
            how,
            location: Location::Nowhere,
        });
    }
    changes.sort();
    changes
}

#[cfg(test)]
mod tests;
