use crate::rules::{Document, Group, Rule};
use crate::spec::shape::PARAMETER;
use crate::spec::{Diagnostic, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "cookie-parameter",
    group: Group::Codegen,
    severity: Severity::Error,
    asks: "Parameters are in the path, the query or the headers.",
    why: "The generator takes no cookies, and would leave the parameter out.",
    bad: "\
paths:
  /rooms:
    get:
      parameters:
        - name: Session
          in: cookie # here
      responses: {}
",
    good: "\
paths:
  /rooms:
    get:
      parameters:
        - name: Session
          in: header
      responses: {}
",
    check,
};

fn check(document: &Document<'_>) -> Vec<Diagnostic> {
    let cookies = document.objects(&PARAMETER).filter(|parameter| parameter.node.get_str("in") == Some("cookie"));
    cookies
        .filter_map(|parameter| {
            let finding = parameter.blame_value(parameter.entry("in")?, "a parameter in a cookie");
            Some(finding.help("the generator takes parameters in `path`, `query` and `header`"))
        })
        .collect()
}
