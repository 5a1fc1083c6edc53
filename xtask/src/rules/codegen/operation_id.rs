use crate::rules::{Document, Group, Rule};
use crate::spec::{Diagnostic, Severity};

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

fn check(document: &Document<'_>) -> Vec<Diagnostic> {
    let without = document.operations().filter(|operation| {
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
