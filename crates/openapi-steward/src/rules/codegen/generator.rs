use crate::codegen;
use crate::document::{Diagnostic, Severity};
use crate::rules::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "generator",
    group: Group::Codegen,
    severity: Severity::Error,
    asks: "The generator makes code of the document.",
    why: "What no other rule knows of is found by trying. The generator fails on some documents, and panics on a few; the \
          first schema or operation that it fails on alone is to blame.",
    bad: "\
openapi: 3.0.3
info:
  title: Rooms
  version: 1.0.0
paths:
  /rooms:
    post: # here
      operationId: create_room
      requestBody:
        content:
          text/plain:
            schema:
              type: object
              properties: {}
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
          text/plain:
            schema:
              type: string
      responses: {}
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    // What has been found is why it would fail.
    if context.has_errors() {
        return Vec::new();
    }
    codegen::refusal(context.root, context.formats).into_iter().collect()
}
