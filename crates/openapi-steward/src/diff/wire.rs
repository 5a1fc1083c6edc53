//! Changes of the requests and responses.

use super::change::{Change, Location, Weight};
use super::comparison::{Comparison, Direction, display, is_required, json, key_was_changed};
use super::operations::{Operation, operations, parameters};
use super::{remaining, schema};
use crate::document::Node;

/// Returns the changes on the wire. A change that is met several times is reported once.
pub(super) fn changes(old: &Node, new: &Node) -> Vec<Change> {
    let mut comparison = Comparison::new(old, new);
    comparison.operations();
    comparison.security_schemes();
    if old.get("info").map(Node::to_json) != new.get("info").map(Node::to_json) {
        comparison.add(Weight::Documentation, "info", "was changed", Location::new(&new.locate(["info"])));
    }
    if old.get("servers").map(Node::to_json) != new.get("servers").map(Node::to_json) {
        comparison.add(Weight::Notice, "servers", "were changed", Location::new(&new.locate(["servers"])));
    }
    remaining::report(&mut comparison);
    comparison.changes.into_iter().collect()
}

impl Comparison<'_> {
    fn operations(&mut self) {
        let (old, new) = (operations(self.old), operations(self.new));
        for one in &old {
            let Some(other) = new.iter().find(|other| other.id == one.id) else {
                self.add(Weight::Breaking, &one.name, "was removed", Location::old(&one.entry.key_span));
                continue;
            };
            self.security(one, other);
            self.parameters(one, other);
            self.body(&other.name, &one.entry.node, &other.entry.node);
            self.responses(&other.name, &one.entry.node, &other.entry.node);
            for key in ["summary", "description", "externalDocs", "tags"] {
                self.compare_key(
                    key,
                    Weight::Documentation,
                    &other.name,
                    key_was_changed(key),
                    (&one.entry.node, &other.entry.node),
                );
            }
            let deprecated = json(&other.entry.node, "deprecated") == true;
            let how = if deprecated { "is now deprecated" } else { "is no longer deprecated" };
            self.compare_key("deprecated", Weight::Notice, &other.name, how, (&one.entry.node, &other.entry.node));
        }
        for other in new.iter().filter(|other| !old.iter().any(|one| one.id == other.id)) {
            self.add(Weight::Additive, &other.name, "was added", Location::new(&other.entry.key_span));
        }
    }

    fn parameters(&mut self, old: &Operation<'_>, new: &Operation<'_>) {
        let (before, after, operation) = (parameters(self.old, old), parameters(self.new, new), &new.name);
        for (name, parameter) in &before {
            let what = format!("{operation}, {name}");
            let Some((_, other)) = after.iter().find(|(other, _)| other == name) else {
                self.add(Weight::Breaking, &what, "was removed", Location::old(&parameter.span));
                continue;
            };
            match (is_required(parameter), is_required(other)) {
                (false, true) => self.add(Weight::Breaking, &what, "is now required", Location::new(&other.span)),
                (true, false) => self.add(Weight::Additive, &what, "is no longer required", Location::new(&other.span)),
                _ => {}
            }
            self.reported.extend(
                [parameter, other]
                    .iter()
                    .zip([Location::old, Location::new])
                    .filter_map(|(node, at)| Some(at(&node.entry("required")?.key_span))),
            );
            for key in ["description", "example", "examples"] {
                self.compare_key(key, Weight::Documentation, &what, key_was_changed(key), (parameter, other));
            }
            for key in ["style", "explode", "allowReserved"] {
                let how =
                    format!("the {key} was {} and is {}", display(&json(parameter, key)), display(&json(other, key)));
                self.compare_key(key, Weight::Breaking, &what, how, (parameter, other));
            }
            let how = if json(other, "deprecated") == true { "is now deprecated" } else { "is no longer deprecated" };
            self.compare_key("deprecated", Weight::Notice, &what, how, (parameter, other));
            if let (Some(old), Some(new)) = (parameter.get("schema"), other.get("schema")) {
                schema::compare(self, &what, old, new, Direction::Request);
            }
        }
        for (name, parameter) in after.iter().filter(|(name, _)| !before.iter().any(|(other, _)| other == name)) {
            let required = is_required(parameter);
            let (weight, how) = if required {
                (Weight::Breaking, "was added and is required")
            } else {
                (Weight::Additive, "was added")
            };
            self.add(weight, &format!("{operation}, {name}"), how, Location::new(&parameter.span));
        }
    }
}
