use std::collections::HashMap;

use crate::codegen::naming::snake_case;
use crate::document::{Diagnostic, Severity, Span};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "operation-name",
    group: Group::Codegen,
    severity: Severity::Error,
    summary: "No two operations become the same Rust function.",
    rationale: "The `operationId` names the function that calls the operation: `listRooms` and `list_rooms` are the same function.",
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
    let mut seen: HashMap<String, (&str, Span)> = HashMap::new();
    let mut findings = Vec::new();
    for operation in context.operations() {
        let Some(id) = operation.entry.node.get("operationId") else { continue };
        let Some(name) = id.str() else { continue };
        match seen.get(&snake_case(name)) {
            // Another rule reports an id that is there twice.
            Some((earlier, _)) if *earlier == name => {}
            Some((earlier, span)) => {
                let message = format!("the operationIds `{earlier}` and `{name}` become the same Rust function");
                let finding = Diagnostic::new(message, id.span.clone());
                findings.push(finding.related(span.clone(), "first used here").help("rename one of them"));
            }
            None => {
                seen.insert(snake_case(name), (name, id.span.clone()));
            }
        }
    }
    findings
}
