//! The operations of a version of the document, and their parameters.

use std::collections::BTreeSet;

use crate::document::{Entry, METHODS, Node};

/// One operation of a version.
pub(super) struct Operation<'a> {
    /// Its method and path without the names of parameters, which are not sent.
    pub(super) id: String,
    /// Its method and path.
    pub(super) name: String,
    pub(super) path: &'a Entry,
    pub(super) entry: &'a Entry,
}

/// Returns the operations of a version.
pub(super) fn operations(root: &Node) -> Vec<Operation<'_>> {
    let paths = root.get("paths").map(Node::entries).unwrap_or_default();
    let operations = paths.iter().flat_map(|path| {
        let operations = path.node.entries().iter().filter(|entry| METHODS.contains(&entry.key.as_str()));
        operations.map(move |entry| {
            let method = entry.key.to_uppercase();
            let id = format!("{method} {}", without_parameter_names(&path.key));
            Operation { id, name: format!("{method} {}", path.key), path, entry }
        })
    });
    operations.collect()
}

/// Returns the parameters of an operation. Its own replace those of the path with the same name.
pub(super) fn parameters<'a>(root: &'a Node, operation: &Operation<'a>) -> Vec<(String, &'a Node)> {
    let lists = [&operation.entry.node, &operation.path.node].into_iter().filter_map(|node| node.get("parameters"));
    let mut seen = BTreeSet::new();
    let mut all: Vec<_> = lists.flat_map(|list| parameter_names(root, &operation.path.key, list.items())).collect();
    all.retain(|(name, _)| seen.insert(name.clone()));
    all
}

/// Returns the parameters of a list with a name for messages. Those in the path are numbered, since their names are not sent.
pub(super) fn parameter_names<'a>(root: &'a Node, path: &str, list: &'a [Node]) -> Vec<(String, &'a Node)> {
    let parameters = list.iter().map(|parameter| parameter.resolve(root));
    parameters
        .map(|parameter| {
            let text = |key| parameter.get_str(key).unwrap_or_default();
            let (place, name) = (text("in"), text("name"));
            let before = path.split(&format!("{{{name}}}")).next().unwrap_or_default();
            let name = match place {
                "path" => format!("path parameter {}", before.matches('{').count() + 1),
                _ => format!("{place} parameter `{name}`"),
            };
            (name, parameter)
        })
        .collect()
}

/// Returns a path without the names of its parameters.
pub(super) fn without_parameter_names(path: &str) -> String {
    let parts = path.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest));
    parts.collect::<Vec<_>>().join("{}")
}
