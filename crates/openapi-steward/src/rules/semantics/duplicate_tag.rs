use std::collections::HashMap;

use crate::document::{Diagnostic, Node, Severity};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "duplicate-tag",
    group: Group::Semantics,
    severity: Severity::Error,
    summary: "The document defines each tag once.",
    rationale: "The names of tags must be unique. Of two descriptions, tools show either one.",
    bad: "\
tags:
  - name: Rooms
  - name: Rooms # here
",
    good: "\
tags:
  - name: Rooms
  - name: Participants
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut seen: HashMap<&str, &Node> = HashMap::new();
    let mut findings = Vec::new();
    for tag in context.root.items_of("tags").iter().filter_map(|tag| tag.get("name")) {
        let Some(name) = tag.str() else { continue };
        if let Some(first) = seen.get(name) {
            let finding = Diagnostic::new(format!("duplicate tag `{name}`"), tag.span.clone());
            findings.push(finding.related(first.span.clone(), "first defined here").help("remove one of them"));
        } else {
            seen.insert(name, tag);
        }
    }
    findings
}
