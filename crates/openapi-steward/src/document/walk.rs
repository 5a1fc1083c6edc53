//! A walk over a document along the shape that OpenAPI 3.0 gives it: finds its objects, its references, and what does not
//! fit.

use super::diagnostic::Span;
use super::node::{Entry, Node, Value};
use super::shape::{DOCUMENT, Object, Shape};

/// What a walk has found, in the order of the document.
#[derive(Debug, Default)]
pub(crate) struct Walk<'a> {
    pub(crate) objects: Vec<Found<'a>>,
    pub(crate) references: Vec<Reference<'a>>,
    pub(crate) misfits: Vec<Misfit<'a>>,
}

/// An object of the document.
#[derive(Debug, Clone)]
pub(crate) struct Found<'a> {
    pub(crate) kind: &'static Object,
    pub(crate) node: &'a Node,
    /// The key that it stands under, empty for an item of a list.
    pub(crate) key: &'a str,
    /// What to blame for it as a whole: that key, or the beginning of the item.
    pub(crate) at: Span,
    /// The objects around it, by their index, the innermost last.
    pub(crate) parent: Option<usize>,
}

/// A reference, and what should be found where it leads.
#[derive(Debug, Clone)]
pub(crate) struct Reference<'a> {
    pub(crate) kind: &'static Object,
    /// The value of `$ref`.
    pub(crate) node: &'a Node,
}

/// What does not fit.
#[derive(Debug, Clone)]
pub(crate) enum Misfit<'a> {
    /// A key that the object does not have.
    Key { entry: &'a Entry, object: Found<'a> },
    /// A key that the object has to have.
    Missing { key: &'static str, object: Found<'a> },
    /// A value of another type, in the object around it.
    Type { node: &'a Node, expected: String, around: Span },
    /// A word that is none of those that can stand here.
    Word { node: &'a Node, words: &'static [&'static str], around: Span },
    /// A key beside a reference.
    Beside { entry: &'a Entry },
}

/// Walks over a document.
pub(crate) fn walk(document: &Node) -> Walk<'_> {
    let mut walker = Walker { found: Walk::default(), parent: None };
    let end = document.entries().first().map_or(document.span.clone(), |entry| entry.key_span.clone());
    walker.object(document, &DOCUMENT, "", &end);
    walker.found
}

struct Walker<'a> {
    found: Walk<'a>,
    parent: Option<usize>,
}

impl<'a> Walker<'a> {
    fn value(&mut self, node: &'a Node, shape: &Shape, key: &'a str, at: &Span) {
        match shape {
            Shape::Any => {}
            Shape::Bool => self.expect(matches!(node.value, Value::Bool(_)), node, "true or false"),
            Shape::String => self.expect(matches!(node.value, Value::String(_)), node, "a string"),
            Shape::Number => self.expect(matches!(node.value, Value::Number(_)), node, "a number"),
            Shape::Integer => {
                let fine = matches!(&node.value, Value::Number(number) if number.is_u64());
                self.expect(fine, node, "a whole number that is not negative");
            }
            Shape::Word(words) => match node.str() {
                Some(word) if words.contains(&word) => {}
                Some(_) => self.found.misfits.push(Misfit::Word { node, words, around: self.around(node) }),
                None => self.expect(false, node, "a string"),
            },
            Shape::Object(object) => self.object(node, object, key, at),
            Shape::OrRef(object) => match node.entry("$ref") {
                Some(reference) => self.reference(node, reference, object),
                None => self.object(node, object, key, at),
            },
            Shape::Map(shape) => match &node.value {
                Value::Map(entries) => entries
                    .iter()
                    .filter(|entry| !entry.key.starts_with("x-"))
                    .for_each(|entry| self.value(&entry.node, shape, &entry.key, &entry.key_span)),
                _ => self.expect(false, node, "a map"),
            },
            Shape::List(shape) => match &node.value {
                Value::List(items) => items.iter().for_each(|item| self.value(item, shape, "", &first(item))),
                _ => self.expect(false, node, "a list"),
            },
            Shape::BoolOr(shape) => {
                if !matches!(node.value, Value::Bool(_)) {
                    self.value(node, shape, key, at);
                }
            }
        }
    }

    fn object(&mut self, node: &'a Node, kind: &'static Object, key: &'a str, at: &Span) {
        let found = Found { kind, node, key, at: at.clone(), parent: self.parent };
        let Value::Map(entries) = &node.value else {
            return self.expect(false, node, &format!("{}, which is a map", kind.name));
        };
        let outer = self.parent.replace(self.found.objects.len());
        self.found.objects.push(found.clone());
        for entry in entries {
            match kind.keys.iter().find(|(key, _)| *key == entry.key) {
                Some((_, shape)) => self.value(&entry.node, shape, &entry.key, &entry.key_span),
                None if entry.key.starts_with("x-") => {}
                None => self.found.misfits.push(Misfit::Key { entry, object: found.clone() }),
            }
        }
        for key in kind.required.iter().filter(|key| node.entry(key).is_none()) {
            self.found.misfits.push(Misfit::Missing { key, object: found.clone() });
        }
        self.parent = outer;
    }

    fn reference(&mut self, holder: &'a Node, reference: &'a Entry, kind: &'static Object) {
        let beside = holder.entries().iter().filter(|entry| entry.key != "$ref");
        self.found.misfits.extend(beside.map(|entry| Misfit::Beside { entry }));
        match reference.node.str() {
            Some(_) => self.found.references.push(Reference { kind, node: &reference.node }),
            None => self.expect(false, &reference.node, "a string"),
        }
    }

    /// The object that a value stands in.
    fn around(&self, node: &Node) -> Span {
        let object = self.parent.and_then(|parent| self.found.objects.get(parent));
        object.map_or(&node.span, |object| &object.node.span).clone()
    }

    fn expect(&mut self, fine: bool, node: &'a Node, expected: &str) {
        if !fine {
            let around = self.around(node);
            self.found.misfits.push(Misfit::Type { node, expected: expected.to_owned(), around });
        }
    }
}

/// What to blame for an item of a list: the key that it begins with.
fn first(item: &Node) -> Span {
    item.entries().first().map_or(item.span.clone(), |entry| entry.key_span.clone())
}
