use crate::document::shape::{MEDIA_TYPE, PARAMETER};
use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "missing-schema",
    group: Group::Codegen,
    severity: Severity::Error,
    summary: "Every parameter and every body has a schema.",
    rationale: "Without a schema there is no Rust type for it. The generator does not support a parameter with `content` \
          instead of `schema`.",
    bad: "\
paths:
  /rooms:
    get:
      parameters:
        - name: Page # here
          in: query
      responses: {}
",
    good: "\
paths:
  /rooms:
    get:
      parameters:
        - name: Page
          in: query
          schema:
            type: integer
      responses: {}
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let parameters = context.objects(&PARAMETER).map(|parameter| ("this parameter".to_owned(), parameter));
    let bodies = context.objects(&MEDIA_TYPE).map(|media| (format!("the body `{}`", media.key), media));
    let without = parameters.chain(bodies).filter(|(_, object)| object.entry("schema").is_none());
    without.map(|(subject, object)| object.finding(format!("{subject} has no schema")).help("add `schema:`")).collect()
}
