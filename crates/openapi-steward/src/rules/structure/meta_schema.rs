use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;

use crate::document::{Diagnostic, Severity, Span};
use crate::rules::{Context, Group, Rule};
use crate::text::list;

pub(crate) static RULE: Rule = Rule {
    id: "meta-schema",
    group: Group::Structure,
    severity: Severity::Error,
    asks: "The document matches the JSON Schema that the OpenAPI Initiative publishes for documents of 3.0.",
    why: "It knows what no other rule here says: which keys exclude each other, which lists may not have an item twice, \
          which texts have to be URLs.",
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

/// The newest one that is published; where it comes from is said beside it.
const META_SCHEMA: &str = include_str!("../../../meta-schema/openapi-3.0.json");

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let validator = serde_json::from_str(META_SCHEMA)
        .map_err(|error| error.to_string())
        .and_then(|schema| jsonschema::draft4::new(&schema).map_err(|error| error.to_string()));
    let validator = match validator {
        Ok(validator) => validator,
        Err(error) => {
            let at = context.root.locate(["openapi"]);
            return vec![Diagnostic::new(format!("the meta-schema cannot be used: {error}"), at)];
        }
    };
    let instance = context.root.to_json();
    let mut findings = Vec::new();
    for error in validator.iter_errors(&instance) {
        explain(context, &error, &mut findings);
    }
    findings
}

/// Says what the error comes down to: of alternatives, what is wrong with that which fits best.
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
        let best = alternatives
            .iter()
            .filter(|errors| !is_reference(errors))
            .max_by_key(|errors| (depth(errors), usize::MAX - errors.len()));
        if let Some(best) = best.filter(|errors| !errors.is_empty()) {
            for error in best {
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
    let mut message = format!("{}, says the meta-schema of OpenAPI 3.0", short(error));
    if let ValidationErrorKind::AdditionalProperties { unexpected } = error.kind() {
        for name in unexpected {
            if let Some(entry) = node.entry(name) {
                message = format!("`{name}` is no key that can stand here, says the meta-schema of OpenAPI 3.0");
                span = entry.key_span.clone();
            }
        }
    }
    // What another rule has said of this place, or of what is inside it, was said better.
    let said = context.findings.iter().any(|finding| {
        let inside = |outer: &Span, inner: &Span| outer.start <= inner.start && inner.end <= outer.end;
        inside(&finding.about, &span) || inside(&node.span, &finding.span) || inside(&finding.span, &span)
    });
    if !said {
        findings.push(Diagnostic::new(message, span).about(&node.span));
    }
}

/// The error without the value that it is about, which can be half of the document.
fn short(error: &ValidationError<'_>) -> String {
    if let ValidationErrorKind::Not { schema } = error.kind()
        && let Some(keys) = schema.get("required").and_then(serde_json::Value::as_array)
    {
        return format!("{} exclude each other", list(keys.iter().filter_map(serde_json::Value::as_str)));
    }
    let masked = error.masked_with("this").to_string();
    let first = masked.lines().next().unwrap_or_default();
    first.chars().take(160).collect()
}
