//! The differences that no other comparison has reported, so that none is lost whatever the document holds.

use std::collections::BTreeSet;
use std::ops::Range;

use serde_json::Value;

use super::change::{Location, Weight};
use super::comparison::{Comparison, display};
use super::operations::{parameter_names, without_parameter_names};
use crate::document::{Entry, METHODS, Node};

/// The keys whose values are documentation. They are compared as a whole.
const DOCUMENTATION: [&str; 10] =
    ["description", "summary", "title", "example", "examples", "externalDocs", "tags", "info", "openapi", "xml"];
/// The other keys whose values are compared as a whole.
const WHOLE: [&str; 10] =
    ["encoding", "servers", "security", "default", "discriminator", "flows", "links", "callbacks", "variables", "enum"];
/// The keys that define how a value is serialized.
const SERIALIZATION: [&str; 5] = ["style", "explode", "allowReserved", "contentType", "encoding"];

/// Reports each difference at a place where none has been reported.
pub(super) fn report(comparison: &mut Comparison<'_>) {
    let (old, new) = (comparison.old, comparison.new);
    let mut remaining = Remaining { comparison, followed: BTreeSet::new() };
    remaining.maps(&[], old, new);
}

/// Returns whether two documents are equal but for the order and the way in which they are written.
pub(super) fn is_same(old: &Node, new: &Node) -> bool {
    canonical("", old) == canonical("", new)
}

fn canonical(key: &str, node: &Node) -> Value {
    let node = unwrap_all_of(node);
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

/// Returns whether the order of a list under this key has no meaning.
fn is_set(key: &str) -> bool {
    ["required", "enum", "parameters", "security", "allOf", "anyOf", "oneOf", "tags"].contains(&key)
}

/// Returns the only part of an `allOf` without other keys, or the node itself.
fn unwrap_all_of(node: &Node) -> &Node {
    let only = node.get("allOf").map(Node::items).filter(|parts| parts.len() == 1 && node.entries().len() == 1);
    only.and_then(|parts| parts.first()).unwrap_or(node)
}

struct Remaining<'a, 'c> {
    comparison: &'a mut Comparison<'c>,
    /// The pairs of references that have been followed.
    followed: BTreeSet<(usize, usize)>,
}

impl Remaining<'_, '_> {
    /// Compares the values of an entry.
    fn entry(&mut self, path: &[&str], old: &Entry, new: &Entry) {
        let path = &[path, &[new.key.as_str()]].concat();
        if canonical(&new.key, &old.node) == canonical(&new.key, &new.node) {
            // The target of a reference is compared at its own place, or below if it has another name.
            return;
        }
        let key = new.key.as_str();
        let whole = key.starts_with("x-") || DOCUMENTATION.contains(&key) || WHOLE.contains(&key);
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
                        "was changed".to_owned()
                    }
                    _ if DOCUMENTATION.contains(&key) => "was changed".to_owned(),
                    _ => format!("was {} and is {}", display(&was), display(&is)),
                };
                self.add(path, &how, &[Location::old(&old.key_span), Location::new(&new.key_span)]);
            }
        }
    }

    /// Compares the entries or items of two nodes. Returns whether both have some.
    fn nodes(&mut self, path: &[&str], old: &Node, new: &Node) -> bool {
        let (old, new) = (unwrap_all_of(old), unwrap_all_of(new));
        // One version has a reference, the other an `allOf` of the reference with other keys.
        for (one, other, how) in [(old, new, "was removed"), (new, old, "was added")] {
            let parts = one.get("allOf").map(Node::items).unwrap_or_default();
            if let ([only], Some(_)) = (parts, other.get("$ref")) {
                let at = if std::ptr::eq(one, old) { Location::old } else { Location::new };
                for entry in one.entries().iter().filter(|entry| entry.key != "allOf") {
                    self.add(&[path, &[&entry.key]].concat(), how, &[at(&entry.key_span)]);
                }
                return if std::ptr::eq(one, old) { self.nodes(path, only, new) } else { self.nodes(path, old, only) };
            }
        }
        if old.get("$ref").is_some() || new.get("$ref").is_some() {
            self.siblings(path, old, new);
            let both = (old.resolve(self.comparison.old), new.resolve(self.comparison.new));
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

    /// Compares the keys beside references. OpenAPI ignores them, and they are reported as well.
    fn siblings(&mut self, path: &[&str], old: &Node, new: &Node) {
        for (one, other, how) in [(old, new, "was removed"), (new, old, "was added")] {
            let at = if std::ptr::eq(one, old) { Location::old } else { Location::new };
            let is_reference = one.get("$ref").is_some();
            for entry in one.entries().iter().filter(|entry| is_reference && entry.key != "$ref") {
                match other.entry(&entry.key) {
                    None => self.add(&[path, &[&entry.key]].concat(), how, &[at(&entry.key_span)]),
                    Some(other) => self.entry(path, entry, other),
                }
            }
        }
    }

    fn maps(&mut self, path: &[&str], old: &Node, new: &Node) {
        let same = |one: &Entry, other: &Entry| match path {
            ["paths"] => without_parameter_names(&one.key) == without_parameter_names(&other.key),
            [.., "headers"] => one.key.eq_ignore_ascii_case(&other.key),
            _ => one.key == other.key,
        };
        let is_named = matches!(path, ["components", _]);
        for one in old.entries() {
            if let Some(other) = new.entries().iter().find(|other| same(one, other)) {
                // The name of a path parameter is not sent.
                if !(one.key == "name" && new.get_str("in") == Some("path")) && one.key != "operationId" {
                    self.entry(path, one, other);
                }
            } else {
                let is_reported = self.is_reported(one, Location::old) || is_reported_elsewhere(path, one);
                if is_reported || (is_named && is_used(self.comparison.old, path, &one.key)) {
                    continue;
                }
                self.add(&[path, &[&one.key]].concat(), "was removed", &[Location::old(&one.key_span)]);
            }
        }
        for one in new.entries().iter().filter(|one| !old.entries().iter().any(|other| same(other, one))) {
            let is_reported = self.is_reported(one, Location::new) || is_reported_elsewhere(path, one);
            if is_reported || (is_named && is_used(self.comparison.new, path, &one.key)) {
                continue;
            }
            self.add(&[path, &[&one.key]].concat(), "was added", &[Location::new(&one.key_span)]);
        }
    }

    /// Compares the parameters that are in both lists, in any order. Those in one of them have been reported.
    fn parameters(&mut self, path: &[&str], old: &Node, new: &Node) {
        for one in old.items() {
            let same = |other: &&Node| one.get("$ref").is_some() && one.get_str("$ref") == other.get_str("$ref");
            new.items().iter().find(same).into_iter().for_each(|other| self.siblings(path, one, other));
        }
        let (roots, place) =
            ((self.comparison.old, self.comparison.new), path.iter().find(|step| step.starts_with('/')));
        let place = place.copied().unwrap_or_default();
        let before = parameter_names(roots.0, place, old.items());
        for (name, parameter) in parameter_names(roots.1, place, new.items()) {
            if let Some((_, other)) = before.iter().find(|(other, _)| *other == name) {
                self.nodes(&[path, &[name.as_str()]].concat(), other, parameter);
            }
        }
    }

    /// Returns whether all parts of an entry that was added or removed have been reported.
    fn is_reported(&self, entry: &Entry, location: fn(&Range<usize>) -> Location) -> bool {
        let mut parts = entry.node.entries().iter().peekable();
        parts.peek().is_some() && parts.all(|part| self.comparison.reported.contains(&location(&part.key_span)))
    }

    fn add(&mut self, path: &[&str], how: &str, places: &[Location]) {
        if places.iter().any(|at| self.comparison.reported.contains(at)) {
            return;
        }
        let key = path.last().copied().unwrap_or_default();
        let is_documentation =
            path.iter().any(|step| DOCUMENTATION.contains(step) || step.starts_with("x-")) && !is_map_of_names(path);
        let weight = match key {
            _ if is_documentation || (path.len() == 3 && path.first() == Some(&"components")) => Weight::Documentation,
            key if SERIALIZATION.contains(&key) => Weight::Breaking,
            _ => Weight::Notice,
        };
        if let Some(at) = places.last() {
            self.comparison.add(weight, &subject(path), how, at.clone());
        }
    }
}

/// Returns whether the last step is a name of the document, and not a key of OpenAPI.
fn is_map_of_names(path: &[&str]) -> bool {
    let names = ["properties", "schemas", "responses", "headers", "requestBodies", "securitySchemes", "content"];
    path.iter().rev().nth(1).is_some_and(|above| names.contains(above))
}

/// Returns whether another comparison reports an entry that was added or removed, or whether it equals the default.
fn is_reported_elsewhere(path: &[&str], entry: &Entry) -> bool {
    let is_off = entry.node.to_json() == false && !is_map_of_names(&[path, &[&entry.key]].concat());
    match (path, entry.key.as_str()) {
        (["paths"], _) => entry.node.entries().iter().any(|entry| METHODS.contains(&entry.key.as_str())),
        (_, "parameters" | "operationId") => true,
        (_, "required") => !entry.node.items().is_empty() || is_off,
        (_, "deprecated" | "nullable") => is_off,
        _ => false,
    }
}

/// Returns whether the document refers to a component.
fn is_used(root: &Node, path: &[&str], name: &str) -> bool {
    fn refers(node: &Node, target: &str) -> bool {
        node.get_str("$ref") == Some(target)
            || node.entries().iter().any(|entry| refers(&entry.node, target))
            || node.items().iter().any(|item| refers(item, target))
    }
    refers(root, &format!("#/{}/{name}", path.join("/")))
}

/// Returns the name of a place for messages: `Room.sid`, `GET /v1/Rooms, responses, 2XX`.
fn subject(path: &[&str]) -> String {
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
