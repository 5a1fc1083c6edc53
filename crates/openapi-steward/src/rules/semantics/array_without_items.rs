use crate::document::shape::SCHEMA;
use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "array-without-items",
    group: Group::Semantics,
    severity: Severity::Error,
    summary: "A schema of type `array` has `items`.",
    rationale: "OpenAPI 3.0 requires it. Without it, the items could have any type, also in Rust.",
    bad: "\
components:
  schemas:
    Rooms:
      type: array # here
",
    good: "\
components:
  schemas:
    Rooms:
      type: array
      items:
        type: string
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let arrays = context.objects(&SCHEMA).filter(|schema| schema.node.get_str("type") == Some("array"));
    let without = arrays.filter(|schema| schema.entry("items").is_none());
    without
        .filter_map(|schema| {
            let finding = schema.finding_at_value(schema.entry("type")?, "this array has no `items`");
            Some(finding.help("add `items:` with the schema of the items"))
        })
        .collect()
}
