//! References lead to what they should.

pub(super) mod beside;
pub(super) mod cycle;
pub(super) mod dangling;
pub(super) mod kind;
pub(super) mod remote;

use crate::document::Node;
use crate::text::did_you_mean;

/// A component with a similar name, of the kind that was referred to.
fn similar_target(root: &Node, pointer: &str) -> Option<String> {
    let (parent, name) = pointer.rsplit_once('/')?;
    let siblings = root.pointer(parent)?.entries();
    let similar = did_you_mean(name, siblings.iter().map(|entry| entry.key.as_str()))?;
    Some(format!("{parent}/{similar}"))
}
