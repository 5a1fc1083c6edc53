//! Groups changes by their cause, so that each cause is reported once.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::change::{Change, MessageDirection};
use super::operations::methods;
use super::usage::Usage;
use crate::document::Node;

/// Returns the changes, each once: a change in both directions is one, and a change that several operations have in common too.
pub(super) fn group(changes: Vec<Change>, old: &Node, new: &Node) -> Vec<Change> {
    let mut changes = by_operation(by_direction(heaviest(changes)), new);
    let (mut old_usage, mut new_usage) = (None, None);
    for change in &mut changes {
        if let Some((section, name)) = &change.component {
            let usage: &Usage<'_> = new_usage.get_or_insert_with(|| Usage::of(new));
            change.used_by = usage.operations(new, section, name);
            if change.used_by.is_empty() {
                let usage: &Usage<'_> = old_usage.get_or_insert_with(|| Usage::of(old));
                change.used_by = usage.operations(old, section, name);
            }
        }
        if let (Some(("schemas", _)), Some(direction)) = (&change.component, change.direction) {
            change.predicate = format!("{} ({})", change.predicate, words(direction));
        }
    }
    changes
}

const fn words(direction: MessageDirection) -> &'static str {
    match direction {
        MessageDirection::Request => "in requests",
        MessageDirection::Response => "in responses",
        MessageDirection::Both => "in requests and responses",
    }
}

/// Keeps the heaviest of several judgements of one change: a schema can be written in several notations.
fn heaviest(changes: Vec<Change>) -> Vec<Change> {
    let mut told = BTreeSet::new();
    let mut changes = changes;
    changes.sort();
    changes.retain(|change| {
        let Some(direction) = change.direction.filter(|_| change.component.is_some()) else { return true };
        told.insert((change.item.clone(), change.predicate.clone(), direction))
    });
    changes
}

/// Merges the changes of requests and responses that have the same severity.
fn by_direction(changes: Vec<Change>) -> Vec<Change> {
    let mut merged: BTreeMap<Change, MessageDirection> = BTreeMap::new();
    let mut rest = Vec::new();
    for change in changes {
        let Some(direction) = change.direction else {
            rest.push(change);
            continue;
        };
        let key = Change { direction: None, ..change };
        merged
            .entry(key)
            .and_modify(|other| {
                if *other != direction {
                    *other = MessageDirection::Both;
                }
            })
            .or_insert(direction);
    }
    rest.extend(merged.into_iter().map(|(change, direction)| Change { direction: Some(direction), ..change }));
    rest
}

/// The kinds of changes that are told of each operation.
const OWN: [&str; 5] = [
    "operation-removed",
    "operation-removed-before-sunset",
    "operation-removed-after-sunset",
    "operation-added",
    "deprecated",
];

/// Merges the same change of several operations, and of several responses of them.
fn by_operation(changes: Vec<Change>, new: &Node) -> Vec<Change> {
    let mut groups: BTreeMap<Change, Vec<Change>> = BTreeMap::new();
    let mut rest = Vec::new();
    for change in changes {
        if change.operation.is_none() {
            rest.push(change);
            continue;
        }
        let is_own = change.item.is_empty() && change.status.is_none() && OWN.contains(&change.kind);
        let operation = if is_own { change.operation.clone() } else { None };
        // The removal of a response is a matter of its status.
        let status =
            if change.item.is_empty() { change.status.clone() } else { change.status.as_ref().map(|_| String::new()) };
        let key = Change { old: None, new: None, operation, status, ..change.clone() };
        groups.entry(key).or_default().push(change);
    }
    let number = new.entries_of("paths").iter().flat_map(|path| methods(&path.node)).count();
    for (_, group) in groups {
        let operations: BTreeSet<String> = group.iter().filter_map(|change| change.operation.clone()).collect();
        let statuses: BTreeSet<String> = group.iter().filter_map(|change| change.status.clone()).collect();
        let Some(first) = group.into_iter().next() else { continue };
        let operations: Vec<String> = operations.into_iter().collect();
        let subject = match operations.as_slice() {
            [only] => only.clone(),
            all if all.len() == number => "every operation".to_owned(),
            all if all.iter().all(|name| name.starts_with("the path ")) => format!("{} paths", all.len()),
            all => format!("{} operations", all.len()),
        };
        let response = match statuses.len() {
            0 => String::new(),
            1 => format!(", the response {}", statuses.iter().cloned().collect::<String>()),
            _ => format!(", the responses {}", statuses.iter().cloned().collect::<Vec<_>>().join(", ")),
        };
        let is_suffix = first.item.is_empty() || first.item.starts_with(['.', '[']);
        let separator = if is_suffix { "" } else { ", " };
        let item = format!("{subject}{response}{separator}{}", first.item);
        let used_by = if operations.len() > 1 { operations } else { Vec::new() };
        rest.push(Change { item, used_by, ..first });
    }
    rest.sort();
    rest.dedup();
    rest
}

/// Returns a document without the order of its maps and sets, to tell whether it was rewritten.
pub(super) fn canonical(root: &Node) -> Value {
    fn sorted(key: &str, value: Value) -> Value {
        match value {
            // One schema in an `allOf` is that schema.
            Value::Object(map)
                if map.len() == 1 && map.get("allOf").and_then(Value::as_array).is_some_and(|all| all.len() == 1) =>
            {
                let only = map.get("allOf").and_then(|all| all.get(0)).cloned().unwrap_or_default();
                sorted(key, only)
            }
            Value::Object(map) => {
                let mut entries: Vec<(String, Value)> = map
                    .into_iter()
                    .map(|(key, value)| {
                        let value = sorted(&key, value);
                        (key, value)
                    })
                    .collect();
                entries.sort_by(|(one, _), (other, _)| one.cmp(other));
                entries.into_iter().collect()
            }
            Value::Array(items) => {
                let mut items: Vec<Value> = items.into_iter().map(|item| sorted("", item)).collect();
                if ["required", "enum", "parameters", "security", "allOf", "anyOf", "oneOf", "tags"].contains(&key) {
                    items.sort_by_cached_key(Value::to_string);
                }
                Value::Array(items)
            }
            value => value,
        }
    }
    sorted("", root.to_json())
}
