use crate::document::shape::EXAMPLE;
use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "example-value",
    group: Group::Examples,
    severity: Severity::Error,
    summary: "An example has either a `value` or an `externalValue`.",
    rationale: "The two exclude each other: only one can be the example.",
    bad: "\
components:
  examples:
    room:
      value: {}
      externalValue: https://example.com/room.json # here
",
    good: "\
components:
  examples:
    room:
      value: {}
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let both = context.objects(&EXAMPLE).filter(|example| example.entry("value").is_some());
    both.filter_map(|example| {
        let external = example.entry("externalValue")?;
        let finding = Diagnostic::new("`value` and `externalValue` exclude each other", external.key_span.clone());
        Some(finding.in_object(&example.node.span).help("remove one of the keys"))
    })
    .collect()
}
