//! Schemas with their references resolved.

use crate::document::{Entry, Node};

/// A schema and the schemas that it refers to, the nearest first: its keys replace those after it.
pub(super) struct ResolvedSchema<'a> {
    pub(super) layers: Vec<&'a Node>,
    /// The name of its component.
    pub(super) name: Option<&'a str>,
}

impl<'a> ResolvedSchema<'a> {
    pub(super) fn of(root: &'a Node, schema: &'a Node) -> Self {
        let (mut layers, mut name, mut rest) = (Vec::new(), None, Some(schema));
        while let Some(node) = rest.filter(|_| layers.len() < 8) {
            layers.push(node);
            let only = match node.items_of("allOf") {
                [only] => Some(only),
                _ => None,
            };
            let target = node.get_str("$ref");
            name = target.and_then(|target| target.rsplit('/').next()).or(name);
            rest = only.or_else(|| root.pointer(target?.strip_prefix('#')?));
        }
        Self { layers, name }
    }

    pub(super) fn entry(&self, key: &str) -> Option<&'a Entry> {
        self.layers.iter().find_map(|layer| layer.entry(key))
    }

    pub(super) fn get(&self, key: &str) -> Option<&'a Node> {
        self.entry(key).map(|entry| &entry.node)
    }
}

/// Returns a value for a message.
pub(super) fn text(node: &Node) -> String {
    node.str().map_or_else(|| node.to_json().to_string(), str::to_owned)
}
