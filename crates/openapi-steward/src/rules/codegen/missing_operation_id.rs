use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "missing-operation-id",
    group: Group::Codegen,
    severity: Severity::Warning,
    summary: "Every operation has an `operationId`.",
    rationale: "It names the Rust function that calls the operation. Without one, the generator names it after the method and the \
          path, and another path is another name.",
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
    if !context.for_generator {
        return Vec::new();
    }
    let without = context.operations().filter(|operation| {
        operation.entry.node.get_str("operationId").is_none_or(|id| !id.contains(|char: char| char.is_alphabetic()))
    });
    without
        .map(|operation| {
            operation
                .finding("this operation has no `operationId`")
                .cause("missing")
                .help("add `operationId: verb_noun`, the name of the Rust function")
        })
        .collect()
}
