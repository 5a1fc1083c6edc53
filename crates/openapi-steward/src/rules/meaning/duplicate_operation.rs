use std::collections::BTreeMap;

use crate::codegen::naming::snake_case;
use crate::document::{Diagnostic, Severity, Span};
use crate::rules::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "duplicate-operation-id",
    group: Group::Meaning,
    severity: Severity::Error,
    asks: "Every operation has an `operationId` of its own, also as the name of a function.",
    why: "The `operationId` names the function that calls the operation: `listRooms` and `list_rooms` are the same function.",
    bad: "\
paths:
  /a:
    get:
      operationId: list_rooms
      responses: {}
  /b:
    get:
      operationId: listRooms # here
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
    let mut seen: BTreeMap<String, (&str, Span)> = BTreeMap::new();
    let mut findings = Vec::new();
    for operation in context.operations() {
        let Some(id) = operation.entry.node.get("operationId") else { continue };
        let name = id.str().unwrap_or_default();
        if let Some((earlier, span)) = seen.get(&snake_case(name)) {
            let why = if *earlier == name { "has it" } else { "would be the same function" };
            findings.push(
                Diagnostic::new(format!("the operationId `{name}` is taken"), id.span.clone())
                    .related(span.clone(), format!("`{earlier}` {why}"))
                    .help("give each operation a name of its own"),
            );
        } else {
            seen.insert(snake_case(name), (name, id.span.clone()));
        }
    }
    findings
}
