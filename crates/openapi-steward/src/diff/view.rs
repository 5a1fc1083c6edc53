//! A schema as its values see it: references followed, the parts of `allOf` and single alternatives merged.

use std::collections::{BTreeSet, HashSet};

use serde_json::Value;

use super::notation::Notation;
use crate::document::{Entry, Node};
use crate::schema::{Direction, References};

/// The longest chain of references that is followed.
const MAX_CHAIN: usize = 64;
/// The nesting of alternatives in which types are looked for.
const MAX_NESTED: usize = 2;
/// The largest number of parts of one schema.
const MAX_PARTS: usize = 1_000;

/// The keywords that limit no value.
const TEXTS: [&str; 10] = [
    "description",
    "title",
    "example",
    "examples",
    "externalDocs",
    "xml",
    "deprecated",
    "nullable",
    "$comment",
    "$schema",
];

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
    /// The name of the component, if the schema is nothing but a reference to one.
    pub(super) name: Option<&'a str>,
    /// The name of the component, if the schema is a reference with keywords beside it.
    pub(super) wrapped: Option<&'a str>,
    /// `true` if one of two alternatives was the type `null`.
    has_null_alternative: bool,
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
                let mut schemas: Vec<&'a Node> = part.items_of(keyword).iter().collect();
                let all = schemas.len();
                schemas.retain(|schema| schema.get_str("type") != Some("null"));
                self.has_null_alternative |= schemas.len() < all;
                match schemas.as_slice() {
                    [] => {}
                    [only] => open.push(only),
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
        schemas.iter().any(|schema| {
            let key = direction.excluded_by();
            schema.is_true(key)
                || schema.items_of("allOf").iter().any(|part| self.resolved(part).is_true(key))
                || self.resolved(schema).is_true(key)
        })
    }

    fn resolved(&self, node: &'a Node) -> &'a Node {
        self.references.resolve(node).unwrap_or(node)
    }

    /// The names that a message of this direction has to have.
    pub(super) fn required(&self) -> BTreeSet<&'a str> {
        self.layers.iter().flat_map(|layer| layer.items_of("required")).filter_map(Node::str).collect()
    }

    /// The schemas of the property of this name.
    pub(super) fn property(&self, name: &str) -> Vec<&'a Node> {
        self.layers.iter().filter_map(|layer| layer.get("properties")?.get(name)).collect()
    }

    /// The types that a value can have. Missing if it can have any.
    pub(super) fn types(&self) -> Option<BTreeSet<&'a str>> {
        self.types_within(MAX_NESTED)
    }

    fn types_within(&self, depth: usize) -> Option<BTreeSet<&'a str>> {
        let mut types: Option<BTreeSet<&'a str>> = None;
        for entry in self.entries("type") {
            let own: BTreeSet<&'a str> = match entry.node.str() {
                Some(one) => BTreeSet::from([one]),
                None => entry.node.items().iter().filter_map(Node::str).filter(|one| *one != "null").collect(),
            };
            types = Some(match types {
                Some(others) => intersection(&own, &others),
                None => own,
            });
        }
        // Such content is a text, also where no type says so.
        if types.is_none() && ["contentMediaType", "contentEncoding"].into_iter().any(|key| self.entry(key).is_some()) {
            types = Some(BTreeSet::from(["string"]));
        }
        if types.is_none() && depth > 0 {
            // Each alternative can tell its own.
            types = self.choices.iter().find_map(|choice| {
                let views = choice.schemas.iter().map(|schema| Self::of(&[schema], self.references));
                let all: Option<Vec<BTreeSet<&'a str>>> = views.map(|view| view.types_within(depth - 1)).collect();
                Some(all?.into_iter().flatten().collect())
            });
        }
        // A number that is a multiple of an integer is an integer.
        let is_whole = |value: &Value| value.as_f64().is_some_and(|step| step >= 1.0 && step.fract() == 0.0);
        if types.as_ref().is_some_and(|types| types.contains("number"))
            && self.values("multipleOf").iter().any(is_whole)
        {
            types = types
                .map(|types| types.into_iter().map(|name| if name == "number" { "integer" } else { name }).collect());
        }
        types.filter(|types| !types.is_empty())
    }

    /// Returns whether no keyword limits a value.
    pub(super) fn allows_everything(&self) -> bool {
        let keys = self.layers.iter().flat_map(|layer| layer.entries()).map(|entry| entry.key.as_str());
        keys.into_iter().all(|key| TEXTS.contains(&key) || key.starts_with("x-"))
    }

    /// Returns whether the schema describes bytes, and nothing else of them.
    pub(super) fn is_binary(&self) -> bool {
        let is_free = |key: &str| TEXTS.contains(&key) || key.starts_with("x-") || key == "contentMediaType";
        let mut entries = self.layers.iter().flat_map(|layer| layer.entries());
        entries.all(|entry| match entry.key.as_str() {
            "type" => entry.node.str() == Some("string"),
            "format" => entry.node.str() == Some("binary"),
            key => is_free(key),
        })
    }

    /// Returns whether a keyword describes properties or items.
    pub(super) fn has_parts(&self) -> bool {
        ["properties", "items"].into_iter().any(|key| self.entry(key).is_some())
    }

    /// Returns whether the types of a value are stated, and this one is among them.
    pub(super) fn can_be(&self, name: &str) -> bool {
        self.types().is_some_and(|types| types.contains(name))
    }

    /// Returns whether every value is a single one, and no list or object.
    pub(super) fn is_scalar(&self) -> bool {
        self.types().is_some_and(|types| !types.contains("array") && !types.contains("object"))
    }

    /// Returns whether a value can be null. Missing if no type says anything about it.
    pub(super) fn nullable(&self) -> Option<bool> {
        let says = |layer: &&&'a Node| layer.is_true("nullable") || lists_null(layer);
        let first = self.layers.first()?;
        // `nullable` beside a reference has no effect by the letter, but whoever writes it expects one.
        if self.outermost_first.first().is_some_and(|outermost| outermost.is_true("nullable")) {
            return Some(true);
        }
        if first.entry("nullable").is_some() || self.has_null_alternative {
            return Some(first.is_true("nullable") || self.has_null_alternative);
        }
        let mut typed = self.layers.iter().filter(|layer| layer.entry("type").is_some()).peekable();
        if typed.peek().is_none() {
            let is_nullable = self.layers.iter().any(|layer| says(&layer));
            return (is_nullable || !self.choices.is_empty()).then_some(is_nullable);
        }
        Some(typed.all(|layer| says(&layer)))
    }
}

fn lists_null(layer: &Node) -> bool {
    layer.items_of("type").iter().any(|one| one.str() == Some("null"))
}

/// Returns the types that are in both sets. An integer is a number.
fn intersection<'a>(one: &BTreeSet<&'a str>, other: &BTreeSet<&'a str>) -> BTreeSet<&'a str> {
    let is_in = |name: &str, set: &BTreeSet<&str>| set.contains(name) || (name == "integer" && set.contains("number"));
    let both = one.iter().filter(|name| is_in(name, other)).chain(other.iter().filter(|name| is_in(name, one)));
    both.copied().collect()
}

pub(super) fn id(node: &Node) -> usize {
    std::ptr::from_ref(node).addr()
}
