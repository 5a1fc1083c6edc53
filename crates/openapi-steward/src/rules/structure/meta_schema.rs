use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;

use crate::document::{Diagnostic, Severity, Span};
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
    let instance = context.root.to_json();
    let mut findings = Vec::new();
    for error in validator.iter_errors(&instance) {
        explain(context, &error, &mut findings);
    }
    findings
}

/// Adds the findings for an error. For alternatives, these are the errors of the alternative that matches best.
fn explain(context: &Context<'_>, error: &ValidationError<'_>, findings: &mut Vec<Diagnostic>) {
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
        let best_match = alternatives
            .iter()
            .filter(|errors| !is_reference(errors))
            .max_by_key(|errors| (depth(errors), usize::MAX - errors.len()));
        if let Some(errors) = best_match.filter(|errors| !errors.is_empty()) {
            for error in errors {
                explain(context, error, findings);
            }
            return;
        }
    }
    let pointer = error.instance_path().to_string();
    let steps: Vec<String> =
        pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~")).collect();
    let steps = steps.iter().map(String::as_str);
    let mut span = context.root.locate(steps);
    let node = context.root.pointer(&pointer).unwrap_or(context.root);
    let mut message = format!("{}, according to the OpenAPI 3.0 meta-schema", short_message(error));
    if let ValidationErrorKind::AdditionalProperties { unexpected } = error.kind() {
        for name in unexpected {
            if let Some(entry) = node.entry(name) {
                message = format!("unknown key `{name}`, according to the OpenAPI 3.0 meta-schema");
                span = entry.key_span.clone();
            }
        }
    }
    // Another rule explains the same mistake better.
    let is_reported = context.findings.iter().any(|finding| {
        let inside = |outer: &Span, inner: &Span| outer.start <= inner.start && inner.end <= outer.end;
        inside(&finding.object_span, &span) || inside(&node.span, &finding.span) || inside(&finding.span, &span)
    });
    if !is_reported {
        let fix = match error.kind() {
            ValidationErrorKind::Not { .. } => "remove one of the keys",
            ValidationErrorKind::AdditionalProperties { .. } => "remove the key",
            _ => "see the OpenAPI specification: https://spec.openapis.org/oas/v3.0.3",
        };
        findings.push(Diagnostic::new(message, span).in_object(&node.span).help(fix));
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
