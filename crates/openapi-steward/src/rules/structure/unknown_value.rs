use crate::document::{Diagnostic, Severity, ShapeMismatch};
use crate::rules::rule::{Context, Group, Rule};
use crate::text::{list, suggest};

pub(crate) static RULE: Rule = Rule {
    id: "unknown-value",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "A key with a fixed set of values in OpenAPI 3.0, such as `type` or `in`, has one of them.",
    rationale: "Other values have no meaning: `type: int` is not an integer, it is no type.",
    bad: "\
components:
  schemas:
    Count:
      type: int # here
",
    good: "\
components:
  schemas:
    Count:
      type: integer
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let unknown = context.written_walk().shape_mismatches.iter().filter_map(|mismatch| match mismatch {
        ShapeMismatch::UnknownValue { node, allowed, parent_span } => Some((*node, *allowed, parent_span)),
        _ => None,
    });
    unknown
        .map(|(node, allowed, parent_span)| {
            let value = node.str().unwrap_or_default();
            Diagnostic::new(format!("unknown value `{value}`"), node.span.clone())
                .in_object(parent_span)
                .label(format!("the allowed values are {}", list(allowed.iter().copied())))
                .help(suggest(value, allowed.iter().copied(), "write one of the allowed values"))
        })
        .collect()
}
