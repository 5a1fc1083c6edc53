use crate::document::shape::{MEDIA_TYPE, PARAMETER};
use crate::document::{Diagnostic, Severity};
use crate::rules::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "missing-schema",
    group: Group::Codegen,
    severity: Severity::Error,
    asks: "Every parameter and every body has a schema.",
    why: "Without one there is no type for it. A parameter with `content` in place of `schema` is one that the generator \
          does not take.",
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
    let parameters = context.objects(&PARAMETER).map(|parameter| ("a parameter".to_owned(), parameter));
    let bodies = context.objects(&MEDIA_TYPE).map(|media| (format!("`{}`", media.key), media));
    let without = parameters.chain(bodies).filter(|(_, found)| found.entry("schema").is_none());
    without.map(|(what, found)| found.blame(format!("{what} without a schema")).help("add `schema:`")).collect()
}
