use crate::document::{Diagnostic, Severity};
use crate::rules::{Context, Group, Rule};
use crate::text::suggest;

pub(crate) static RULE: Rule = Rule {
    id: "undefined-tag",
    group: Group::Meaning,
    severity: Severity::Warning,
    asks: "Every tag of an operation is defined in `tags`, once.",
    why: "OpenAPI lets a tag go undefined, but then it has no description, and a misspelled one makes a group of its own.",
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
    let twice = names.iter().enumerate().filter(|(index, name)| names[..*index].contains(name));
    let mut findings: Vec<Diagnostic> = twice
        .filter_map(|(index, name)| {
            let finding =
                Diagnostic::new(format!("the tag `{name}` is defined twice"), defined.get(index)?.span.clone());
            Some(finding.help("remove one of the two"))
        })
        .collect();
    for tag in context.operations().flat_map(|operation| operation.entry.node.items_of("tags")) {
        let name = tag.str().unwrap_or_default();
        if !names.contains(&name) {
            let finding = Diagnostic::new(format!("there is no tag `{name}`"), tag.span.clone());
            findings.push(finding.help(suggest(
                name,
                names.iter().copied(),
                "define it in `tags`, with a description",
            )));
        }
    }
    findings
}
