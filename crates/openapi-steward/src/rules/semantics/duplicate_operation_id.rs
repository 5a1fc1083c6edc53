use std::collections::HashMap;

use crate::document::shape::OPERATION;
use crate::document::{Diagnostic, Severity, Span};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "duplicate-operation-id",
    group: Group::Semantics,
    severity: Severity::Error,
    summary: "Every operation has its own `operationId`, also in callbacks.",
    rationale: "Tools and links identify an operation by its `operationId`.",
    bad: "\
paths:
  /a:
    get:
      operationId: list_rooms
      responses: {}
  /b:
    get:
      operationId: list_rooms # here
      responses: {}
",
    good: "\
paths:
  /a:
    get:
      operationId: list_rooms
      responses: {}
  /b:
    get:
      operationId: list_others
      responses: {}
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut seen: HashMap<&str, Span> = HashMap::new();
    let mut findings = Vec::new();
    for id in context.objects(&OPERATION).filter_map(|operation| operation.node.get("operationId")) {
        let Some(name) = id.str() else { continue };
        if let Some(span) = seen.get(name) {
            let finding = Diagnostic::new(format!("duplicate operationId `{name}`"), id.span.clone());
            findings.push(finding.related(span.clone(), "first used here").help("rename one of them"));
        } else {
            seen.insert(name, id.span.clone());
        }
    }
    findings
}
