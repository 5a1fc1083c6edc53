//! Changes of components that no compared operation uses.

use std::collections::HashSet;

use serde_json::Value;

use super::super::change::ChangeSeverity;
use super::super::comparison::{At, Comparison};
use super::super::notation::Notation;
use super::super::place::Place;
use super::content::MediaTypes;
use crate::document::{Entry, Node};
use crate::schema::{Direction, References, children};

impl<'a> Comparison<'a> {
    /// Reports the changes of components that nothing refers to, and of extensions of the components.
    pub(super) fn components(&mut self) {
        let sections = |root: &'a Node| root.entries_of("components");
        let (used_old, used_new) = (references(self.old), references(self.new));
        for section in sections(self.old).iter().filter(|section| section.key != "securitySchemes") {
            let others = entries(self.new, &section.key);
            // A path is compared in its place.
            if section.key.starts_with("x-") || section.key == "pathItems" {
                continue;
            }
            for one in section.node.entries() {
                let name = format!("#/components/{}/{}", section.key, one.key);
                let other = others.iter().find(|other| other.key == one.key);
                if !used_old.contains(name.as_str()) && !used_new.contains(name.as_str()) {
                    self.unused(&section.key, one.key.as_str(), Some(one), other);
                } else if let Some(other) = other.filter(|_| section.key == "links" || section.key == "examples") {
                    self.whole(&section.key, one, other);
                }
            }
        }
        for section in sections(self.new).iter().filter(|section| {
            !["securitySchemes", "pathItems"].contains(&section.key.as_str()) && !section.key.starts_with("x-")
        }) {
            let others = entries(self.old, &section.key);
            for other in section.node.entries().iter().filter(|other| !others.iter().any(|one| one.key == other.key)) {
                let name = format!("#/components/{}/{}", section.key, other.key);
                if !used_new.contains(name.as_str()) {
                    self.unused(&section.key, &other.key, None, Some(other));
                }
            }
        }
        let (Some(old), Some(new)) = (self.old.get("components"), self.new.get("components")) else { return };
        let known = [
            "schemas",
            "responses",
            "parameters",
            "examples",
            "requestBodies",
            "headers",
            "securitySchemes",
            "links",
            "callbacks",
            "pathItems",
            "mediaTypes",
        ];
        self.other_keys(&Place::document("the components:"), &known, (old, new));
    }

    fn unused(&mut self, section: &str, name: &str, old: Option<&'a Entry>, new: Option<&'a Entry>) {
        let how = match (old, new) {
            (Some(one), Some(other)) if self.is_same(section, &one.node, &other.node) => return,
            (Some(_), Some(_)) => "was changed; nothing uses it",
            (Some(_), None) => "was removed; nothing used it",
            _ => "was added; nothing uses it",
        };
        let place = Place::document(format!("`{name}` of the {section}"));
        self.add(&place, ChangeSeverity::Documentation, "unused-component-changed", how, At::entries(old, new));
    }

    /// Returns whether two components mean the same.
    fn is_same(&self, section: &str, one: &'a Node, other: &'a Node) -> bool {
        let (mut trial, place) = (Self::new(self.old, self.new, self.settings), Place::document(""));
        let direction = Direction::Request;
        let compared = match section {
            "schemas" => {
                trial.schema(&place, (Some(one), Some(other)), direction, Notation::Typed);
                return trial.finds_nothing();
            }
            "parameters" | "headers" => {
                trial.schema(&place, (one.get("schema"), other.get("schema")), direction, Notation::Listed);
                "schema"
            }
            "responses" | "requestBodies" => {
                trial.content(&place, one, other, direction, MediaTypes::Body);
                "content"
            }
            _ => return one.to_json() == other.to_json(),
        };
        let rest = |node: &'a Node| -> Vec<(&'a str, Value)> {
            let entries = node.entries().iter().filter(|entry| entry.key != compared);
            let mut rest: Vec<_> = entries.map(|entry| (entry.key.as_str(), entry.node.to_json())).collect();
            rest.sort_by_key(|(key, _)| *key);
            rest
        };
        rest(one) == rest(other) && trial.finds_nothing()
    }

    fn finds_nothing(mut self) -> bool {
        self.compare_schemas();
        self.changes.is_empty()
    }

    fn whole(&mut self, section: &str, one: &'a Entry, other: &'a Entry) {
        if one.node.to_json() != other.node.to_json() {
            let place = Place::document(format!("`{}` of the {section}", one.key));
            let (severity, kind) = if section == "examples" {
                (ChangeSeverity::Documentation, "documentation-changed")
            } else {
                (ChangeSeverity::Notice, "keyword-changed")
            };
            self.add(&place, severity, kind, "was changed", At::entries(Some(one), Some(other)));
        }
    }
}

/// The components of a section.
fn entries<'a>(root: &'a Node, section: &str) -> &'a [Entry] {
    root.get("components").map(|components| components.entries_of(section)).unwrap_or_default()
}

/// The targets of all references of a document, those of discriminators and the children of parents included.
fn references(root: &Node) -> HashSet<String> {
    let (mut found, mut open) = (HashSet::new(), vec![root]);
    let schema = |name: &str| format!("#/components/schemas/{name}");
    found.extend(children(References::new(root)).into_iter().map(|(_, child)| schema(&child.key)));
    while let Some(node) = open.pop() {
        found.extend(node.get_str("$ref").map(str::to_owned));
        if let Some(mapping) = node.get("mapping") {
            let targets = mapping.entries().iter().filter_map(|entry| entry.node.str());
            found.extend(targets.flat_map(|target| [target.to_owned(), schema(target)]));
        }
        open.extend(node.entries().iter().map(|entry| &entry.node));
        open.extend(node.items());
    }
    found
}
