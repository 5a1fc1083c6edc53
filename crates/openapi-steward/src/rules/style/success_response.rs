use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "success-response",
    group: Group::Style,
    severity: Severity::Warning,
    summary: "The success response of an operation is the class `2XX`.",
    rationale: "Services change success codes between 200, 201 and 202 over time. A client that accepts only one of them \
          treats the others as errors, after the write has succeeded.",
    bad: "\
paths:
  /rooms:
    get:
      responses:
        '200': # here
          description: The rooms.
",
    good: "\
paths:
  /rooms:
    get:
      responses:
        2XX:
          description: The rooms.
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for operation in context.operations() {
        let Some(responses) = operation.entry.node.entry("responses") else { continue };
        let successes = responses.node.entries().iter().filter(|entry| entry.key.starts_with('2'));
        let keys: Vec<_> = successes.collect();
        let covers = keys.iter().any(|entry| entry.key.eq_ignore_ascii_case("2XX"));
        if let Some(single) = keys.first().filter(|_| !covers) {
            let message = format!("`{}` is the only success response", single.key);
            findings.push(Diagnostic::new(message, single.key_span.clone()).cause("single").help("write `2XX`"));
        } else if keys.is_empty() && responses.node.entry("default").is_none() {
            let finding =
                Diagnostic::new(format!("{} has no success response", operation.name()), responses.key_span.clone());
            findings.push(finding.cause("none").help("add `2XX:`"));
        }
    }
    findings
}
