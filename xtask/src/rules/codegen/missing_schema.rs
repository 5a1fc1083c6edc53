use crate::rules::{Document, Group, Rule};
use crate::spec::shape::{MEDIA_TYPE, PARAMETER};
use crate::spec::{Diagnostic, Severity};

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

fn check(document: &Document<'_>) -> Vec<Diagnostic> {
    let parameters = document.objects(&PARAMETER).map(|parameter| ("a parameter".to_owned(), parameter));
    let bodies = document.objects(&MEDIA_TYPE).map(|media| (format!("`{}`", media.key), media));
    let without = parameters.chain(bodies).filter(|(_, found)| found.entry("schema").is_none());
    without.map(|(what, found)| found.blame(format!("{what} without a schema")).help("add `schema:`")).collect()
}
