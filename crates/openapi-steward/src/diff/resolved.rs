//! A schema together with the schemas that it refers to.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::document::{Entry, Node};

/// A schema together with the schemas that it refers to, as if their keys were its own.
pub(super) struct Resolved<'a> {
    /// The schema, then the one that it refers to, and so on. A key of the first replaces one of those after it.
    pub(super) layers: Vec<&'a Node>,
    /// The name of the component, if it is one.
    pub(super) name: Option<&'a str>,
}

impl<'a> Resolved<'a> {
    pub(super) fn of(root: &'a Node, schema: &'a Node) -> Self {
        let (mut layers, mut name, mut rest) = (vec![schema], None, Some(schema));
        while let Some(node) = rest {
            let only = node.get("allOf").map(Node::items).filter(|parts| parts.len() == 1).map(|parts| &parts[0]);
            let target = node.get_str("$ref");
            rest = only.or_else(|| root.pointer(target?.trim_start_matches('#')));
            if let Some(target) = target {
                name = target.rsplit('/').next();
            }
            if layers.len() > 8 {
                break;
            }
            layers.extend(rest);
        }
        Self { layers, name }
    }

    pub(super) fn entry(&self, key: &str) -> Option<&'a Entry> {
        self.layers.iter().find_map(|layer| layer.entry(key))
    }

    /// Returns whether the schema has a key itself, and not the schemas that it refers to.
    pub(super) fn has_own(&self, key: &str) -> bool {
        self.layers.first().is_some_and(|layer| layer.entry(key).is_some())
    }

    pub(super) fn json(&self, key: &str) -> Value {
        self.entry(key).map(|entry| entry.node.to_json()).unwrap_or_default()
    }

    pub(super) fn list(&self, key: &str) -> BTreeSet<String> {
        let items = self.entry(key).map(|entry| entry.node.items()).unwrap_or_default();
        items.iter().map(|item| item.str().map_or_else(|| item.to_json().to_string(), str::to_owned)).collect()
    }

    /// Returns the schemas of an `allOf`, `anyOf` or `oneOf`. An `allOf` of one is a reference.
    pub(super) fn parts(&self, key: &str) -> Vec<&'a Node> {
        let parts = |layer: &&'a Node| layer.get(key).map(Node::items);
        let is_layer = |parts: &&[Node]| key == "allOf" && parts.len() == 1;
        let found = self.layers.iter().filter_map(parts).find(|parts| !is_layer(parts));
        found.unwrap_or_default().iter().collect()
    }
}
