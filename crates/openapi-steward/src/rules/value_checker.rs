//! Checks values of the document, such as examples and defaults, against schemas of the document.

use serde_json::Value;

use super::rule::Context;
use crate::document::{self, Node, Span};
use crate::schema::{Schemas, convert, mismatches};

/// Checks values against schemas of a document.
pub(super) struct ValueChecker<'d> {
    context: &'d Context<'d>,
    schemas: Schemas,
}

impl<'d> ValueChecker<'d> {
    pub(super) fn new(context: &'d Context<'_>) -> Self {
        Self { context, schemas: Schemas::of(context.root) }
    }

    /// Returns the mismatches of a value, each with its JSON pointer into the value. A schema that has an error itself is skipped,
    /// because that one mistake would be reported for every value.
    pub(super) fn mismatches(&self, schema: &Node, value: &Value) -> Vec<(String, String)> {
        if self.is_invalid(schema, &mut Vec::new()) {
            return Vec::new();
        }
        let complete = self.schemas.with_definitions(&convert(&schema.to_json()));
        mismatches(&complete, value, self.context.formats)
            .unwrap_or_else(|error| vec![(String::new(), format!("the schema cannot be used: {error}"))])
    }

    /// Returns whether the schema, or one that it refers to, has an error.
    fn is_invalid(&self, schema: &Node, visited: &mut Vec<Span>) -> bool {
        if visited.contains(&schema.span) {
            return false;
        }
        visited.push(schema.span.clone());
        let is_schema = matches!(schema.value, document::Value::Map(_) | document::Value::Bool(_));
        !is_schema || self.context.has_error_in(schema) || self.refers_to_invalid(schema, visited)
    }

    fn refers_to_invalid(&self, node: &Node, visited: &mut Vec<Span>) -> bool {
        if node.get_str("$ref").is_some() {
            let target = node.resolve(self.context.root);
            return target.get("$ref").is_some() || self.is_invalid(target, visited);
        }
        let entries = node.entries().iter().map(|entry| &entry.node);
        entries.chain(node.items()).any(|node| self.refers_to_invalid(node, visited))
    }
}

/// The position of the value that a JSON pointer leads to, or of the outer value if the pointer leads nowhere.
pub(super) fn span_at(value: &Node, pointer: &str) -> Span {
    value.pointer(pointer).unwrap_or(value).span.clone()
}

/// The end of a message about a value at this JSON pointer: ` at /rooms/0`, or nothing for the value as a whole.
pub(super) fn at_pointer(pointer: &str) -> String {
    if pointer.is_empty() { String::new() } else { format!(" at {pointer}") }
}
