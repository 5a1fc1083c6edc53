use crate::document::shape::OPERATION;
use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "status-code",
    group: Group::Semantics,
    severity: Severity::Error,
    summary: "The key of a response is a status code such as `404`, a class such as `4XX`, or `default`.",
    rationale: "A response with another key never applies, and the generator leaves it out.",
    bad: "\
paths:
  /rooms:
    get:
      responses:
        4xx: # here
          description: The request was refused.
",
    good: "\
paths:
  /rooms:
    get:
      responses:
        4XX:
          description: The request was refused.
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let responses = context.objects(&OPERATION).flat_map(|operation| operation.node.entries_of("responses"));
    responses
        .filter(|response| !is_status(&response.key) && !response.key.starts_with("x-"))
        .map(|response| {
            let upper = response.key.to_uppercase();
            let help = if is_status(&upper) {
                format!("write `{upper}`")
            } else {
                "write a status code such as `404`, a class such as `4XX`, or `default`".to_owned()
            };
            let message = format!("`{}` is not a status code", response.key);
            Diagnostic::new(message, response.key_span.clone()).cause(response.key.as_str()).help(help)
        })
        .collect()
}

fn is_status(key: &str) -> bool {
    let class = key.starts_with(|char| ('1'..='5').contains(&char));
    let digits = key.get(1..).unwrap_or_default();
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    key == "default" || (key.len() == 3 && class && (digits == "XX" || is_number))
}
