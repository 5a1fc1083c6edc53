//! The spec as the one model that everything else reads: YAML with positions, and the objects of OpenAPI in it.

mod diagnostic;
mod json_schema;
mod node;
pub(crate) mod shape;
mod source;
mod syntax;
mod walk;
mod yaml;

pub(crate) use self::diagnostic::{Diagnostic, Severity, Span, did_you_mean, list, meant};
pub(crate) use self::json_schema::{Schemas, convert, findings};
pub(crate) use self::node::{Entry, Node, Value};
pub(crate) use self::source::Source;
pub(crate) use self::walk::{Found, Misfit, Walk, walk};
pub(crate) use self::yaml::{parse as parse_yaml, parse_json, read as read_yaml};
use crate::rules;

/// The keys of a path that are operations.
pub(crate) const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// A document that has been read, and whose structure is that of OpenAPI 3.0.
#[derive(Debug)]
pub(crate) struct Spec {
    pub(crate) root: Node,
}

impl Spec {
    /// Reads a document and checks its structure and references, on which everything else relies.
    pub(crate) fn parse(source: &Source) -> Result<Self, Vec<Diagnostic>> {
        let (root, duplicates) = read_yaml(&source.text).map_err(|finding| vec![rules::syntax_error(finding)])?;
        let mut findings = rules::duplicate_keys(duplicates);
        findings.extend(rules::check_structure(&root, &source.text));
        if findings.is_empty() { Ok(Self { root }) } else { Err(findings) }
    }
}
