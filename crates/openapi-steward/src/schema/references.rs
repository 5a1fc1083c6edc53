//! Follows the references of schemas.

use std::ptr;

use crate::document::{Entry, Node};

const SCHEMAS: &str = "#/components/schemas/";

/// The longest chain of references that is followed.
const MAX_CHAIN: usize = 64;

/// Follows the references of the schemas of a document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct References<'a> {
    root: &'a Node,
}

impl<'a> References<'a> {
    pub(crate) fn new(root: &'a Node) -> Self {
        Self { root }
    }

    /// The target of a reference, or the node itself if it is none. Missing for a reference that leads nowhere or to itself.
    pub(crate) fn resolve(self, node: &'a Node) -> Option<&'a Node> {
        let mut node = node;
        for _ in 0..MAX_CHAIN {
            let Some(target) = node.get_str("$ref") else { return Some(node) };
            node = self.target(target)?;
        }
        None
    }

    /// The schemas of the components, by their name.
    pub(crate) fn components(self) -> &'a [Entry] {
        self.root.get("components").map(|components| components.entries_of("schemas")).unwrap_or_default()
    }

    /// The schema of a name in the components.
    pub(crate) fn component(self, name: &str) -> Option<&'a Node> {
        let schemas = self.root.get("components").and_then(|components| components.get("schemas"))?;
        schemas.get(name)
    }

    /// The schema that a value of a discriminator's mapping names: the name of a component, or a reference.
    pub(crate) fn mapped(self, target: &str) -> Option<&'a Node> {
        self.component(target).or_else(|| self.target(target)).and_then(|node| self.resolve(node))
    }

    /// The node that a reference into the document leads to.
    pub(crate) fn target(self, reference: &str) -> Option<&'a Node> {
        self.root.fragment(reference.strip_prefix('#')?)
    }
}

/// The name of the component that a schema refers to.
pub(crate) fn component_name(schema: &Node) -> Option<&str> {
    schema.get_str("$ref")?.strip_prefix(SCHEMAS).filter(|name| !name.contains('/'))
}

/// The identity of a node, for sets of visited nodes.
pub(crate) fn id(node: &Node) -> usize {
    ptr::from_ref(node).addr()
}
