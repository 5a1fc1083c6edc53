use std::collections::{HashMap, HashSet};

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
use serde_json::{Value, json};

use crate::document::shape::ObjectKind;
use crate::document::{Class, Diagnostic, Node, Severity, ShapeMismatch, Span, Value as NodeValue, Version, unescape};
use crate::rules::rule::{Context, Group, Rule};
use crate::text::list;

pub(crate) static RULE: Rule = Rule {
    id: "meta-schema",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "The document matches the JSON Schema that the OpenAPI Initiative publishes for documents of its version.",
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

/// Returns the published schema for documents of a version. `meta-schema/README.md` names their origins.
fn meta_schema(version: Version) -> &'static str {
    match version {
        Version::V3_0 => include_str!("../../../meta-schema/openapi-3.0.json"),
        Version::V3_1 => include_str!("../../../meta-schema/openapi-3.1.json"),
        Version::V3_2 => include_str!("../../../meta-schema/openapi-3.2.json"),
    }
}

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let (version, name) = (context.version, context.version.name());
    let validator = serde_json::from_str(meta_schema(version)).map_err(|error| error.to_string()).and_then(|schema| {
        let options = match version {
            Version::V3_0 => jsonschema::draft4::options(),
            Version::V3_1 | Version::V3_2 => jsonschema::draft202012::options(),
        };
        // Patterns are ECMAScript, of which the rule `invalid-pattern` knows more than the validator.
        let options = options.with_format("regex", |_: &str| true);
        options.build(&schema).map_err(|error| error.to_string())
    });
    let validator = match validator {
        Ok(validator) => validator,
        Err(error) => {
            let at = context.written.locate(["openapi"]);
            return vec![Diagnostic::new(format!("the {name} meta-schema cannot be used: {error}"), at)];
        }
    };
    let told = Told::new(context);
    let mut findings = Vec::new();
    for part in parts(context.written, version) {
        for error in validator.iter_errors(&part) {
            explain(&told, &error, &mut findings);
        }
    }
    findings
}

/// The document in parts that are documents as well: all but the paths and the components, and then each of these. A position has
/// the same JSON pointer in its part. The errors of a part take far more memory than the part.
fn parts(root: &Node, version: Version) -> impl Iterator<Item = Value> + '_ {
    let number = match version {
        Version::V3_0 => "3.0.3",
        Version::V3_1 => "3.1.0",
        Version::V3_2 => "3.2.0",
    };
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
    let paths = root.entries_of("paths").iter().map(move |path| {
        let paths = json!({ path.key.as_str(): path.node.to_json() });
        json!({ "openapi": number, "info": { "title": "", "version": "" }, "paths": paths })
    });
    let sections = root.entries_of("components").iter();
    let components = sections.flat_map(|section| section.node.entries().iter().map(move |entry| (section, entry)));
    let components = components.map(move |(section, entry)| {
        let components = json!({ section.key.as_str(): { entry.key.as_str(): entry.node.to_json() } });
        json!({ "openapi": number, "info": { "title": "", "version": "" }, "paths": {}, "components": components })
    });
    std::iter::once(rest).chain(paths).chain(components)
}

/// The mistakes that other rules have found and explain better.
struct Told<'c> {
    context: &'c Context<'c>,
    /// The unknown keys. One of them can be a key that is missing elsewhere.
    unknown_keys: HashSet<&'c str>,
    /// The kinds of the objects, by the first byte of each.
    kinds: HashMap<usize, &'static ObjectKind>,
}

impl<'c> Told<'c> {
    fn new(context: &'c Context<'_>) -> Self {
        let unknown_keys = context.written_walk().shape_mismatches.iter().filter_map(|mismatch| match mismatch {
            ShapeMismatch::UnknownKey { entry, .. } => Some(entry.key.as_str()),
            _ => None,
        });
        let kinds = context.written_walk().objects.iter().map(|object| (object.node.span.start, object.kind));
        Self { context, unknown_keys: unknown_keys.collect(), kinds: kinds.collect() }
    }

    /// Returns whether the specification defines this key for an object. The meta-schemas of later versions also refuse the keys of
    /// an object in which something else is wrong.
    fn defines(&self, object: &Node, key: &str) -> bool {
        let kind = self.kinds.get(&object.span.start);
        kind.is_some_and(|kind| kind.is_open(self.context.version) || kind.shape(key, self.context.version).is_some())
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
    let steps: Vec<String> = pointer.split('/').skip(1).map(unescape).collect();
    let root = told.context.written;
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
        let message = format!("{message}, according to the {} meta-schema", told.context.version.name());
        Diagnostic::new(message, span.clone()).in_object(&node.span).help(fix)
    };
    if let ValidationErrorKind::AdditionalProperties { unexpected }
    | ValidationErrorKind::UnevaluatedProperties { unexpected } = error.kind()
    {
        let unexpected = unexpected.iter().filter(|name| !told.defines(node, name)).filter_map(|name| node.entry(name));
        let untold = unexpected.filter(|entry| told.context.findings.at(&entry.key_span).next().is_none());
        findings.extend(
            untold.map(|entry| finding(&format!("unknown key `{}`", entry.key), &entry.key_span, "remove the key")),
        );
        return;
    }
    if !told.is_told(error, node, &key) {
        let fix = match error.kind() {
            ValidationErrorKind::Not { .. } => "remove one of the keys",
            _ => "see the OpenAPI specification: https://spec.openapis.org/oas/",
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
