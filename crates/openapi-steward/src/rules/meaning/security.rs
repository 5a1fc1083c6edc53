use crate::document::{Diagnostic, Node, Severity};
use crate::rules::{Context, Group, Rule};
use crate::text::suggest;

pub(crate) static RULE: Rule = Rule {
    id: "undefined-security-scheme",
    group: Group::Meaning,
    severity: Severity::Error,
    asks: "Every security scheme that is asked for is defined in `components`.",
    why: "A scheme that is not defined cannot be fulfilled, and tools that do not look take the operation for open.",
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
    let asked = std::iter::once(context.root).chain(operations).flat_map(|node| node.items_of("security"));
    asked
        .flat_map(Node::entries)
        .filter(|scheme| !defined.contains(&scheme.key.as_str()))
        .map(|scheme| {
            Diagnostic::new(format!("there is no security scheme `{}`", scheme.key), scheme.key_span.clone()).help(
                suggest(&scheme.key, defined.iter().copied(), "define it in `components`, below `securitySchemes`"),
            )
        })
        .collect()
}
