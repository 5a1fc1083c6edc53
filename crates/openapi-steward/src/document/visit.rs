//! Visits the objects of a document along the shape that OpenAPI gives it, and lets them be changed.

use super::limits::MAX_DEPTH;
use super::node::{Node, Value};
use super::shape::{CALLBACK, ObjectKind, PATH_ITEM, SCHEMA, Shape};
use super::version::Version;

/// Changes the objects of a document.
pub(super) trait Visitor {
    fn version(&self) -> Version;

    /// Visits an object before the objects in it.
    fn enter(&mut self, _node: &mut Node, _kind: &'static ObjectKind) {}

    /// Visits an object after the objects in it.
    fn leave(&mut self, _node: &mut Node, _kind: &'static ObjectKind) {}

    /// Visits a reference.
    fn reference(&mut self, _node: &mut Node, _kind: &'static ObjectKind) {}
}

/// The shape of a callback.
static CALLBACK_PATHS: Shape = Shape::ExtensibleMap(&Shape::Object(&PATH_ITEM));

/// Visits the objects in a value of this shape.
pub(super) fn visit(visitor: &mut impl Visitor, node: &mut Node, shape: &Shape, depth: usize) {
    if depth > MAX_DEPTH {
        return;
    }
    match shape {
        Shape::Any | Shape::Bool | Shape::Integer | Shape::Number | Shape::String | Shape::OneOf(_) => {}
        Shape::Object(kind) => object(visitor, node, kind, depth),
        Shape::ObjectOrRef(kind) => {
            let is_reference = node.get("$ref").is_some();
            if is_reference && !std::ptr::eq(*kind, &raw const PATH_ITEM) {
                visitor.reference(node, kind);
            }
            if !is_reference || std::ptr::eq(*kind, &raw const PATH_ITEM) || has_siblings(kind, visitor.version()) {
                object(visitor, node, kind, depth);
            }
        }
        Shape::Map(shape) | Shape::ExtensibleMap(shape) => {
            if let Value::Map(map) = &mut node.value {
                map.values_mut().for_each(|(_, value)| visit(visitor, value, shape, depth + 1));
            }
        }
        Shape::CallbackOrRef => match node.get("$ref") {
            Some(_) => visitor.reference(node, &CALLBACK),
            None => visit(visitor, node, &CALLBACK_PATHS, depth),
        },
        Shape::List(shape) => {
            if let Value::List(items) = &mut node.value {
                for item in items {
                    visit(visitor, item, shape, depth + 1);
                }
            }
        }
        Shape::BoolOr(shape) | Shape::StringOr(_, shape) => visit(visitor, node, shape, depth),
    }
}

fn object(visitor: &mut impl Visitor, node: &mut Node, kind: &'static ObjectKind, depth: usize) {
    if std::ptr::eq(kind, &raw const CALLBACK) {
        return visit(visitor, node, &CALLBACK_PATHS, depth);
    }
    visitor.enter(node, kind);
    if let Value::Map(map) = &mut node.value {
        for (key, value) in map.values_mut() {
            if let Some(shape) = kind.shape(key, visitor.version()) {
                visit(visitor, value, shape, depth + 1);
            }
        }
    }
    visitor.leave(node, kind);
}

/// Returns whether the keys beside a reference to an object of this kind count.
pub(super) fn has_siblings(kind: &'static ObjectKind, version: Version) -> bool {
    version.has_json_schema() && std::ptr::eq(kind, &raw const SCHEMA)
}
