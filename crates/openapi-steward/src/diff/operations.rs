//! The operations of a path.

use crate::document::{Entry, METHODS, Node};

/// The operations of a path, each with its method. Those of OpenAPI 3.2 without a key of their own are among them.
pub(super) fn methods(path: &Node) -> impl Iterator<Item = &Entry> {
    let own = path.entries().iter().filter(|entry| METHODS.contains(&entry.key.as_str()) || entry.key == "query");
    own.chain(path.entries_of("additionalOperations"))
}
