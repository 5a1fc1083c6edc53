//! Rules for references.

pub(super) mod dangling_reference;
pub(super) mod reference_cycle;
pub(super) mod reference_kind;
pub(super) mod reference_sibling;
pub(super) mod remote_reference;

use crate::document::Node;
use crate::text::did_you_mean;

/// Returns the target in the same section whose name resembles that of a missing target most.
fn similar_target(root: &Node, pointer: &str) -> Option<String> {
    let (parent, name) = pointer.rsplit_once('/')?;
    let siblings = root.pointer(parent)?.entries();
    let similar = did_you_mean(name, siblings.iter().map(|entry| entry.key.as_str()))?;
    Some(format!("{parent}/{similar}"))
}
