//! Changes of what goes over the wire.

use std::collections::BTreeSet;

use super::change::{At, Change, Surface, Weight};
use super::rest;
use super::schema::{self, Direction, another, shown};
use crate::document::{Entry, METHODS, Node};

/// Two versions of a spec, and what was found so far.
pub(super) struct Wire<'a> {
    pub(super) old: &'a Node,
    pub(super) new: &'a Node,
    /// The components that have been compared, each once for each direction.
    pub(super) compared: BTreeSet<(String, String, Direction)>,
    /// The places of what has been told.
    pub(super) told: BTreeSet<At>,
    changes: BTreeSet<Change>,
}

/// What has changed on the wire. Each change is told once, however often it is met.
pub(super) fn changes(old: &Node, new: &Node) -> Vec<Change> {
    let mut wire = Wire { old, new, compared: BTreeSet::new(), told: BTreeSet::new(), changes: BTreeSet::new() };
    wire.paths();
    wire.schemes();
    if old.get("info").map(Node::to_json) != new.get("info").map(Node::to_json) {
        wire.add(Weight::Words, "info", "is another", At::new(&new.locate(["info"])));
    }
    if old.get("servers").map(Node::to_json) != new.get("servers").map(Node::to_json) {
        wire.add(Weight::Notice, "servers", "are others", At::new(&new.locate(["servers"])));
    }
    rest::tell(&mut wire);
    wire.changes.into_iter().collect()
}

impl Wire<'_> {
    pub(super) fn add(&mut self, weight: Weight, what: &str, how: impl Into<String>, at: At) {
        self.told.insert(at.clone());
        self.changes.insert(Change { surface: Surface::Wire, weight, what: what.to_owned(), how: how.into(), at });
    }

    /// Tells of a key that has another value than before; blames the key, or what it is gone from.
    pub(super) fn key(
        &mut self,
        key: &str,
        weight: Weight,
        what: &str,
        how: impl Into<String>,
        (old, new): (&Node, &Node),
    ) {
        let is_off = |value: &serde_json::Value| value.is_null() || value == false;
        let (before, after) = (json(old, key), json(new, key));
        if before == after || (is_off(&before) && is_off(&after)) {
            return;
        }
        self.told.extend(old.entry(key).map(|entry| At::old(&entry.key_span)));
        self.add(weight, what, how, At::new(&new.entry(key).map_or(&new.span, |entry| &entry.key_span).clone()));
    }

    fn paths(&mut self) {
        let (old, new) = (operations(self.old), operations(self.new));
        for one in &old {
            let Some(other) = new.iter().find(|other| other.id == one.id) else {
                self.add(Weight::Breaking, &one.name, "is gone", At::old(&one.entry.key_span));
                continue;
            };
            self.security(one, other);
            self.parameters(one, other);
            self.body(&other.name, &one.entry.node, &other.entry.node);
            self.responses(&other.name, &one.entry.node, &other.entry.node);
            for key in ["summary", "description", "externalDocs", "tags"] {
                self.key(key, Weight::Words, &other.name, another(key), (&one.entry.node, &other.entry.node));
            }
            let deprecated = json(&other.entry.node, "deprecated") == true;
            let how = if deprecated { "is deprecated now" } else { "is not deprecated any more" };
            self.key("deprecated", Weight::Notice, &other.name, how, (&one.entry.node, &other.entry.node));
        }
        for other in new.iter().filter(|other| !old.iter().any(|one| one.id == other.id)) {
            self.add(Weight::Additive, &other.name, "is new", At::new(&other.entry.key_span));
        }
    }

    fn parameters(&mut self, old: &Operation<'_>, new: &Operation<'_>) {
        let (before, after, operation) = (parameters(self.old, old), parameters(self.new, new), &new.name);
        for (name, parameter) in &before {
            let what = format!("{operation}, {name}");
            let Some((_, other)) = after.iter().find(|(other, _)| other == name) else {
                self.add(Weight::Breaking, &what, "is gone", At::old(&parameter.span));
                continue;
            };
            match (is_required(parameter), is_required(other)) {
                (false, true) => self.add(Weight::Breaking, &what, "is required now", At::new(&other.span)),
                (true, false) => self.add(Weight::Additive, &what, "is not required any more", At::new(&other.span)),
                _ => {}
            }
            self.told.extend(
                [parameter, other]
                    .iter()
                    .zip([At::old, At::new])
                    .filter_map(|(node, at)| Some(at(&node.entry("required")?.key_span))),
            );
            for key in ["description", "example", "examples"] {
                self.key(key, Weight::Words, &what, another(key), (parameter, other));
            }
            for key in ["style", "explode", "allowReserved"] {
                let how = format!("the {key} was {} and is {}", shown(&json(parameter, key)), shown(&json(other, key)));
                self.key(key, Weight::Breaking, &what, how, (parameter, other));
            }
            let how =
                if json(other, "deprecated") == true { "is deprecated now" } else { "is not deprecated any more" };
            self.key("deprecated", Weight::Notice, &what, how, (parameter, other));
            if let (Some(old), Some(new)) = (parameter.get("schema"), other.get("schema")) {
                schema::compare(self, &what, old, new, Direction::Request);
            }
        }
        for (name, parameter) in after.iter().filter(|(name, _)| !before.iter().any(|(other, _)| other == name)) {
            let required = is_required(parameter);
            let (weight, how) =
                if required { (Weight::Breaking, "is new and required") } else { (Weight::Additive, "is new") };
            self.add(weight, &format!("{operation}, {name}"), how, At::new(&parameter.span));
        }
    }
}

/// One operation of a version.
pub(super) struct Operation<'a> {
    /// Its method and path without the names of parameters, which mean nothing on the wire.
    id: String,
    /// Its method and path.
    pub(super) name: String,
    path: &'a Entry,
    pub(super) entry: &'a Entry,
}

fn operations(root: &Node) -> Vec<Operation<'_>> {
    let paths = root.get("paths").map(Node::entries).unwrap_or_default();
    let operations = paths.iter().flat_map(|path| {
        let operations = path.node.entries().iter().filter(|entry| METHODS.contains(&entry.key.as_str()));
        operations.map(move |entry| {
            let method = entry.key.to_uppercase();
            let id = format!("{method} {}", unnamed(&path.key));
            Operation { id, name: format!("{method} {}", path.key), path, entry }
        })
    });
    operations.collect()
}

/// The parameters of an operation. Its own come before those of all operations of the path, and stand for them.
fn parameters<'a>(root: &'a Node, operation: &Operation<'a>) -> Vec<(String, &'a Node)> {
    let lists = [&operation.entry.node, &operation.path.node].into_iter().filter_map(|node| node.get("parameters"));
    let mut seen = BTreeSet::new();
    let mut all: Vec<_> = lists.flat_map(|list| parameter_names(root, &operation.path.key, list.items())).collect();
    all.retain(|(name, _)| seen.insert(name.clone()));
    all
}

/// Parameters by where they are and what they are called; those of the path by their order.
pub(super) fn parameter_names<'a>(root: &'a Node, path: &str, list: &'a [Node]) -> Vec<(String, &'a Node)> {
    let parameters = list.iter().map(|parameter| parameter.resolve(root));
    parameters
        .map(|parameter| {
            let text = |key| parameter.get_str(key).unwrap_or_default();
            let (place, name) = (text("in"), text("name"));
            let before = path.split(&format!("{{{name}}}")).next().unwrap_or_default();
            let name = if place == "path" { (before.matches('{').count() + 1).to_string() } else { name.to_owned() };
            (format!("{place} `{name}`"), parameter)
        })
        .collect()
}

/// A path without the names of its parameters.
pub(super) fn unnamed(path: &str) -> String {
    let parts = path.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest));
    parts.collect::<Vec<_>>().join("{}")
}

pub(super) fn is_required(node: &Node) -> bool {
    json(node, "required") == true
}

pub(super) fn json(node: &Node, key: &str) -> serde_json::Value {
    node.get(key).map(Node::to_json).unwrap_or_default()
}
