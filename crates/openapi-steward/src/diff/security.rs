//! Changes of the required credentials. Requiring less is a notice and not additive: it has to be deliberate.

use serde_json::Value;

use super::change::{Location, Weight};
use super::comparison::{Comparison, display, json};
use super::operations::Operation;
use crate::document::Node;

/// The parts of a security scheme.
const PARTS: [&str; 7] = ["type", "scheme", "in", "name", "bearerFormat", "flows", "openIdConnectUrl"];

impl Comparison<'_> {
    /// Compares the credentials that an operation requires.
    pub(super) fn security(&mut self, old: &Operation<'_>, new: &Operation<'_>) {
        let own = |operation: &Operation<'_>| operation.entry.node.get("security").is_some();
        let entry = |operation: &Operation<'_>, root| -> Option<_> {
            let own: Option<&crate::document::Entry> = operation.entry.node.entry("security");
            own.or_else(|| Node::entry(root, "security")).map(|entry| (entry.node.to_json(), entry.key_span.clone()))
        };
        let (before, after) = (entry(old, self.old), entry(new, self.new));
        let required =
            |entry: &Option<(Value, _)>| entry.as_ref().map(|(json, _)| alternatives(json)).unwrap_or_default();
        if required(&before) == required(&after) {
            return;
        }
        self.reported.extend(before.iter().map(|(_, span)| Location::old(span)));
        self.reported.extend(after.iter().map(|(_, span)| Location::new(span)));
        // A change for all operations is reported once.
        let (what, at) = if own(old) || own(new) {
            (new.name.as_str(), Location::new(&new.entry.node.entry("security").unwrap_or(new.entry).key_span))
        } else {
            ("every operation", Location::new(&self.new.locate(["security"])))
        };
        let (weight, how) = match (is_open(&required(&before)), is_open(&required(&after))) {
            (true, false) => (Weight::Breaking, "now requires credentials".to_owned()),
            (false, true) => (Weight::Notice, "no longer requires credentials".to_owned()),
            _ => {
                let list = |alternatives: Vec<String>| alternatives.join(" or ");
                let (was, is) = (list(required(&before)), list(required(&after)));
                (Weight::Notice, format!("required the credentials {was} and requires {is}"))
            }
        };
        self.add(weight, what, how, at);
    }

    /// Compares the security schemes: how credentials are sent.
    pub(super) fn security_schemes(&mut self) {
        let entries =
            |root: &Node| root.pointer("/components/securitySchemes").map(Node::entries).unwrap_or_default().to_vec();
        let (before, after) = (entries(self.old), entries(self.new));
        for one in &before {
            let what = format!("the security scheme `{}`", one.key);
            let Some(other) = after.iter().find(|other| other.key == one.key) else {
                self.add(Weight::Notice, &what, "was removed", Location::old(&one.key_span));
                continue;
            };
            let both = (one.node.resolve(self.old), other.node.resolve(self.new));
            self.compare_key("description", Weight::Documentation, &what, "the description was changed", both);
            for key in PARTS {
                let how =
                    format!("the {key} was {} and is {}", display(&json(both.0, key)), display(&json(both.1, key)));
                self.compare_key(key, Weight::Notice, &what, how, both);
            }
        }
        for other in after.iter().filter(|other| !before.iter().any(|one| one.key == other.key)) {
            let what = format!("the security scheme `{}`", other.key);
            self.add(Weight::Notice, &what, "was added", Location::new(&other.key_span));
        }
    }
}

/// Returns the sets of credentials of which one is enough, sorted.
fn alternatives(security: &Value) -> Vec<String> {
    let mut all: Vec<String> = security.as_array().into_iter().flatten().map(Value::to_string).collect();
    all.sort();
    all
}

/// Returns whether a request without credentials is allowed.
fn is_open(alternatives: &[String]) -> bool {
    alternatives.is_empty() || alternatives.iter().any(|one| one == "{}")
}
