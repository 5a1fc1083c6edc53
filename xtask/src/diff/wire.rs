//! Changes of what goes over the wire.

use std::collections::BTreeSet;

use super::change::{At, Change, Surface, Weight};
use super::schema::{self, Direction};
use crate::spec::{Entry, METHODS, Node};

/// Two versions of a spec, and what was found so far.
pub(super) struct Wire<'a> {
    pub(super) old: &'a Node,
    pub(super) new: &'a Node,
    /// The components that have been compared, each once for each direction.
    pub(super) compared: BTreeSet<(String, String, Direction)>,
    changes: BTreeSet<Change>,
}

/// What has changed on the wire. Each change is told once, however often it is met.
pub(super) fn changes(old: &Node, new: &Node) -> Vec<Change> {
    let mut wire = Wire { old, new, compared: BTreeSet::new(), changes: BTreeSet::new() };
    wire.paths();
    if old.get("info").map(Node::to_json) != new.get("info").map(Node::to_json) {
        wire.add(Weight::Words, "info", "is another", At::new(&new.locate(["info"])));
    }
    if old.get("servers").map(Node::to_json) != new.get("servers").map(Node::to_json) {
        wire.add(Weight::Notice, "servers", "are others", At::new(&new.locate(["servers"])));
    }
    wire.changes.into_iter().collect()
}

impl Wire<'_> {
    pub(super) fn add(&mut self, weight: Weight, what: &str, how: impl Into<String>, at: At) {
        self.changes.insert(Change { surface: Surface::Wire, weight, what: what.to_owned(), how: how.into(), at });
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
                if json(&one.entry.node, key) != json(&other.entry.node, key) {
                    let how = format!("the {key} is another");
                    self.add(Weight::Words, &other.name, how, At::new(&other.entry.key_span));
                }
            }
        }
        for other in new.iter().filter(|other| !old.iter().any(|one| one.id == other.id)) {
            self.add(Weight::Additive, &other.name, "is new", At::new(&other.entry.key_span));
        }
    }

    /// That an operation asks for less than before is never just additive: somebody has to have meant it.
    fn security(&mut self, old: &Operation<'_>, new: &Operation<'_>) {
        let own = |operation: &Operation<'_>| operation.entry.node.get("security").is_some();
        let asked = |operation: &Operation<'_>, root: &Node| {
            operation.entry.node.get("security").or_else(|| root.get("security")).map(Node::to_json).unwrap_or_default()
        };
        let (before, after) = (asked(old, self.old), asked(new, self.new));
        if before == after {
            return;
        }
        // What is said for all operations is told once.
        let (what, at) = if own(old) || own(new) {
            (new.name.as_str(), At::new(&new.entry.node.entry("security").unwrap_or(new.entry).key_span))
        } else {
            ("every operation", At::new(&self.new.locate(["security"])))
        };
        let (weight, how) = match (is_open(&before), is_open(&after)) {
            (true, false) => (Weight::Breaking, "asks for credentials now"),
            (false, true) => (Weight::Notice, "can do without credentials now"),
            _ => (Weight::Notice, "asks for other credentials"),
        };
        self.add(weight, what, how, at);
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
            if json(parameter, "description") != json(other, "description") {
                self.add(Weight::Words, &what, "the description is another", At::new(&other.span));
            }
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

    fn body(&mut self, operation: &str, old: &Node, new: &Node) {
        let what = format!("{operation}, the body");
        match (old.get("requestBody"), new.get("requestBody")) {
            (None, None) => {}
            (None, Some(body)) if is_required(body) => {
                self.add(Weight::Breaking, &what, "is new and required", At::new(&body.span));
            }
            (None, Some(body)) => self.add(Weight::Additive, &what, "is new", At::new(&body.span)),
            (Some(body), None) => self.add(Weight::Breaking, &what, "is gone", At::old(&body.span)),
            (Some(before), Some(after)) => self.content(&what, before, after, Direction::Request),
        }
    }

    fn responses(&mut self, operation: &str, old: &Node, new: &Node) {
        let entries = |node: &Node| node.get("responses").map(Node::entries).unwrap_or_default().to_vec();
        let (before, after) = (entries(old), entries(new));
        for response in &before {
            let what = format!("{operation}, the answer {}", response.key);
            match after.iter().find(|other| other.key == response.key) {
                None => self.add(Weight::Breaking, &what, "is gone", At::old(&response.key_span)),
                Some(other) => self.content(&what, &response.node, &other.node, Direction::Response),
            }
        }
        for response in after.iter().filter(|response| !before.iter().any(|other| other.key == response.key)) {
            let what = format!("{operation}, the answer {}", response.key);
            self.add(Weight::Additive, &what, "is new", At::new(&response.key_span));
        }
    }

    fn content(&mut self, what: &str, old: &Node, new: &Node, direction: Direction) {
        let (old, new) = (old.resolve(self.old), new.resolve(self.new));
        let media = |node: &Node| node.get("content").map(Node::entries).unwrap_or_default().to_vec();
        let (before, after) = (media(old), media(new));
        for one in &before {
            let Some(other) = after.iter().find(|other| other.key == one.key) else {
                self.add(Weight::Breaking, what, format!("is `{}` no more", one.key), At::old(&one.key_span));
                continue;
            };
            if let (Some(old), Some(new)) = (one.node.get("schema"), other.node.get("schema")) {
                schema::compare(self, what, old, new, direction);
            }
        }
        for one in after.iter().filter(|one| !before.iter().any(|other| other.key == one.key)) {
            self.add(Weight::Additive, what, format!("may be `{}`", one.key), At::new(&one.key_span));
        }
    }
}

/// One operation of a version.
struct Operation<'a> {
    /// Its method and path without the names of parameters, which mean nothing on the wire.
    id: String,
    /// Its method and path.
    name: String,
    path: &'a Entry,
    entry: &'a Entry,
}

fn operations(root: &Node) -> Vec<Operation<'_>> {
    let paths = root.get("paths").map(Node::entries).unwrap_or_default();
    let operations = paths.iter().flat_map(|path| {
        let operations = path.node.entries().iter().filter(|entry| METHODS.contains(&entry.key.as_str()));
        operations.map(move |entry| {
            let method = entry.key.to_uppercase();
            let unnamed = path.key.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest));
            let id = format!("{method} {}", unnamed.collect::<Vec<_>>().join("{}"));
            Operation { id, name: format!("{method} {}", path.key), path, entry }
        })
    });
    operations.collect()
}

/// The parameters of an operation, by where they are and what they are called; those of the path by their order.
fn parameters<'a>(root: &'a Node, operation: &Operation<'a>) -> Vec<(String, &'a Node)> {
    let lists = [&operation.path.node, &operation.entry.node].into_iter().filter_map(|node| node.get("parameters"));
    let parameters = lists.flat_map(Node::items).map(|parameter| parameter.resolve(root));
    parameters
        .map(|parameter| {
            let text = |key| parameter.get_str(key).unwrap_or_default();
            let (place, name) = (text("in"), text("name"));
            let before = operation.path.key.split(&format!("{{{name}}}")).next().unwrap_or_default();
            let name = if place == "path" { (before.matches('{').count() + 1).to_string() } else { name.to_owned() };
            (format!("{place} `{name}`"), parameter)
        })
        .collect()
}

/// Whether nobody is asked for credentials, or not everybody.
fn is_open(security: &serde_json::Value) -> bool {
    let alternatives = security.as_array().map(Vec::as_slice).unwrap_or_default();
    alternatives.is_empty() || alternatives.iter().any(|one| one.as_object().is_some_and(serde_json::Map::is_empty))
}

fn is_required(node: &Node) -> bool {
    json(node, "required") == true
}

fn json(node: &Node, key: &str) -> serde_json::Value {
    node.get(key).map(Node::to_json).unwrap_or_default()
}
