//! Changes of who may call what. That less is asked for than before is never just additive: somebody has to have meant it.

use serde_json::Value;

use super::change::{At, Weight};
use super::schema::shown;
use super::wire::{Operation, Wire, json};
use crate::document::Node;

/// The parts of a security scheme.
const PARTS: [&str; 7] = ["type", "scheme", "in", "name", "bearerFormat", "flows", "openIdConnectUrl"];

impl Wire<'_> {
    /// What an operation asks for.
    pub(super) fn security(&mut self, old: &Operation<'_>, new: &Operation<'_>) {
        let own = |operation: &Operation<'_>| operation.entry.node.get("security").is_some();
        let entry = |operation: &Operation<'_>, root| -> Option<_> {
            let own: Option<&crate::document::Entry> = operation.entry.node.entry("security");
            own.or_else(|| Node::entry(root, "security")).map(|entry| (entry.node.to_json(), entry.key_span.clone()))
        };
        let (before, after) = (entry(old, self.old), entry(new, self.new));
        let asked = |entry: &Option<(Value, _)>| entry.as_ref().map(|(json, _)| alternatives(json)).unwrap_or_default();
        if asked(&before) == asked(&after) {
            return;
        }
        self.told.extend(before.iter().map(|(_, span)| At::old(span)));
        self.told.extend(after.iter().map(|(_, span)| At::new(span)));
        // What is said for all operations is told once.
        let (what, at) = if own(old) || own(new) {
            (new.name.as_str(), At::new(&new.entry.node.entry("security").unwrap_or(new.entry).key_span))
        } else {
            ("every operation", At::new(&self.new.locate(["security"])))
        };
        let (weight, how) = match (is_open(&asked(&before)), is_open(&asked(&after))) {
            (true, false) => (Weight::Breaking, "asks for credentials now"),
            (false, true) => (Weight::Notice, "can do without credentials now"),
            _ => (Weight::Notice, "asks for other credentials"),
        };
        self.add(weight, what, how, at);
    }

    /// How credentials are sent. Whoever has sent them in the old way has to know, and so has whoever guards them.
    pub(super) fn schemes(&mut self) {
        let entries =
            |root: &Node| root.pointer("/components/securitySchemes").map(Node::entries).unwrap_or_default().to_vec();
        let (before, after) = (entries(self.old), entries(self.new));
        for one in &before {
            let what = format!("the security scheme `{}`", one.key);
            let Some(other) = after.iter().find(|other| other.key == one.key) else {
                self.add(Weight::Notice, &what, "is gone", At::old(&one.key_span));
                continue;
            };
            let both = (one.node.resolve(self.old), other.node.resolve(self.new));
            self.key("description", Weight::Words, &what, "the description is another", both);
            for key in PARTS {
                let how = format!("the {key} was {} and is {}", shown(&json(both.0, key)), shown(&json(both.1, key)));
                self.key(key, Weight::Notice, &what, how, both);
            }
        }
        for other in after.iter().filter(|other| !before.iter().any(|one| one.key == other.key)) {
            let what = format!("the security scheme `{}`", other.key);
            self.add(Weight::Notice, &what, "is new", At::new(&other.key_span));
        }
    }
}

/// What can be asked for, in an order of its own.
fn alternatives(security: &Value) -> Vec<String> {
    let mut all: Vec<String> = security.as_array().into_iter().flatten().map(Value::to_string).collect();
    all.sort();
    all
}

/// Whether nobody is asked for credentials, or not everybody.
fn is_open(alternatives: &[String]) -> bool {
    alternatives.is_empty() || alternatives.iter().any(|one| one == "{}")
}
