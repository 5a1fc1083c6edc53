use crate::document::{Diagnostic, Node, Severity, ShapeMismatch, Span, Value};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "yaml-value",
    group: Group::Yaml,
    severity: Severity::Error,
    summary: "A value that must be a string is not read by YAML as a number, a boolean or null.",
    rationale: "YAML derives the type of a value without quotes from its text: `1.0` is a number and loses its form, \
          `true` is a boolean, and `null` is null.",
    bad: "\
info:
  title: Rooms
  version: 1.0 # here
",
    good: "\
info:
  title: Rooms
  version: '1.0'
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mismatches = context.written_walk().shape_mismatches.iter().filter_map(|mismatch| match mismatch {
        ShapeMismatch::WrongType { node, expected, parent_span }
            if expected == "a string" && is_unquoted_text(node, context) =>
        {
            Some((*node, parent_span))
        }
        _ => None,
    });
    let finding = |(node, parent_span): (&Node, &Span)| {
        let text = context.text_of(&node.span);
        Diagnostic::new(format!("YAML reads `{text}` as {}", node.kind()), node.span.clone())
            .in_object(parent_span)
            .label("expected a string")
            .help(format!("quote it: '{text}'"))
    };
    mismatches.map(finding).collect()
}

/// Returns whether a value is a scalar that quotes would turn into a string.
fn is_unquoted_text(node: &Node, context: &Context<'_>) -> bool {
    let is_scalar = matches!(node.value, Value::Number(_) | Value::Bool(_) | Value::Null);
    node.plain && is_scalar && !context.text_of(&node.span).is_empty()
}
