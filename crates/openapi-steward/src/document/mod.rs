//! The model of a document that every other part of the tool reads: a tree with positions, and the OpenAPI objects in it.

mod bundle;
mod diagnostic;
mod embedded;
mod file_references;
mod json;
mod limits;
mod lower;
mod media_type;
mod node;
mod offsets;
mod pointer;
mod read;
pub(crate) mod shape;
mod shape_later;
mod source;
mod version;
mod visit;
mod walk;
mod yaml;
mod yaml_error;

pub(crate) use self::bundle::{ReadFindings, SECTIONS, read_document};
pub(crate) use self::diagnostic::{Class, Diagnostic, Severity, Span};
pub(crate) use self::lower::lowered;
pub(crate) use self::media_type::{essence, is_json};
pub(crate) use self::node::{Entry, Node, Value};
pub(crate) use self::pointer::{escape, percent_decode, unescape};
pub(crate) use self::read::parse_json;
#[cfg(test)]
pub(crate) use self::read::read as read_yaml;
pub(crate) use self::source::{Source, Target};
pub(crate) use self::version::Version;
pub(crate) use self::walk::{DocumentObject, ShapeMismatch, Walk, walk};

/// The keys of a path that hold operations.
pub(crate) const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// A document that has been read and that has the structure of OpenAPI 3.0.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) root: Node,
}
