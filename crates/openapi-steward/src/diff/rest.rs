//! What differs between two versions and nobody has told: nothing is lost, whatever the spec comes to hold.

use std::collections::BTreeSet;
use std::ops::Range;

use serde_json::Value;

use super::change::{At, Weight};
use super::schema::shown;
use super::wire::{Wire, parameter_names, unnamed};
use crate::document::{Entry, METHODS, Node};

/// What is for people to read, and is compared as a whole.
const WORDS: [&str; 10] =
    ["description", "summary", "title", "example", "examples", "externalDocs", "tags", "info", "openapi", "xml"];
/// What is compared as a whole, for what it does.
const WHOLE: [&str; 10] =
    ["encoding", "servers", "security", "default", "discriminator", "flows", "links", "callbacks", "variables", "enum"];
/// What says how something is written on the wire.
const WRITTEN: [&str; 5] = ["style", "explode", "allowReserved", "contentType", "encoding"];

/// Tells of every difference whose place is not among those that have been told.
pub(super) fn tell(wire: &mut Wire<'_>) {
    let (old, new) = (wire.old, wire.new);
    let mut rest = Rest { wire, followed: BTreeSet::new() };
    rest.maps(&[], old, new);
}

/// Whether two documents say the same, whatever the order and the way in which they say it.
pub(super) fn is_same(old: &Node, new: &Node) -> bool {
    canonical("", old) == canonical("", new)
}

fn canonical(key: &str, node: &Node) -> Value {
    let node = inner(node);
    let json = node.to_json();
    match json {
        Value::Object(_) => {
            let mut entries: Vec<&Entry> = node.entries().iter().collect();
            entries.sort_by(|one, other| one.key.cmp(&other.key));
            entries.into_iter().map(|entry| (entry.key.clone(), canonical(&entry.key, &entry.node))).collect()
        }
        Value::Array(_) => {
            let mut items: Vec<Value> = node.items().iter().map(|item| canonical("", item)).collect();
            if is_set(key) {
                items.sort_by_key(Value::to_string);
            }
            Value::Array(items)
        }
        json => json,
    }
}

/// Whether the order of a list under this key means nothing.
fn is_set(key: &str) -> bool {
    ["required", "enum", "parameters", "security", "allOf", "anyOf", "oneOf", "tags"].contains(&key)
}

/// A reference, also where it stands alone in an `allOf`.
fn inner(node: &Node) -> &Node {
    let only = node.get("allOf").map(Node::items).filter(|parts| parts.len() == 1 && node.entries().len() == 1);
    only.and_then(|parts| parts.first()).unwrap_or(node)
}

struct Rest<'a, 'w> {
    wire: &'a mut Wire<'w>,
    /// The pairs of references that have been followed.
    followed: BTreeSet<(usize, usize)>,
}

impl Rest<'_, '_> {
    /// Compares the values of an entry.
    fn entry(&mut self, path: &[&str], old: &Entry, new: &Entry) {
        let path = &[path, &[new.key.as_str()]].concat();
        if canonical(&new.key, &old.node) == canonical(&new.key, &new.node) {
            // What a reference leads to is compared where it stands, unless it stands under another name.
            return;
        }
        let key = new.key.as_str();
        let whole = key.starts_with("x-") || WORDS.contains(&key) || WHOLE.contains(&key);
        // A property can have any name.
        let whole = whole && !is_map_of_names(path);
        match (key, whole) {
            ("parameters", _) if !new.node.items().is_empty() => self.parameters(path, &old.node, &new.node),
            ("required", _) if !new.node.items().is_empty() || !old.node.items().is_empty() => {}
            (_, false) if self.nodes(path, &old.node, &new.node) => {}
            _ => {
                let (was, is) = (old.node.to_json(), new.node.to_json());
                let how = match (&was, &is) {
                    (Value::Array(_) | Value::Object(_), _) | (_, Value::Array(_) | Value::Object(_)) => {
                        "is another".to_owned()
                    }
                    _ if WORDS.contains(&key) => "is another".to_owned(),
                    _ => format!("was {} and is {}", shown(&was), shown(&is)),
                };
                self.say(path, &how, &[At::old(&old.key_span), At::new(&new.key_span)]);
            }
        }
    }

    /// Compares what can be gone into; whether that is so.
    fn nodes(&mut self, path: &[&str], old: &Node, new: &Node) -> bool {
        let (old, new) = (inner(old), inner(new));
        // A reference that has got something beside it, or lost that.
        for (one, other, how) in [(old, new, "is gone"), (new, old, "is new")] {
            let parts = one.get("allOf").map(Node::items).unwrap_or_default();
            if let ([only], Some(_)) = (parts, other.get("$ref")) {
                let at = if std::ptr::eq(one, old) { At::old } else { At::new };
                for entry in one.entries().iter().filter(|entry| entry.key != "allOf") {
                    self.say(&[path, &[&entry.key]].concat(), how, &[at(&entry.key_span)]);
                }
                return if std::ptr::eq(one, old) { self.nodes(path, only, new) } else { self.nodes(path, old, only) };
            }
        }
        if old.get("$ref").is_some() || new.get("$ref").is_some() {
            self.beside(path, old, new);
            let both = (old.resolve(self.wire.old), new.resolve(self.wire.new));
            if self.followed.insert((both.0.span.start, both.1.span.start)) {
                self.nodes(path, both.0, both.1);
            }
            return true;
        }
        let (items, others) = (old.items(), new.items());
        if !old.entries().is_empty() && !new.entries().is_empty() {
            self.maps(path, old, new);
        } else if !items.is_empty() && items.len() == others.len() {
            return items.iter().zip(others).all(|(one, other)| self.nodes(path, one, other));
        } else {
            return false;
        }
        true
    }

    /// What stands beside a reference counts for nothing, and is told all the same.
    fn beside(&mut self, path: &[&str], old: &Node, new: &Node) {
        for (one, other, how) in [(old, new, "is gone"), (new, old, "is new")] {
            let at = if std::ptr::eq(one, old) { At::old } else { At::new };
            let is_reference = one.get("$ref").is_some();
            for entry in one.entries().iter().filter(|entry| is_reference && entry.key != "$ref") {
                match other.entry(&entry.key) {
                    None => self.say(&[path, &[&entry.key]].concat(), how, &[at(&entry.key_span)]),
                    Some(other) => self.entry(path, entry, other),
                }
            }
        }
    }

    fn maps(&mut self, path: &[&str], old: &Node, new: &Node) {
        let same = |one: &Entry, other: &Entry| match path {
            ["paths"] => unnamed(&one.key) == unnamed(&other.key),
            [.., "headers"] => one.key.eq_ignore_ascii_case(&other.key),
            _ => one.key == other.key,
        };
        let is_named = matches!(path, ["components", _]);
        for one in old.entries() {
            if let Some(other) = new.entries().iter().find(|other| same(one, other)) {
                // The name of a parameter of the path means nothing on the wire.
                if !(one.key == "name" && new.get_str("in") == Some("path")) && one.key != "operationId" {
                    self.entry(path, one, other);
                }
            } else {
                let is_said = self.is_told(one, At::old) || is_told_elsewhere(path, one);
                if is_said || (is_named && is_used(self.wire.old, path, &one.key)) {
                    continue;
                }
                self.say(&[path, &[&one.key]].concat(), "is gone", &[At::old(&one.key_span)]);
            }
        }
        for one in new.entries().iter().filter(|one| !old.entries().iter().any(|other| same(other, one))) {
            let is_said = self.is_told(one, At::new) || is_told_elsewhere(path, one);
            if is_said || (is_named && is_used(self.wire.new, path, &one.key)) {
                continue;
            }
            self.say(&[path, &[&one.key]].concat(), "is new", &[At::new(&one.key_span)]);
        }
    }

    /// Compares the parameters that are in both lists, whatever their order. Those in one of them have been told.
    fn parameters(&mut self, path: &[&str], old: &Node, new: &Node) {
        for one in old.items() {
            let same = |other: &&Node| one.get("$ref").is_some() && one.get_str("$ref") == other.get_str("$ref");
            new.items().iter().find(same).into_iter().for_each(|other| self.beside(path, one, other));
        }
        let (roots, place) = ((self.wire.old, self.wire.new), path.iter().find(|step| step.starts_with('/')));
        let place = place.copied().unwrap_or_default();
        let before = parameter_names(roots.0, place, old.items());
        for (name, parameter) in parameter_names(roots.1, place, new.items()) {
            if let Some((_, other)) = before.iter().find(|(other, _)| *other == name) {
                self.nodes(&[path, &[name.as_str()]].concat(), other, parameter);
            }
        }
    }

    /// Whether an entry that is gone or new is told by its parts.
    fn is_told(&self, entry: &Entry, at: fn(&Range<usize>) -> At) -> bool {
        let mut parts = entry.node.entries().iter().peekable();
        parts.peek().is_some() && parts.all(|part| self.wire.told.contains(&at(&part.key_span)))
    }

    fn say(&mut self, path: &[&str], how: &str, places: &[At]) {
        if places.iter().any(|at| self.wire.told.contains(at)) {
            return;
        }
        let key = path.last().copied().unwrap_or_default();
        let is_words = path.iter().any(|step| WORDS.contains(step) || step.starts_with("x-")) && !is_map_of_names(path);
        let weight = match key {
            _ if is_words || (path.len() == 3 && path.first() == Some(&"components")) => Weight::Words,
            key if WRITTEN.contains(&key) => Weight::Breaking,
            _ => Weight::Notice,
        };
        if let Some(at) = places.last() {
            self.wire.add(weight, &called(path), how, at.clone());
        }
    }
}

/// Whether the last step is a name of the author's choice, and not a key of OpenAPI.
fn is_map_of_names(path: &[&str]) -> bool {
    let names = ["properties", "schemas", "responses", "headers", "requestBodies", "securitySchemes", "content"];
    path.iter().rev().nth(1).is_some_and(|above| names.contains(above))
}

/// Whether what is gone or new here is told by its parts, or is the same as nothing.
fn is_told_elsewhere(path: &[&str], entry: &Entry) -> bool {
    let is_off = entry.node.to_json() == false && !is_map_of_names(&[path, &[&entry.key]].concat());
    match (path, entry.key.as_str()) {
        (["paths"], _) => entry.node.entries().iter().any(|entry| METHODS.contains(&entry.key.as_str())),
        (_, "parameters" | "operationId") => true,
        (_, "required") => !entry.node.items().is_empty() || is_off,
        (_, "deprecated" | "nullable") => is_off,
        _ => false,
    }
}

/// Whether something in the document refers to a component.
fn is_used(root: &Node, path: &[&str], name: &str) -> bool {
    fn refers(node: &Node, target: &str) -> bool {
        node.get_str("$ref") == Some(target)
            || node.entries().iter().any(|entry| refers(&entry.node, target))
            || node.items().iter().any(|item| refers(item, target))
    }
    refers(root, &format!("#/{}/{name}", path.join("/")))
}

/// A path as one speaks of it: `Room.sid`, `GET /v1/Rooms, responses, 2XX`.
fn called(path: &[&str]) -> String {
    match path {
        ["paths", path, method, rest @ ..] if METHODS.contains(method) => {
            [&[format!("{} {path}", method.to_uppercase())][..], &owned(rest)].concat().join(", ")
        }
        ["components", "schemas", rest @ ..] => owned(rest).join(".").replace(".properties.", "."),
        ["components", kind, rest @ ..] => format!("{kind} {}", owned(rest).join(", ")),
        path => path.join(", "),
    }
}

fn owned(path: &[&str]) -> Vec<String> {
    path.iter().map(|step| (*step).to_owned()).collect()
}
