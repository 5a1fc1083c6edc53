use std::collections::BTreeSet;

use crate::document::shape::OPERATION;
use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};
use crate::text::suggest;

pub(crate) static RULE: Rule = Rule {
    id: "undefined-tag",
    group: Group::Semantics,
    severity: Severity::Warning,
    summary: "Every tag of an operation is defined in `tags`.",
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
    let defined = context.root.items_of("tags").iter().filter_map(|tag| tag.get_str("name"));
    let names: BTreeSet<&str> = defined.collect();
    let tags = context.objects(&OPERATION).flat_map(|operation| operation.node.items_of("tags"));
    tags.filter_map(|tag| Some((tag, tag.str()?)))
        .filter(|(_, name)| !names.contains(name))
        .map(|(tag, name)| {
            let help = suggest(name, names.iter().copied(), "define it in `tags`, with a description");
            Diagnostic::new(format!("undefined tag `{name}`"), tag.span.clone()).cause(name).help(help)
        })
        .collect()
}
