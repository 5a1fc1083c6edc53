//! The names of the properties that a schema as a whole has, with those of its alternatives and of the schemas that it is a part of.

use std::cell::Cell;
use std::collections::{BTreeSet, HashMap, HashSet};

use super::composition::Composition;
use super::references::{References, id};
use crate::document::Node;

/// The number of schemas that are looked at for one set of names.
const MAX_SCHEMAS: usize = 5_000;

/// The number of schemas that are looked at for all sets of names of a document.
const MAX_STEPS: usize = 1_000_000;

/// The names of the properties of a schema.
#[derive(Debug, Clone, Default)]
pub(crate) struct PropertyNames<'a>(BTreeSet<&'a str>);

impl<'a> PropertyNames<'a> {
    /// The names that the schema, the parts of its `allOf` and its alternatives define. Missing if it has properties without a name,
    /// or if it is not known as a whole.
    pub(crate) fn of(schema: &'a Node, references: References<'a>) -> Option<Self> {
        let (mut names, mut visited) = (Self::default(), HashSet::new());
        names.add(schema, references, &mut visited).then_some(names)
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        self.0.contains(name)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &'a str> {
        self.0.iter().copied()
    }

    /// Adds the names of a schema. Returns whether these are all.
    fn add(&mut self, schema: &'a Node, references: References<'a>, visited: &mut HashSet<usize>) -> bool {
        let mut open = vec![schema];
        while let Some(node) = open.pop() {
            let schema = Composition::of(node, references);
            let new = schema.parts().iter().filter(|part| visited.insert(id(part))).count();
            if !schema.is_complete() || schema.has_additional_properties() || visited.len() > MAX_SCHEMAS {
                return false;
            }
            if new > 0 {
                self.0.extend(schema.properties().map(|entry| entry.key.as_str()));
                open.extend(schema.alternatives().flat_map(|alternatives| alternatives.schemas));
            }
        }
        true
    }
}

/// The schemas that use each schema as a part or as an alternative.
#[derive(Debug)]
pub(crate) struct CompositionUsers<'a> {
    references: References<'a>,
    users: HashMap<usize, Vec<&'a Node>>,
    /// The number of schemas that can still be looked at.
    steps: Cell<usize>,
}

impl<'a> CompositionUsers<'a> {
    pub(crate) fn of(schemas: impl Iterator<Item = &'a Node>, references: References<'a>) -> Self {
        let mut users: HashMap<usize, Vec<&'a Node>> = HashMap::new();
        for schema in schemas {
            for part in parts(schema).chain(conditions(schema)) {
                if let Some(part) = references.resolve(part) {
                    users.entry(id(part)).or_default().push(schema);
                }
            }
        }
        Self { references, users, steps: Cell::new(MAX_STEPS) }
    }

    /// The names that a schema and all schemas that it is a part of define. Missing if one of them has properties without a name,
    /// or if they are too many.
    pub(crate) fn property_names(&self, schema: &'a Node) -> Option<PropertyNames<'a>> {
        let (mut names, mut visited) = (PropertyNames::default(), HashSet::new());
        let (mut open, mut seen) = (vec![schema], HashSet::new());
        while let Some(schema) = open.pop() {
            if !seen.insert(id(schema)) {
                continue;
            }
            let before = visited.len();
            let is_known = names.add(schema, self.references, &mut visited);
            self.steps.set(self.steps.get().saturating_sub(1 + visited.len() - before));
            if !is_known || seen.len() > MAX_SCHEMAS || self.steps.get() == 0 {
                return None;
            }
            open.extend(self.users.get(&id(schema)).into_iter().flatten());
        }
        Some(names)
    }
}

/// The schemas that apply to the same value without defining what it has.
fn conditions(schema: &Node) -> impl Iterator<Item = &Node> {
    let single = ["not", "if", "then", "else"].into_iter().filter_map(|keyword| schema.get(keyword));
    single.chain(schema.entries_of("dependentSchemas").iter().map(|entry| &entry.node))
}

/// The parts and the alternatives of a schema.
fn parts(schema: &Node) -> impl Iterator<Item = &Node> {
    ["allOf", "oneOf", "anyOf"].into_iter().flat_map(|keyword| schema.items_of(keyword))
}
