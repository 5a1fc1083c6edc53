use crate::document::{Diagnostic, Severity};
use crate::rules::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "status-code",
    group: Group::Meaning,
    severity: Severity::Error,
    asks: "The key of a response is a status such as `404`, a class such as `4XX`, or `default`.",
    why: "Another key is the response to nothing, and the generator leaves it out.",
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
    let responses = context.operations().flat_map(|operation| operation.entry.node.entries_of("responses"));
    responses
        .filter(|response| !is_status(&response.key) && !response.key.starts_with("x-"))
        .map(|response| {
            let upper = response.key.to_uppercase();
            let help = if is_status(&upper) {
                format!("write `{upper}`")
            } else {
                "write a status such as `404`, a class such as `4XX`, or `default`".to_owned()
            };
            Diagnostic::new(format!("`{}` is no status", response.key), response.key_span.clone()).help(help)
        })
        .collect()
}

fn is_status(key: &str) -> bool {
    let class = key.starts_with(|char| ('1'..='5').contains(&char));
    let rest = key.get(1..).unwrap_or_default();
    let digits = rest.bytes().all(|byte| byte.is_ascii_digit());
    key == "default" || (key.len() == 3 && class && (rest == "XX" || digits))
}
