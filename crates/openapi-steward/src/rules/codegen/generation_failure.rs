use crate::codegen;
use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "generation-failure",
    group: Group::Codegen,
    severity: Severity::Error,
    summary: "The generator can generate code from the document.",
    rationale: "This rule runs the generator, to find problems that no other rule knows. The finding is at the first schema or \
          operation that it fails on: a form or a multipart body that is no object, or a fault of the generator.",
    bad: "\
openapi: 3.0.3
info:
  title: Rooms
  version: 1.0.0
paths:
  /rooms:
    post:
      operationId: create_room
      requestBody:
        content: # here
          application/x-www-form-urlencoded:
            schema:
              type: string
      responses: {}
",
    good: "\
openapi: 3.0.3
info:
  title: Rooms
  version: 1.0.0
paths:
  /rooms:
    post:
      operationId: create_room
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema:
              type: object
      responses: {}
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    // The earlier finding is the reason for which the generator would fail.
    if context.findings.stops_generator() {
        return Vec::new();
    }
    codegen::refusal(context.root, context.formats).into_iter().collect()
}
