//! Values against schemas.

use serde_json::Value;

use crate::document::{Diagnostic, Node, Span};
use crate::rules::Context;
use crate::schema::{Schemas, convert, mismatches};
use crate::text::count;

/// Checks values against schemas of a document.
pub(in crate::rules) struct Checker<'d> {
    context: &'d Context<'d>,
    schemas: Schemas,
}

impl<'d> Checker<'d> {
    pub(in crate::rules) fn new(context: &'d Context<'_>) -> Self {
        Self { context, schemas: Schemas::of(context.root) }
    }

    /// What is wrong with the value, and where in it, as a JSON pointer. Nothing is said by a schema that is itself wrong:
    /// one mistake in it would be told of every value.
    pub(in crate::rules) fn mismatches(&self, schema: &Node, value: &Value) -> Vec<(String, String)> {
        if self.is_wrong(schema, &mut Vec::new()) {
            return Vec::new();
        }
        let complete = self.schemas.complete(&convert(&schema.to_json()));
        mismatches(&complete, value, self.context.formats)
            .unwrap_or_else(|error| vec![(String::new(), format!("the schema cannot be used: {error}"))])
    }

    /// Whether there is an error in the schema, or in what it refers to.
    fn is_wrong(&self, schema: &Node, seen: &mut Vec<Span>) -> bool {
        if seen.contains(&schema.span) {
            return false;
        }
        seen.push(schema.span.clone());
        let is_none = !matches!(schema.value, crate::document::Value::Map(_) | crate::document::Value::Bool(_));
        is_none || self.context.is_wrong(schema) || self.refers_to_wrong(schema, seen)
    }

    fn refers_to_wrong(&self, node: &Node, seen: &mut Vec<Span>) -> bool {
        if node.get_str("$ref").is_some() {
            let target = node.resolve(self.context.root);
            return target.get("$ref").is_some() || self.is_wrong(target, seen);
        }
        let entries = node.entries().iter().map(|entry| &entry.node);
        entries.chain(node.items()).any(|node| self.refers_to_wrong(node, seen))
    }
}

/// What is wrong with several examples for the same reason: one mistake in a schema is told once.
#[derive(Debug, Default)]
pub(super) struct Folded {
    findings: Vec<(String, Diagnostic, usize)>,
}

impl Folded {
    /// Adds what is wrong at this pointer into an example.
    pub(super) fn add(&mut self, pointer: &str, why: &str, finding: Diagnostic) {
        let name = pointer.rsplit('/').find(|step| step.parse::<usize>().is_err());
        // The value itself is another in each example.
        let reason = why.split_once(" is ").map_or(why, |(_, reason)| reason);
        let key = format!("{} {reason}", name.unwrap_or_default());
        match self.findings.iter_mut().find(|(other, ..)| *other == key && !pointer.is_empty()) {
            Some((.., others)) => *others += 1,
            None => self.findings.push((key, finding, 0)),
        }
    }

    pub(super) fn into_findings(self) -> Vec<Diagnostic> {
        let said = self.findings.into_iter().map(|(_, finding, others)| match others {
            0 => finding,
            others => {
                let label = format!("{}; the same {} more in examples", finding.label, count(others, "time"));
                finding.label(label)
            }
        });
        said.collect()
    }
}

/// The place in a value that this pointer leads to, or the value.
pub(in crate::rules) fn place_in(value: &Node, pointer: &str) -> Span {
    value.pointer(pointer).unwrap_or(value).span.clone()
}
