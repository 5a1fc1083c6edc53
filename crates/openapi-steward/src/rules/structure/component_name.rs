use crate::document::{Diagnostic, Severity};
use crate::rules::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "component-name",
    group: Group::Structure,
    severity: Severity::Error,
    asks: "The name of a component has letters, digits, `.`, `-` and `_` only.",
    why: "OpenAPI 3.0 allows no other characters there: the name is part of references, which are URLs.",
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
    let sections = context.root.entries_of("components").iter().filter(|section| !section.key.starts_with("x-"));
    let components = sections.flat_map(|section| section.node.entries());
    let can_stand = |char: char| char.is_ascii_alphanumeric() || ".-_".contains(char);
    let other = components.filter(|component| component.key.is_empty() || !component.key.chars().all(can_stand));
    other
        .map(|component| {
            let finding = Diagnostic::new(
                format!("`{}` cannot be the name of a component", component.key),
                component.key_span.clone(),
            );
            finding.about(&component.node.span).help("use letters, digits, `.`, `-` and `_`")
        })
        .collect()
}
