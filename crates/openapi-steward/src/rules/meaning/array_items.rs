use crate::document::shape::SCHEMA;
use crate::document::{Diagnostic, Severity};
use crate::rules::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "array-without-items",
    group: Group::Meaning,
    severity: Severity::Error,
    asks: "A schema of type `array` says what its items are.",
    why: "OpenAPI 3.0 requires it. Without it the items could be anything, and would be in Rust.",
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
            let finding = schema.blame_value(schema.entry("type")?, "an array without `items`");
            Some(finding.help("add `items:`, the schema of what the array holds"))
        })
        .collect()
}
