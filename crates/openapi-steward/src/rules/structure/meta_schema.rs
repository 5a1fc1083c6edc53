use std::collections::HashSet;

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
use serde_json::{Value, json};

use crate::document::{Class, Diagnostic, Node, Severity, ShapeMismatch, Span, Value as NodeValue};
use crate::rules::rule::{Context, Group, Rule};
use crate::text::list;

pub(crate) static RULE: Rule = Rule {
    id: "meta-schema",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "The document matches the JSON Schema that the OpenAPI Initiative publishes for OpenAPI 3.0 documents.",
    rationale: "The schema has requirements that no other rule checks: keys that exclude each other, lists of unique \
          items, strings that must be URLs.",
    bad: "\
openapi: 3.0.3
info:
  title: Rooms
  version: 1.0.0
  contact:
    email: nobody # here
paths: {}
",
    good: "\
openapi: 3.0.3
info:
  title: Rooms
  version: 1.0.0
  contact:
    email: rooms@example.com
paths: {}
",
    check,
};

/// The newest published version. `meta-schema/README.md` names its origin.
const META_SCHEMA: &str = include_str!("../../../meta-schema/openapi-3.0.json");

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let validator = serde_json::from_str(META_SCHEMA).map_err(|error| error.to_string()).and_then(|schema| {
        // Patterns are ECMAScript, of which the rule `invalid-pattern` knows more than the validator.
        let options = jsonschema::draft4::options().with_format("regex", |_: &str| true);
        options.build(&schema).map_err(|error| error.to_string())
    });
    let validator = match validator {
        Ok(validator) => validator,
        Err(error) => {
            let at = context.root.locate(["openapi"]);
            return vec![Diagnostic::new(format!("the OpenAPI 3.0 meta-schema cannot be used: {error}"), at)];
        }
    };
    let told = Told::new(context);
    let mut findings = Vec::new();
    for part in parts(context.root) {
        for error in validator.iter_errors(&part) {
            explain(&told, &error, &mut findings);
        }
    }
    findings
}

/// The document in parts that are documents as well: all but the paths and the components, and then each of these. A position has
/// the same JSON pointer in its part. The errors of a part take far more memory than the part.
fn parts(root: &Node) -> impl Iterator<Item = Value> + '_ {
    let is_map = |node: &Node| matches!(node.value, NodeValue::Map(_));
    let without_entries = |node: &Node| if is_map(node) { json!({}) } else { node.to_json() };
    let rest = root.entries().iter().map(move |entry| {
        let value = match entry.key.as_str() {
            "paths" => without_entries(&entry.node),
            "components" if is_map(&entry.node) => {
                let sections = entry.node.entries().iter();
                sections.map(|section| (section.key.clone(), without_entries(&section.node))).collect()
            }
            _ => entry.node.to_json(),
        };
        (entry.key.clone(), value)
    });
    let rest = if is_map(root) { rest.collect() } else { root.to_json() };
    let paths = root.entries_of("paths").iter().map(|path| {
        let paths = json!({ path.key.as_str(): path.node.to_json() });
        json!({ "openapi": "3.0.3", "info": { "title": "", "version": "" }, "paths": paths })
    });
    let sections = root.entries_of("components").iter();
    let components = sections.flat_map(|section| section.node.entries().iter().map(move |entry| (section, entry)));
    let components = components.map(|(section, entry)| {
        let components = json!({ section.key.as_str(): { entry.key.as_str(): entry.node.to_json() } });
        json!({ "openapi": "3.0.3", "info": { "title": "", "version": "" }, "paths": {}, "components": components })
    });
    std::iter::once(rest).chain(paths).chain(components)
}

/// The mistakes that other rules have found and explain better.
struct Told<'c> {
    context: &'c Context<'c>,
    /// The unknown keys. One of them can be a key that is missing elsewhere.
    unknown_keys: HashSet<&'c str>,
}

impl<'c> Told<'c> {
    fn new(context: &'c Context<'_>) -> Self {
        let unknown_keys = context.walk.shape_mismatches.iter().filter_map(|mismatch| match mismatch {
            ShapeMismatch::UnknownKey { entry, .. } => Some(entry.key.as_str()),
            _ => None,
        });
        Self { context, unknown_keys: unknown_keys.collect() }
    }

    /// Returns whether an error about this value, which has this key, has been told.
    fn is_told(&self, error: &ValidationError<'_>, node: &Node, key: &Span) -> bool {
        let findings = &self.context.findings;
        let is_at = |span: &Span| findings.at(span).any(|finding| finding.class == Class::Error);
        let is_in_object = || findings.in_object(&node.span).any(|finding| finding.class == Class::Error);
        match error.kind() {
            ValidationErrorKind::Required { property } => {
                is_in_object() || property.as_str().is_some_and(|key| self.unknown_keys.contains(key))
            }
            ValidationErrorKind::Not { .. } => is_in_object() || is_at(key),
            // Which alternative was meant is not known, so that any finding in the value may explain it.
            ValidationErrorKind::OneOfNotValid { .. }
            | ValidationErrorKind::OneOfMultipleValid { .. }
            | ValidationErrorKind::AnyOf { .. } => is_in_object() || is_at(key) || findings.has_error_in(&node.span),
            // A repeated item has the finding.
            ValidationErrorKind::UniqueItems => is_at(key) || findings.has_error_in(&node.span),
            _ => is_at(&node.span) || is_at(key),
        }
    }
}

/// Adds the findings for an error. For alternatives, these are the errors of the alternative that matches best.
fn explain(told: &Told<'_>, error: &ValidationError<'_>, findings: &mut Vec<Diagnostic>) {
    let pointer = error.instance_path().to_string();
    let steps: Vec<String> =
        pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~")).collect();
    let root = told.context.root;
    let (key, node) = (root.locate(steps.iter().map(String::as_str)), root.pointer(&pointer).unwrap_or(root));
    if let ValidationErrorKind::OneOfNotValid { context: alternatives }
    | ValidationErrorKind::AnyOf { context: alternatives } = error.kind()
    {
        let depth = |errors: &[ValidationError<'_>]| {
            errors.iter().map(|error| error.instance_path().to_string().matches('/').count()).max().unwrap_or_default()
        };
        let is_reference = |errors: &[ValidationError<'_>]| {
            errors
                .iter()
                .any(|error| matches!(error.kind(), ValidationErrorKind::Required { property } if property == "$ref"))
        };
        let objects: Vec<_> = alternatives.iter().filter(|errors| !is_reference(errors)).collect();
        let best_match = objects.iter().max_by_key(|errors| (depth(errors), usize::MAX - errors.len()));
        if let Some(errors) = best_match.filter(|errors| !errors.is_empty()) {
            if objects.len() == 1 || !told.is_told(error, node, &key) {
                errors.iter().for_each(|error| explain(told, error, findings));
            }
            return;
        }
    }
    let finding = |message: &str, span: &Span, fix: &str| {
        let message = format!("{message}, according to the OpenAPI 3.0 meta-schema");
        Diagnostic::new(message, span.clone()).in_object(&node.span).help(fix)
    };
    if let ValidationErrorKind::AdditionalProperties { unexpected } = error.kind() {
        let unexpected = unexpected.iter().filter_map(|name| node.entry(name));
        let untold = unexpected.filter(|entry| told.context.findings.at(&entry.key_span).next().is_none());
        findings.extend(
            untold.map(|entry| finding(&format!("unknown key `{}`", entry.key), &entry.key_span, "remove the key")),
        );
        return;
    }
    if !told.is_told(error, node, &key) {
        let fix = match error.kind() {
            ValidationErrorKind::Not { .. } => "remove one of the keys",
            _ => "see the OpenAPI specification: https://spec.openapis.org/oas/v3.0.3",
        };
        let message = short_message(error);
        findings.push(finding(&message, &key, fix).cause(message));
    }
}

/// Returns the message of an error without the value, which can be half of the document.
fn short_message(error: &ValidationError<'_>) -> String {
    if let ValidationErrorKind::Not { schema } = error.kind()
        && let Some(keys) = schema.get("required").and_then(serde_json::Value::as_array)
    {
        return format!("the keys {} exclude each other", list(keys.iter().filter_map(serde_json::Value::as_str)));
    }
    let masked = error.masked_with("this value").to_string();
    let first = masked.lines().next().unwrap_or_default();
    first.chars().take(160).collect()
}
