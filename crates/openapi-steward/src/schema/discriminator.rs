//! The discriminator of a schema: the property whose value names the schema that applies.

use std::collections::HashSet;

use super::composition::Composition;
use super::references::{References, component_name, id};
use crate::document::{Entry, Node};

/// The discriminator of a schema.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Discriminator<'a> {
    references: References<'a>,
    /// The schema that has the discriminator.
    pub(crate) schema: &'a Node,
    /// The discriminator object.
    pub(crate) node: &'a Node,
    /// The name of the property.
    pub(crate) property: &'a str,
}

/// A value of the property, and the schema that it stands for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kind<'a> {
    pub(crate) value: &'a str,
    pub(crate) schema: &'a Node,
}

impl<'a> Discriminator<'a> {
    pub(crate) fn of(schema: &'a Node, references: References<'a>) -> Option<Self> {
        let node = schema.get("discriminator")?;
        Some(Self { references, schema, node, property: node.get_str("propertyName")? })
    }

    /// The entries of the mapping, as they are written.
    pub(crate) fn mapping(&self) -> &'a [Entry] {
        self.node.entries_of("mapping")
    }

    /// The alternatives that the discriminator chooses from, as they are written. Empty if the schema is a parent of the schemas
    /// that have it in their `allOf`.
    pub(crate) fn alternatives(&self) -> impl Iterator<Item = &'a Node> {
        self.schema.items_of("oneOf").iter().chain(self.schema.items_of("anyOf"))
    }

    /// Returns whether an alternative has no name, so that no value can stand for it.
    pub(crate) fn has_inline_alternatives(&self) -> bool {
        self.alternatives().any(|schema| component_name(schema).is_none())
    }

    /// The values of the mapping and the implicit names of the alternatives, each with its schema. For a parent, the implicit
    /// names are those of the components in `children`.
    pub(crate) fn kinds(&self, children: &[&'a Entry]) -> Vec<Kind<'a>> {
        let mapped = self.mapping().iter().filter_map(|entry| {
            let schema = self.references.mapped(entry.node.str()?)?;
            Some(Kind { value: &entry.key, schema })
        });
        let named = self.alternatives().filter_map(|schema| {
            Some(Kind { value: component_name(schema)?, schema: self.references.resolve(schema)? })
        });
        let children = children.iter().map(|entry| Kind { value: &entry.key, schema: &entry.node });
        mapped.chain(named).chain(children).collect()
    }

    /// Returns whether this schema is an alternative, or a child of the parent.
    pub(crate) fn can_choose(&self, schema: &'a Node) -> bool {
        if self.alternatives().next().is_none() {
            let composition = Composition::of(schema, self.references);
            return composition.parts().iter().any(|part| id(part) == id(self.schema));
        }
        self.alternatives()
            .filter_map(|alternative| self.references.resolve(alternative))
            .any(|alternative| id(alternative) == id(schema))
    }
}

/// The components that have a schema with a discriminator among the parts of their `allOf`: the parent of each, and the component.
pub(crate) fn children(references: References<'_>) -> Vec<(&Node, &Entry)> {
    let mut children = Vec::new();
    let parents: HashSet<usize> = references
        .components()
        .iter()
        .filter(|entry| entry.node.get("discriminator").is_some())
        .map(|entry| id(&entry.node))
        .collect();
    if parents.is_empty() {
        return children;
    }
    for entry in references.components().iter().filter(|entry| entry.node.get("allOf").is_some()) {
        let composition = Composition::of(&entry.node, references);
        let own_parents = composition.parts().iter().skip(1).filter(|part| parents.contains(&id(part)));
        children.extend(own_parents.map(|parent| (*parent, entry)));
    }
    children
}
