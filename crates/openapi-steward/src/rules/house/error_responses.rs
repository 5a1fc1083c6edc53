use crate::document::{Diagnostic, Severity};
use crate::rules::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "error-responses",
    group: Group::House,
    severity: Severity::Warning,
    asks: "Every operation says what it answers when it refuses (`4XX`) and when it fails (`5XX`), or both in `default`.",
    why: "A client has to read errors, and can only read what it knows of.",
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
        // One that is written in another way is told of elsewhere.
        let misspelled = |key: &str| responses.node.entries().iter().any(|entry| entry.key.eq_ignore_ascii_case(key));
        let missing = ["4XX", "5XX"].into_iter().filter(|key| !has("default") && !misspelled(key));
        for key in missing {
            let what = if key == "4XX" { "refuses" } else { "fails" };
            findings.push(
                Diagnostic::new(
                    format!("{} does not say what it answers when it {what}", operation.name()),
                    responses.key_span.clone(),
                )
                .about(&operation.entry.node.span)
                .help(format!("add `{key}:`")),
            );
        }
    }
    findings
}
