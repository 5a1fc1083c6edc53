use crate::document::{Diagnostic, Misfit, Severity};
use crate::rules::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "reference-sibling",
    group: Group::References,
    severity: Severity::Error,
    asks: "Nothing stands beside `$ref`.",
    why: "OpenAPI 3.0 ignores every key beside a reference: a description or `nullable: true` there has no effect.",
    bad: "\
components:
  schemas:
    Name:
      type: string
    Other:
      $ref: '#/components/schemas/Name'
      nullable: true # here
",
    good: "\
components:
  schemas:
    Name:
      type: string
    Other:
      allOf:
        - $ref: '#/components/schemas/Name'
      nullable: true
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let beside = context.walk.misfits.iter().filter_map(|misfit| match misfit {
        Misfit::Beside { entry } => Some(*entry),
        _ => None,
    });
    beside
        .map(|entry| {
            Diagnostic::new(format!("`{}` beside `$ref` is ignored", entry.key), entry.key_span.clone())
                .label("a reference has no other keys in OpenAPI 3.0")
                .help("move the reference into `allOf`, or this key into what it refers to")
        })
        .collect()
}
