use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};
use crate::text::suggest;

pub(crate) static RULE: Rule = Rule {
    id: "undefined-tag",
    group: Group::Semantics,
    severity: Severity::Warning,
    summary: "Every tag of an operation is defined in `tags`, once.",
    rationale: "OpenAPI allows undefined tags, but they have no description, and a misspelled tag becomes another group.",
    bad: "\
tags:
  - name: Rooms
paths:
  /rooms:
    get:
      tags:
        - Room # here
      responses: {}
",
    good: "\
tags:
  - name: Rooms
paths:
  /rooms:
    get:
      tags:
        - Rooms
      responses: {}
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let defined: Vec<_> = context.root.items_of("tags").iter().filter_map(|tag| tag.get("name")).collect();
    let names: Vec<&str> = defined.iter().filter_map(|name| name.str()).collect();
    let duplicates = names.iter().enumerate().filter(|(index, name)| names[..*index].contains(name));
    let mut findings: Vec<Diagnostic> = duplicates
        .filter_map(|(index, name)| {
            let finding = Diagnostic::new(format!("duplicate tag `{name}`"), defined.get(index)?.span.clone());
            Some(finding.help("remove one of them"))
        })
        .collect();
    for tag in context.operations().flat_map(|operation| operation.entry.node.items_of("tags")) {
        let name = tag.str().unwrap_or_default();
        if !names.contains(&name) {
            let finding = Diagnostic::new(format!("undefined tag `{name}`"), tag.span.clone());
            findings.push(finding.help(suggest(
                name,
                names.iter().copied(),
                "define it in `tags`, with a description",
            )));
        }
    }
    findings
}
