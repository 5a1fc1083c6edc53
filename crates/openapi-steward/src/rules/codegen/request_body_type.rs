use std::collections::HashSet;

use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};
use crate::text::list;

pub(crate) static RULE: Rule = Rule {
    id: "request-body-type",
    group: Group::Codegen,
    severity: Severity::Error,
    summary: "A request body has exactly one media type, which the generator supports.",
    rationale: "The generator supports JSON, forms, bytes and text. It would use only one of several types.",
    bad: "\
paths:
  /rooms:
    post:
      requestBody:
        content:
          multipart/form-data: # here
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
          application/x-www-form-urlencoded:
            schema:
              type: object
      responses: {}
",
    check,
};

const BODIES: [&str; 4] =
    ["application/json", "application/x-www-form-urlencoded", "application/octet-stream", "text/plain"];

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let bodies = context.operations().filter_map(|operation| operation.entry.node.get("requestBody"));
    let (mut findings, mut reported) = (Vec::new(), HashSet::new());
    for body in bodies {
        for (index, media) in context.resolve(body).entries_of("content").iter().enumerate() {
            let name = media.key.split(';').next().unwrap_or_default().trim();
            let message = match BODIES.contains(&name) {
                false => format!("the generator does not support a request body of type `{}`", media.key),
                true if index > 0 => "this request body has more than one type".to_owned(),
                true => continue,
            };
            // A component is reported once, however many operations use it.
            if reported.insert(media.key_span.start) {
                let finding = Diagnostic::new(message.as_str(), media.key_span.clone()).cause(message);
                findings.push(finding.help(format!("use one of {}", list(BODIES))));
            }
        }
    }
    findings
}
