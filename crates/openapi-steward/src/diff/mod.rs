//! The changes between two versions of a document, and what each breaks. Pure: two documents in, changes out.

mod accepted;
mod change;
mod messages;
mod report;
mod resolved;
mod rest;
mod rust;
mod schema;
mod security;
mod version;
mod wire;

pub(crate) use self::accepted::{apply as accept, unused as unused_entries};
use self::change::At;
pub(crate) use self::change::{Change, Surface, Weight};
pub use self::report::Format;
pub(crate) use self::report::Report;
pub(crate) use self::rust::changes as rust_changes;
pub(crate) use self::version::{Verdict, Version, verdict};
use crate::document::Document;

/// A version of a document, and the public items of the crate that is generated from it, if there is one.
#[derive(Debug)]
pub(crate) struct Side {
    pub(crate) document: Document,
    pub(crate) items: Option<Vec<String>>,
}

/// The changes between two versions, the breaking ones first.
pub(crate) fn changes(old: &Side, new: &Side) -> Vec<Change> {
    let mut changes = wire::changes(&old.document.root, &new.document.root);
    if let (Some(old), Some(new)) = (&old.items, &new.items) {
        changes.extend(rust::changes(Surface::Rust, old, new));
    }
    if changes.is_empty() && !rest::is_same(&old.document.root, &new.document.root) {
        let how = "says the same in another way".to_owned();
        let what = "the document".to_owned();
        changes.push(Change { surface: Surface::Wire, weight: Weight::Words, what, how, at: At::Nowhere });
    }
    changes.sort();
    changes
}

#[cfg(test)]
mod tests;
