use crate::document::{Diagnostic, Severity};
use crate::rules::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "success-response",
    group: Group::House,
    severity: Severity::Warning,
    asks: "The successful response of an operation is the class `2XX`.",
    why: "Success codes of services move between 200, 201 and 202 over the years. A client that knows one of them takes the \
          others for errors, after the write has succeeded.",
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
            let finding = Diagnostic::new("one success code stands for all", single.key_span.clone());
            findings.push(finding.help("write `2XX`"));
        } else if keys.is_empty() && responses.node.entry("default").is_none() {
            let finding = Diagnostic::new(format!("{} has no success", operation.name()), responses.key_span.clone());
            findings.push(finding.help("add `2XX:`"));
        }
    }
    findings
}
