use std::collections::BTreeSet;

use crate::document::shape::OPERATION;
use crate::document::{Diagnostic, Entry, Node, Severity};
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
    let defined = context.components("securitySchemes").iter().map(|scheme| scheme.key.as_str());
    let defined: BTreeSet<&str> = defined.collect();
    requirements(context)
        .filter(|scheme| !defined.contains(scheme.key.as_str()))
        .map(|scheme| {
            let help = "define it below `securitySchemes` in `components`";
            let help = suggest(&scheme.key, defined.iter().copied(), help);
            let finding =
                Diagnostic::new(format!("undefined security scheme `{}`", scheme.key), scheme.key_span.clone());
            finding.cause(scheme.key.as_str()).help(help)
        })
        .collect()
}

/// The schemes that the document and its operations require, each with its scopes.
pub(super) fn requirements<'d, 'a>(context: &'d Context<'a>) -> impl Iterator<Item = &'a Entry> + 'd {
    let operations = context.objects(&OPERATION).map(|operation| operation.node);
    std::iter::once(context.root).chain(operations).flat_map(|node| node.items_of("security")).flat_map(Node::entries)
}
