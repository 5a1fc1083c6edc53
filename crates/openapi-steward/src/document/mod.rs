//! The model of a document that every other part of the tool reads: a tree with positions, and the OpenAPI objects in it.

mod diagnostic;
mod json;
mod node;
mod offsets;
pub(crate) mod shape;
mod source;
mod walk;
mod yaml;
mod yaml_error;

pub(crate) use self::diagnostic::{Class, Diagnostic, Severity, Span};
pub(crate) use self::node::{Entry, Node, Value};
pub(crate) use self::source::Source;
pub(crate) use self::walk::{DocumentObject, ShapeMismatch, Walk, walk};
pub(crate) use self::yaml::{parse_json, read as read_yaml};

/// The keys of a path that hold operations.
pub(crate) const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// A document that has been read and that has the structure of OpenAPI 3.0.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) root: Node,
}
