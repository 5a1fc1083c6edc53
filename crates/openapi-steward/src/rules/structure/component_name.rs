use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "component-name",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "The name of a component has only letters, digits, `.`, `-` and `_`.",
    rationale: "OpenAPI 3.0 allows no other characters, because the name is part of references, which are URLs.",
    bad: "\
components:
  schemas:
    'a room': {} # here
",
    good: "\
components:
  schemas:
    Room: {}
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let sections = context.written.entries_of("components").iter().filter(|section| !section.key.starts_with("x-"));
    let components = sections.flat_map(|section| section.node.entries());
    let is_allowed = |char: char| char.is_ascii_alphanumeric() || ".-_".contains(char);
    let invalid = components.filter(|component| component.key.is_empty() || !component.key.chars().all(is_allowed));
    invalid
        .map(|component| {
            let finding =
                Diagnostic::new(format!("invalid component name `{}`", component.key), component.key_span.clone());
            finding.in_object(&component.node.span).help("use only letters, digits, `.`, `-` and `_`")
        })
        .collect()
}
