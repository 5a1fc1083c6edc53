use super::unknown_key::similar_key;
use crate::document::{Diagnostic, DocumentObject, Severity, ShapeMismatch};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "missing-key",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "Every object has the keys that OpenAPI 3.0 requires.",
    rationale: "Without them the object is incomplete: a parameter without `in` cannot be sent, and an operation without \
          `responses` has no result.",
    bad: "\
openapi: 3.0.3
info: # here
  title: Rooms
paths: {}
",
    good: "\
openapi: 3.0.3
info:
  title: Rooms
  version: 1.0.0
paths: {}
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mismatches = &context.walk.shape_mismatches;
    let missing = mismatches.iter().filter_map(|mismatch| match mismatch {
        ShapeMismatch::MissingKey { key, object } => Some((*key, object)),
        _ => None,
    });
    // A key that is misspelled, or that is in the wrong place, has a finding already.
    let is_elsewhere = |missing: &str, holder: &DocumentObject<'_>| {
        mismatches.iter().any(|mismatch| match mismatch {
            ShapeMismatch::UnknownKey { entry, object } => {
                let is_misspelled = object.node.span == holder.node.span && similar_key(entry, object) == Some(missing);
                is_misspelled || entry.key == missing
            }
            _ => false,
        })
    };
    let missing = missing.filter(|(key, object)| !is_elsewhere(key, object));
    missing
        .map(|(key, object)| {
            let name = object.kind.name;
            object
                .finding(format!("missing key `{key}`"))
                .label(format!("OpenAPI 3.0 requires `{key}` in {name}"))
                .help(format!("add `{key}:`"))
        })
        .collect()
}
