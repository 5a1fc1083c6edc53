//! The operations of both versions, and those that belong together.

use std::collections::{HashMap, HashSet};

use super::super::change::ChangeSeverity;
use super::super::comparison::{At, Comparison};
use super::super::operations::methods;
use super::super::place::Place;
use super::urls::base_path;
use crate::document::{Entry, Node};

/// The keys of a path that have a comparison of their own.
pub(super) const KNOWN: [&str; 15] = [
    "get",
    "put",
    "post",
    "delete",
    "options",
    "head",
    "patch",
    "trace",
    "parameters",
    "servers",
    "summary",
    "description",
    "$ref",
    "query",
    "additionalOperations",
];

/// One operation of a version.
pub(super) struct Operation<'a> {
    /// Its method and path without the names of parameters, which are not sent.
    pub(super) id: String,
    /// The same with the path of the first server.
    pub(super) url: String,
    /// Its method and path.
    pub(super) name: String,
    pub(super) path: &'a Entry,
    pub(super) entry: &'a Entry,
}

/// Returns the operations of a version.
pub(super) fn operations(root: &Node) -> Vec<Operation<'_>> {
    let paths = root.entries_of("paths");
    let base = base_path(root);
    let operations = paths.iter().flat_map(|path| {
        let base = &base;
        methods(&path.node).map(move |entry| {
            let method = entry.key.to_uppercase();
            let plain = without_parameter_names(&path.key);
            let url = format!("{method} {base}{plain}");
            Operation { id: format!("{method} {plain}"), url, name: format!("{method} {}", path.key), path, entry }
        })
    });
    operations.collect()
}

/// Returns a path without the names of its parameters.
fn without_parameter_names(path: &str) -> String {
    let parts = path.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest));
    parts.collect::<Vec<_>>().join("{}")
}

impl<'a> Comparison<'a> {
    pub(super) fn operations(&mut self) {
        let (old, new) = (operations(self.old), operations(self.new));
        let by = |key: fn(&Operation<'a>) -> String| -> HashMap<String, usize> {
            new.iter().enumerate().map(|(at, operation)| (key(operation), at)).collect()
        };
        let (by_id, by_url) = (by(|operation| operation.id.clone()), by(|operation| operation.url.clone()));
        let mut paired = HashSet::new();
        let old_ids: HashSet<&str> = old.iter().map(|operation| operation.id.as_str()).collect();
        for one in &old {
            let moved = || {
                let at = by_url.get(&one.url)?;
                new.get(*at).filter(|other| !old_ids.contains(other.id.as_str())).map(|_| at)
            };
            let at = by_id.get(&one.id).or_else(moved);
            let Some((at, other)) = at.and_then(|at| Some((*at, new.get(*at)?))) else {
                self.operation_removed(one);
                continue;
            };
            paired.insert(at);
            self.operation(&Place::operation(&other.name), one, other);
        }
        for (_, other) in new.iter().enumerate().filter(|(at, _)| !paired.contains(at)) {
            let parent = self.old.get("paths").map_or(self.old.span.start, |paths| paths.span.start);
            let at = At(Some(parent), Some(other.entry.key_span.start));
            let place = Place::operation(&other.name);
            self.add(&place, ChangeSeverity::Additive, "operation-added", "was added", at);
        }
        self.paths();
    }

    fn operation_removed(&mut self, operation: &Operation<'a>) {
        let kinds = ["operation-removed", "operation-removed-before-sunset", "operation-removed-after-sunset"];
        let (severity, kind, how) = self.removal(&operation.entry.node, kinds);
        let path = self.new.get("paths").and_then(|paths| paths.entry(&operation.path.key));
        let parent = path.map_or(self.new.span.start, |path| path.key_span.start);
        let at = At(Some(operation.entry.key_span.start), Some(parent));
        self.add(&Place::operation(&operation.name), severity, kind, &how, at);
    }

    /// Compares the texts and the extensions of the paths.
    fn paths(&mut self) {
        let paths = |root: &'a Node| root.entries_of("paths");
        let by_name: HashMap<String, &'a Entry> =
            paths(self.new).iter().map(|path| (without_parameter_names(&path.key), path)).collect();
        let mut matched = HashSet::new();
        for one in paths(self.old) {
            let name = without_parameter_names(&one.key);
            let other = by_name.get(&name).copied();
            matched.insert(name);
            let Some(other) = other else {
                self.path_without_operations(one, "was removed", At(Some(one.key_span.start), None));
                continue;
            };
            let place = Place::path(&other.key);
            self.documentation(&place, &["summary", "description"], (&one.node, &other.node));
            if one.key.starts_with("x-") {
                self.compare_key_of_paths(one, other);
                continue;
            }
            self.other_keys(&place, &KNOWN, (&one.node, &other.node));
        }
        for other in paths(self.new).iter().filter(|path| !matched.contains(&without_parameter_names(&path.key))) {
            self.path_without_operations(other, "was added", At(None, Some(other.key_span.start)));
        }
    }

    fn compare_key_of_paths(&mut self, one: &'a Entry, other: &'a Entry) {
        if one.node.to_json() != other.node.to_json() {
            let at = At::entries(Some(one), Some(other));
            let place = Place::document(format!("`{}`", one.key));
            self.add(&place, ChangeSeverity::Documentation, "extension-changed", "was changed", at);
        }
    }

    fn path_without_operations(&mut self, path: &'a Entry, how: &str, at: At) {
        if methods(&path.node).next().is_none() {
            let place = Place::path(&path.key);
            self.add(&place, ChangeSeverity::Documentation, "documentation-changed", how, at);
        }
    }
}
