use crate::document::{Diagnostic, Node, Severity};
use crate::rules::rule::{Context, Group, Rule};
use crate::text::suggest;

pub(crate) static RULE: Rule = Rule {
    id: "undefined-security-scheme",
    group: Group::Semantics,
    severity: Severity::Error,
    summary: "Every required security scheme is defined in `components`.",
    rationale: "A request cannot satisfy an undefined scheme, and some tools treat the operation as public.",
    bad: "\
security:
  - basc: [] # here
components:
  securitySchemes:
    basic:
      type: http
      scheme: basic
",
    good: "\
security:
  - basic: []
components:
  securitySchemes:
    basic:
      type: http
      scheme: basic
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let defined: Vec<&str> = context.components("securitySchemes").iter().map(|scheme| scheme.key.as_str()).collect();
    let operations = context.operations().map(|operation| &operation.entry.node);
    let required = std::iter::once(context.root).chain(operations).flat_map(|node| node.items_of("security"));
    required
        .flat_map(Node::entries)
        .filter(|scheme| !defined.contains(&scheme.key.as_str()))
        .map(|scheme| {
            Diagnostic::new(format!("undefined security scheme `{}`", scheme.key), scheme.key_span.clone()).help(
                suggest(&scheme.key, defined.iter().copied(), "define it below `securitySchemes` in `components`"),
            )
        })
        .collect()
}
