//! A comparison of two versions of a document: both of them, and the changes found so far.

use std::collections::BTreeSet;

use serde_json::Value;

use super::change::{Change, Location, Surface, Weight};
use crate::document::Node;

/// The side of an exchange that a schema describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Direction {
    Request,
    Response,
}

impl Direction {
    /// The weight of a change after which more values are allowed.
    pub(super) const fn wider(self) -> Weight {
        match self {
            Self::Request => Weight::Additive,
            Self::Response => Weight::Breaking,
        }
    }

    /// The weight of a change after which fewer values are allowed.
    pub(super) const fn narrower(self) -> Weight {
        match self {
            Self::Request => Weight::Breaking,
            Self::Response => Weight::Additive,
        }
    }
}

/// Two versions of a document, and the changes found so far.
pub(super) struct Comparison<'a> {
    pub(super) old: &'a Node,
    pub(super) new: &'a Node,
    /// The components that have been compared, each once for each direction.
    pub(super) compared: BTreeSet<(String, String, Direction)>,
    /// The places of the reported changes.
    pub(super) reported: BTreeSet<Location>,
    /// The changes. One that is met several times is reported once.
    pub(super) changes: BTreeSet<Change>,
}

impl<'a> Comparison<'a> {
    pub(super) fn new(old: &'a Node, new: &'a Node) -> Self {
        Self { old, new, compared: BTreeSet::new(), reported: BTreeSet::new(), changes: BTreeSet::new() }
    }

    /// Adds a change.
    pub(super) fn add(&mut self, weight: Weight, what: &str, how: impl Into<String>, location: Location) {
        self.reported.insert(location.clone());
        let (what, how) = (what.to_owned(), how.into());
        self.changes.insert(Change { surface: Surface::Wire, weight, what, how, location });
    }

    /// Adds a change if a key has another value than before. It is at the key, or at the object that has lost it.
    pub(super) fn compare_key(
        &mut self,
        key: &str,
        weight: Weight,
        what: &str,
        how: impl Into<String>,
        (old, new): (&Node, &Node),
    ) {
        let is_off = |value: &Value| value.is_null() || value == false;
        let (before, after) = (json(old, key), json(new, key));
        if before == after || (is_off(&before) && is_off(&after)) {
            return;
        }
        self.reported.extend(old.entry(key).map(|entry| Location::old(&entry.key_span)));
        let span = new.entry(key).map_or(&new.span, |entry| &entry.key_span).clone();
        self.add(weight, what, how, Location::new(&span));
    }
}

/// Returns the value of a key as JSON, or null.
pub(super) fn json(node: &Node, key: &str) -> Value {
    node.get(key).map(Node::to_json).unwrap_or_default()
}

pub(super) fn is_required(node: &Node) -> bool {
    json(node, "required") == true
}

/// Returns the message for a key whose value is too long to show.
pub(super) fn key_was_changed(key: &str) -> String {
    if key.ends_with('s') { format!("the {key} were changed") } else { format!("the {key} was changed") }
}

/// Returns a value for a message.
pub(super) fn display(value: &Value) -> String {
    if value.is_null() { "none".to_owned() } else { value.to_string() }
}
