use std::collections::BTreeMap;

use crate::codegen::naming::snake_case;
use crate::document::{Diagnostic, Severity, Span};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "duplicate-operation-id",
    group: Group::Semantics,
    severity: Severity::Error,
    summary: "Every operation has its own `operationId`, also after conversion to the name of a Rust function.",
    rationale: "The `operationId` names the function that calls the operation: `listRooms` and `list_rooms` are the same \
          function.",
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
            let message = if *earlier == name {
                format!("duplicate operationId `{name}`")
            } else {
                format!("the operationIds `{earlier}` and `{name}` become the same Rust function")
            };
            findings.push(
                Diagnostic::new(message, id.span.clone())
                    .related(span.clone(), "first used here")
                    .help("rename one of them"),
            );
        } else {
            seen.insert(snake_case(name), (name, id.span.clone()));
        }
    }
    findings
}
