use std::collections::HashSet;

use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "request-body-type",
    group: Group::Codegen,
    severity: Severity::Warning,
    summary: "A request body has one media type.",
    rationale: "The generated client sends one: JSON before a form, a form before multipart, and these before others.",
    bad: "\
paths:
  /rooms:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
          application/xml: # here
            schema:
              type: object
      responses: {}
",
    good: "\
paths:
  /rooms:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
      responses: {}
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    if !context.for_generator {
        return Vec::new();
    }
    let bodies = context.operations().filter_map(|operation| operation.entry.node.get("requestBody"));
    let (mut findings, mut reported) = (Vec::new(), HashSet::new());
    for body in bodies {
        for media in context.resolve(body).entries_of("content").iter().skip(1) {
            // A component is reported once, however many operations use it.
            if reported.insert(media.key_span.clone()) {
                let message = "this request body has more than one type";
                let finding = Diagnostic::new(message, media.key_span.clone()).cause(message);
                findings.push(finding.help("leave the one that the client should send, or allow this rule"));
            }
        }
    }
    findings
}
