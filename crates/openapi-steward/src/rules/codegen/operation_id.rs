use crate::document::{Diagnostic, Severity};
use crate::rules::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "missing-operation-id",
    group: Group::Codegen,
    severity: Severity::Error,
    asks: "Every operation has an `operationId`.",
    why: "It names the function that calls the operation.",
    bad: "\
paths:
  /rooms:
    get: # here
      responses: {}
",
    good: "\
paths:
  /rooms:
    get:
      operationId: list_rooms
      responses: {}
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let without = context.operations().filter(|operation| {
        operation.entry.node.get_str("operationId").is_none_or(|id| !id.contains(|char: char| char.is_alphabetic()))
    });
    without
        .map(|operation| {
            operation
                .blame("an operation without `operationId`")
                .help("add `operationId: verb_noun`, which names the function")
        })
        .collect()
}
