use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "error-responses",
    group: Group::Style,
    severity: Severity::Warning,
    summary: "Every operation has the responses `4XX` and `5XX`, or `default`.",
    rationale: "A client can only read the errors that the document describes.",
    bad: "\
paths:
  /rooms:
    get:
      responses: # here
        2XX:
          description: The rooms.
        4XX:
          description: The request was refused.
",
    good: "\
paths:
  /rooms:
    get:
      responses:
        2XX:
          description: The rooms.
        4XX:
          description: The request was refused.
        5XX:
          description: The service failed.
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for operation in context.operations() {
        let Some(responses) = operation.entry.node.entry("responses") else { continue };
        let has = |key: &str| responses.node.entry(key).is_some();
        // Another rule reports a key such as `4xx`.
        let is_misspelled =
            |key: &str| responses.node.entries().iter().any(|entry| entry.key.eq_ignore_ascii_case(key));
        let missing = ["4XX", "5XX"].into_iter().filter(|key| !has("default") && !is_misspelled(key));
        for key in missing {
            findings.push(
                Diagnostic::new(format!("{} has no `{key}` response", operation.name()), responses.key_span.clone())
                    .in_object(&operation.entry.node.span)
                    .cause(key)
                    .help(format!("add `{key}:`, or `default:` for all errors")),
            );
        }
    }
    findings
}
