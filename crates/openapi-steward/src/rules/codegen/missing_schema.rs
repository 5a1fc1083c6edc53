use crate::document::shape::MEDIA_TYPE;
use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "missing-schema",
    group: Group::Codegen,
    severity: Severity::Warning,
    summary: "Every body has a `schema`.",
    rationale: "Without a schema there is no Rust type for it: a JSON body is any JSON.",
    bad: "\
paths:
  /rooms:
    get:
      responses:
        '200':
          description: The rooms.
          content:
            application/json: {} # here
",
    good: "\
paths:
  /rooms:
    get:
      responses:
        '200':
          description: The rooms.
          content:
            application/json:
              schema:
                type: object
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    if !context.for_generator {
        return Vec::new();
    }
    let without = context.objects(&MEDIA_TYPE).filter(|media| media.entry("schema").is_none());
    without
        .map(|media| {
            let message = format!("the body `{}` has no schema", media.key);
            media.finding(message.as_str()).cause(message).help("add `schema:`")
        })
        .collect()
}
