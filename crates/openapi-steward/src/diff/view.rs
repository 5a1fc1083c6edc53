//! A schema as its values see it: references followed, the parts of `allOf` and single alternatives merged.

use std::collections::{BTreeSet, HashSet};

use serde_json::Value;

use super::annotations::limits_nothing;
use super::notation::Notation;
use crate::document::{Entry, Node};
use crate::schema::{Direction, References};

/// The longest chain of references that is followed.
const MAX_CHAIN: usize = 64;
/// The largest number of parts of one schema.
const MAX_PARTS: usize = 1_000;

/// A schema together with everything that it consists of.
#[derive(Debug, Clone)]
pub(super) struct View<'a> {
    pub(super) references: References<'a>,
    /// The schema itself, the targets of its references, and the parts of its `allOf`. A value has to match each of them.
    pub(super) layers: Vec<&'a Node>,
    /// The references among them, whose other keys have no meaning.
    pub(super) links: Vec<&'a Node>,
    /// Both in the order in which a reader meets them, the outermost first.
    pub(super) outermost_first: Vec<&'a Node>,
    /// The choices of which a value has to match one: the schemas of an `anyOf` or a `oneOf` with two or more.
    pub(super) choices: Vec<Choice<'a>>,
    /// The alternatives of an `anyOf` or a `oneOf` each of which lists its values, which is an `enum` in other words.
    pub(super) constants: Vec<Choice<'a>>,
    /// The name of the component, if the schema is nothing but a reference to one.
    pub(super) name: Option<&'a str>,
    /// The name of the component, if the schema is a reference with keywords beside it.
    pub(super) wrapped: Option<&'a str>,
    /// `true` if one of two alternatives was the type `null`.
    pub(super) has_null_alternative: bool,
    /// The notation of the values.
    pub(super) notation: Notation,
}

/// The schemas of an `anyOf` or a `oneOf`.
#[derive(Debug, Clone)]
pub(super) struct Choice<'a> {
    pub(super) keyword: &'static str,
    pub(super) schemas: Vec<&'a Node>,
}

impl<'a> View<'a> {
    /// The view of schemas that a value has to match all of.
    pub(super) fn of(schemas: &[&'a Node], references: References<'a>) -> Self {
        let mut view = Self {
            references,
            layers: Vec::new(),
            links: Vec::new(),
            outermost_first: Vec::new(),
            choices: Vec::new(),
            constants: Vec::new(),
            name: None,
            wrapped: None,
            has_null_alternative: false,
            notation: Notation::Typed,
        };
        if let [schema] = schemas {
            view.find_name(schema);
        }
        view.extend(schemas);
        view
    }

    fn extend(&mut self, schemas: &[&'a Node]) {
        let mut visited: HashSet<usize> = self.layers.iter().map(|layer| id(layer)).collect();
        let mut open: Vec<&'a Node> = schemas.iter().rev().copied().collect();
        while let Some(node) = open.pop() {
            let Some(part) = self.follow(node) else { continue };
            if !visited.insert(id(part)) || self.layers.len() >= MAX_PARTS {
                continue;
            }
            self.layers.push(part);
            self.outermost_first.push(part);
            for keyword in ["oneOf", "anyOf"] {
                let mut schemas = alternatives(part, keyword);
                let all = schemas.len();
                schemas.retain(|schema| schema.get_str("type") != Some("null"));
                self.has_null_alternative |= schemas.len() < all;
                match schemas.as_slice() {
                    [] => {}
                    [only] => open.push(only),
                    several if several.iter().all(|schema| is_constant(schema)) => {
                        self.constants.push(Choice { keyword, schemas });
                    }
                    _ => self.choices.push(Choice { keyword, schemas }),
                }
            }
            open.extend(part.items_of("allOf").iter().rev());
        }
    }

    /// Follows a reference, and remembers it if it has other keys.
    fn follow(&mut self, node: &'a Node) -> Option<&'a Node> {
        let mut node = node;
        for _ in 0..MAX_CHAIN {
            let Some(target) = node.get_str("$ref") else { return Some(node) };
            if node.entries().len() > 1 {
                self.links.push(node);
                self.outermost_first.push(node);
            }
            node = self.references.target(target)?;
        }
        None
    }

    fn find_name(&mut self, schema: &'a Node) {
        let (mut node, mut is_wrapped) = (schema, false);
        for _ in 0..MAX_CHAIN {
            let only = ["allOf", "anyOf", "oneOf"].into_iter().find_map(|key| match node.items_of(key) {
                [only] => Some(only),
                _ => None,
            });
            if let Some(name) = crate::schema::component_name(node) {
                let slot = if is_wrapped { &mut self.wrapped } else { &mut self.name };
                *slot = Some(name);
                return;
            }
            let Some(inner) = only else { return };
            is_wrapped |= node.entries().len() > 1;
            node = inner;
        }
    }

    /// The view as that of a component of this name.
    pub(super) fn named(self, name: &'a str) -> Self {
        Self { name: Some(name), ..self }
    }

    /// The view with values in this notation.
    pub(super) fn written(self, notation: Notation) -> Self {
        Self { notation, ..self }
    }

    /// The view of this schema with one of its alternatives.
    pub(super) fn with_alternative(&self, alternative: &'a Node) -> Self {
        let mut view = Self { choices: Vec::new(), name: None, wrapped: None, ..self.clone() };
        view.extend(&[alternative]);
        view
    }

    /// The view of an alternative alone.
    pub(super) fn alternative(&self, alternative: &'a Node) -> Self {
        Self::of(&[alternative], self.references).written(self.notation)
    }

    /// The identity of the schema.
    pub(super) fn id(&self) -> Vec<usize> {
        self.layers.iter().map(|layer| id(layer)).collect()
    }

    /// The entries of a key, one for each part that has it.
    pub(super) fn entries(&self, key: &str) -> impl Iterator<Item = &'a Entry> {
        self.layers.iter().filter_map(move |layer| layer.entry(key))
    }

    pub(super) fn entry(&self, key: &str) -> Option<&'a Entry> {
        self.entries(key).next()
    }

    /// The distinct values of a key in all parts.
    pub(super) fn values(&self, key: &str) -> Vec<Value> {
        let mut values: Vec<Value> = Vec::new();
        for entry in self.entries(key) {
            let value = entry.node.to_json();
            if !values.contains(&value) {
                values.push(value);
            }
        }
        values.sort_by_cached_key(Value::to_string);
        values
    }

    /// The values that a schema lists: one list for each `enum` or `const`, and for alternatives that are constants.
    pub(super) fn listed(&self) -> impl Iterator<Item = Vec<Value>> {
        let own = self.layers.iter().filter(|layer| layer.entry("enum").is_some() || layer.entry("const").is_some());
        let choices = self.constants.iter();
        own.map(|layer| constants(layer).collect())
            .chain(choices.map(|choice| choice.schemas.iter().flat_map(|schema| constants(schema)).collect()))
    }

    /// Returns whether the schema lists its values, and all of them have a property.
    pub(super) fn lists_only(&self, has_property: impl Fn(&Value) -> bool) -> bool {
        self.listed().next().is_some_and(|values| values.iter().all(has_property))
    }

    /// The position of a key, or of the schema if it has none.
    pub(super) fn position(&self, key: &str) -> Option<usize> {
        let own = || self.layers.first().map(|layer| layer.span.start);
        self.entry(key).map(|entry| entry.key_span.start).or_else(own)
    }

    /// Returns whether a key is a part of the schema itself, and not of the component that it refers to.
    pub(super) fn has_beside_reference(&self, key: &str) -> bool {
        self.wrapped.is_some() && self.layers.first().is_some_and(|layer| layer.entry(key).is_some())
    }

    /// The properties that belong in messages of this direction, each with its schemas, and the position of its name.
    pub(super) fn properties(&self, direction: Direction) -> Vec<(&'a str, Vec<&'a Node>, usize)> {
        let mut properties: Vec<(&'a str, Vec<&'a Node>, usize)> = Vec::new();
        let mut positions: std::collections::HashMap<&'a str, usize> = std::collections::HashMap::new();
        for entry in self.layers.iter().flat_map(|layer| layer.entries_of("properties")) {
            let name = entry.key.as_str();
            let at = *positions.entry(name).or_insert_with(|| {
                properties.push((name, Vec::new(), entry.key_span.start));
                properties.len() - 1
            });
            properties[at].1.push(&entry.node);
        }
        properties.retain(|(_, schemas, _)| !self.is_excluded(schemas, direction));
        properties
    }

    /// Returns whether a property does not belong in messages of this direction.
    pub(super) fn is_excluded(&self, schemas: &[&'a Node], direction: Direction) -> bool {
        schemas.iter().any(|schema| self.is_stated(schema, direction.excluded_by()))
    }

    /// Returns whether a schema, a reference to it or one of its parts has a key that is true.
    fn is_stated(&self, schema: &'a Node, key: &str) -> bool {
        let target = self.references.resolve(schema).unwrap_or(schema);
        if schema.is_true(key) || target.is_true(key) {
            return true;
        }
        let has_parts = [schema, target].into_iter().any(|node| node.entry("allOf").is_some());
        has_parts && Self::of(&[schema], self.references).outermost_first.iter().any(|node| node.is_true(key))
    }

    /// The names that a message of this direction has to have.
    pub(super) fn required(&self) -> BTreeSet<&'a str> {
        self.layers.iter().flat_map(|layer| layer.items_of("required")).filter_map(Node::str).collect()
    }

    /// The schemas of the property of this name.
    pub(super) fn property(&self, name: &str) -> Vec<&'a Node> {
        self.layers.iter().filter_map(|layer| layer.get("properties")?.get(name)).collect()
    }
}

pub(super) fn id(node: &Node) -> usize {
    std::ptr::from_ref(node).addr()
}

/// The values of a `const` or an `enum`.
fn constants(schema: &Node) -> impl Iterator<Item = Value> {
    let constant = schema.get("const");
    let values = if constant.is_some() { &[] } else { schema.items_of("enum") };
    constant.into_iter().chain(values).map(Node::to_json)
}

/// Returns whether a schema lists its values, and has no other keyword that limits them.
fn is_constant(schema: &Node) -> bool {
    let mut keys = schema.entries().iter().map(|entry| entry.key.as_str());
    constants(schema).next().is_some()
        && keys.all(|key| ["enum", "const", "type"].contains(&key) || limits_nothing(key))
}

/// The alternatives of a keyword. Those of an `anyOf` that is nothing but one alternative of another are its own.
fn alternatives<'a>(part: &'a Node, keyword: &str) -> Vec<&'a Node> {
    let mut open: Vec<&'a Node> = part.items_of(keyword).iter().rev().collect();
    let (mut all, mut steps) = (Vec::new(), 0);
    while let Some(schema) = open.pop() {
        steps += 1;
        let inner = schema.items_of("anyOf");
        let is_choice = keyword == "anyOf" && schema.entries().len() == 1 && !inner.is_empty();
        if is_choice && steps < MAX_PARTS {
            open.extend(inner.iter().rev());
        } else {
            all.push(schema);
        }
    }
    all
}
