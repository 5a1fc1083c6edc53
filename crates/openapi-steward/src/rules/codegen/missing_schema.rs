use crate::document::shape::{MEDIA_TYPE, PARAMETER};
use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "missing-schema",
    group: Group::Codegen,
    severity: Severity::Error,
    summary: "Every parameter and every body has a `schema`.",
    rationale: "Without a schema there is no Rust type for it. The generator does not support a parameter with `content` \
          instead of `schema`.",
    bad: "\
paths:
  /rooms:
    get:
      parameters:
        - name: Page # here
          in: query
          content:
            application/json:
              schema:
                type: integer
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
    // A parameter with neither breaks OpenAPI, which another rule reports.
    let parameters = context.objects(&PARAMETER).filter(|parameter| parameter.entry("content").is_some());
    let parameters = parameters.map(|parameter| ("a parameter".to_owned(), parameter));
    let bodies = context.objects(&MEDIA_TYPE).map(|media| (format!("the body `{}`", media.key), media));
    let without = parameters.chain(bodies).filter(|(_, object)| object.entry("schema").is_none());
    without
        .map(|(subject, object)| {
            let message = if object.entry("content").is_some() {
                format!("the generator does not support {subject} with `content`")
            } else {
                format!("{subject} has no schema")
            };
            object.finding(message.as_str()).cause(message).help("add `schema:`")
        })
        .collect()
}
