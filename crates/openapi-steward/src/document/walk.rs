//! Walks over a document along the shape that OpenAPI 3.0 gives it, and collects its objects, its references, and the values that
//! do not have the expected shape.

use super::diagnostic::Span;
use super::node::{Entry, Node, Value};
use super::shape::{CALLBACK, DOCUMENT, ObjectKind, PATH_ITEM, Shape};
use super::version::Version;
use super::visit::has_siblings;

/// The result of a walk, in the order of the document.
#[derive(Debug, Default)]
pub(crate) struct Walk<'a> {
    pub(crate) objects: Vec<DocumentObject<'a>>,
    pub(crate) references: Vec<Reference<'a>>,
    pub(crate) shape_mismatches: Vec<ShapeMismatch<'a>>,
}

/// An object of the document.
#[derive(Debug, Clone)]
pub(crate) struct DocumentObject<'a> {
    pub(crate) kind: &'static ObjectKind,
    pub(crate) node: &'a Node,
    /// The key of the object. Empty for an item of a list.
    pub(crate) key: &'a str,
    /// The position of that key, or of the first key of an item of a list.
    pub(crate) key_span: Span,
    /// The index of the object that contains this one.
    pub(crate) parent: Option<usize>,
}

/// A reference, and the kind of the object that it should lead to.
#[derive(Debug, Clone)]
pub(crate) struct Reference<'a> {
    pub(crate) kind: &'static ObjectKind,
    /// The value of `$ref`.
    pub(crate) node: &'a Node,
}

/// A part of the document that does not have the expected shape. `parent_span` is the object that contains it.
#[derive(Debug, Clone)]
pub(crate) enum ShapeMismatch<'a> {
    /// A key that OpenAPI does not define for the object.
    UnknownKey { entry: &'a Entry, object: DocumentObject<'a> },
    /// A key that the object requires.
    MissingKey { key: &'static str, object: DocumentObject<'a> },
    /// A value of another type.
    WrongType { node: &'a Node, expected: String, parent_span: Span },
    /// A string that is none of the allowed values.
    UnknownValue { node: &'a Node, allowed: &'static [&'static str], parent_span: Span },
    /// A key next to `$ref`.
    ReferenceSibling { entry: &'a Entry },
}

/// Walks over a document.
pub(crate) fn walk(document: &Node, version: Version) -> Walk<'_> {
    let mut walker = Walker { walk: Walk::default(), version, parent: None };
    walker.object(document, &DOCUMENT, "", &first_key_span(document));
    walker.walk
}

struct Walker<'a> {
    walk: Walk<'a>,
    version: Version,
    parent: Option<usize>,
}

impl<'a> Walker<'a> {
    fn value(&mut self, node: &'a Node, shape: &Shape, key: &'a str, key_span: &Span) {
        match shape {
            Shape::Any => {}
            Shape::Bool => self.expect(matches!(node.value, Value::Bool(_)), node, "a boolean"),
            Shape::String => self.expect(matches!(node.value, Value::String(_)), node, "a string"),
            Shape::Number => self.expect(matches!(node.value, Value::Number(_)), node, "a number"),
            Shape::Integer => {
                let is_whole = |number: f64| number >= 0.0 && number.fract() == 0.0;
                let is_integer = match &node.value {
                    // JSON Schema 2020-12 takes 2.0 for an integer.
                    Value::Number(number) if self.version.has_json_schema() => number.as_f64().is_some_and(is_whole),
                    Value::Number(number) => number.is_u64(),
                    _ => false,
                };
                self.expect(is_integer, node, "a non-negative integer");
            }
            Shape::OneOf(allowed) => match node.str() {
                Some(value) if allowed.contains(&value) => {}
                Some(_) => {
                    let parent_span = self.parent_span(node);
                    self.walk.shape_mismatches.push(ShapeMismatch::UnknownValue { node, allowed, parent_span });
                }
                None => self.expect(false, node, "a string"),
            },
            Shape::Object(kind) => self.object(node, kind, key, key_span),
            Shape::ObjectOrRef(kind) => match node.entry("$ref") {
                Some(reference) if has_siblings(kind, self.version) => {
                    if reference.node.str().is_some() {
                        self.walk.references.push(Reference { kind, node: &reference.node });
                    }
                    self.object(node, kind, key, key_span);
                }
                Some(reference) => self.reference(node, reference, kind),
                None => self.object(node, kind, key, key_span),
            },
            Shape::Map(shape) => self.map(node, shape, |_| true),
            Shape::ExtensibleMap(shape) => self.map(node, shape, |entry| !entry.key.starts_with("x-")),
            Shape::CallbackOrRef => match node.entry("$ref") {
                Some(reference) => self.reference(node, reference, &CALLBACK),
                None => self.map(node, &Shape::Object(&PATH_ITEM), |entry| !entry.key.starts_with("x-")),
            },
            Shape::List(shape) => match &node.value {
                Value::List(items) => items.iter().for_each(|item| self.value(item, shape, "", &first_key_span(item))),
                _ => self.expect(false, node, "a list"),
            },
            Shape::StringOr(string, other) => {
                let shape = if node.str().is_some() { string } else { other };
                self.value(node, shape, key, key_span);
            }
            Shape::BoolOr(shape) => {
                if !matches!(node.value, Value::Bool(_)) {
                    self.value(node, shape, key, key_span);
                }
            }
        }
    }

    fn map(&mut self, node: &'a Node, shape: &Shape, includes: impl Fn(&Entry) -> bool) {
        let Value::Map(entries) = &node.value else { return self.expect(false, node, "a map") };
        for entry in entries.iter().filter(|entry| includes(entry)) {
            self.value(&entry.node, shape, &entry.key, &entry.key_span);
        }
    }

    fn object(&mut self, node: &'a Node, kind: &'static ObjectKind, key: &'a str, key_span: &Span) {
        let object = DocumentObject { kind, node, key, key_span: key_span.clone(), parent: self.parent };
        let Value::Map(entries) = &node.value else {
            return self.expect(false, node, &format!("{} (a map)", kind.name));
        };
        if let Some(reference) =
            node.get("$ref").filter(|node| std::ptr::eq(kind, &raw const PATH_ITEM) && node.str().is_some())
        {
            self.walk.references.push(Reference { kind, node: reference });
        }
        let outer = self.parent.replace(self.walk.objects.len());
        self.walk.objects.push(object.clone());
        for entry in entries {
            match kind.shape(&entry.key, self.version) {
                Some(shape) => self.value(&entry.node, shape, &entry.key, &entry.key_span),
                None if entry.key.starts_with("x-") || kind.is_open(self.version) => {}
                None => {
                    let object = object.clone();
                    self.walk.shape_mismatches.push(ShapeMismatch::UnknownKey { entry, object });
                }
            }
        }
        for key in kind.required(self.version).filter(|key| node.entry(key).is_none()) {
            self.walk.shape_mismatches.push(ShapeMismatch::MissingKey { key, object: object.clone() });
        }
        self.parent = outer;
    }

    fn reference(&mut self, holder: &'a Node, reference: &'a Entry, kind: &'static ObjectKind) {
        let counts =
            |key: &str| key == "$ref" || self.version.has_json_schema() && ["summary", "description"].contains(&key);
        let siblings = holder.entries().iter().filter(|entry| !counts(&entry.key));
        self.walk.shape_mismatches.extend(siblings.map(|entry| ShapeMismatch::ReferenceSibling { entry }));
        match reference.node.str() {
            Some(_) => self.walk.references.push(Reference { kind, node: &reference.node }),
            None => self.expect(false, &reference.node, "a string"),
        }
    }

    /// The position of the object that contains a value.
    fn parent_span(&self, node: &Node) -> Span {
        let object = self.parent.and_then(|parent| self.walk.objects.get(parent));
        object.map_or(&node.span, |object| &object.node.span).clone()
    }

    fn expect(&mut self, is_expected: bool, node: &'a Node, expected: &str) {
        if !is_expected {
            let (expected, parent_span) = (expected.to_owned(), self.parent_span(node));
            self.walk.shape_mismatches.push(ShapeMismatch::WrongType { node, expected, parent_span });
        }
    }
}

/// The position of the first key of a map, or of the value if it is no map.
fn first_key_span(node: &Node) -> Span {
    node.entries().first().map_or(node.span.clone(), |entry| entry.key_span.clone())
}
