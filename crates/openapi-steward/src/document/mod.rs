//! A document as the one model that everything else reads: a tree with positions, and the objects of OpenAPI in it.

mod diagnostic;
mod node;
pub(crate) mod shape;
mod source;
mod walk;
mod yaml;
mod yaml_error;

pub(crate) use self::diagnostic::{Diagnostic, Severity, Span};
pub(crate) use self::node::{Entry, Node, Value};
pub(crate) use self::source::Source;
pub(crate) use self::walk::{Found, Misfit, Walk, walk};
pub(crate) use self::yaml::{parse_json, read as read_yaml};

/// The keys of a path item that are operations.
pub(crate) const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// A document that has been read, and whose structure is that of OpenAPI 3.0.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) root: Node,
}
