use crate::document::shape::OPERATION;
use crate::document::{Diagnostic, Severity, Value};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "empty-responses",
    group: Group::Semantics,
    severity: Severity::Error,
    summary: "An operation has at least one response.",
    rationale: "OpenAPI requires one, which should be that of a successful call.",
    bad: "\
paths:
  /rooms:
    get:
      responses: {} # here
",
    good: "\
paths:
  /rooms:
    get:
      responses:
        '204':
          description: There are no rooms.
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let operations = context.objects(&OPERATION);
    operations
        .filter_map(|operation| {
            let responses = operation.entry("responses")?;
            let is_map = matches!(responses.node.value, Value::Map(_));
            let is_empty = responses.node.entries().iter().all(|entry| entry.key.starts_with("x-"));
            let finding = Diagnostic::new("this operation has no response", responses.key_span.clone());
            let finding = finding.in_object(&responses.node.span);
            (is_map && is_empty).then(|| finding.help("add the response of a successful call, such as `'200':`"))
        })
        .collect()
}
