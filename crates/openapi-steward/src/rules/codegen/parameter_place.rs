use crate::document::shape::PARAMETER;
use crate::document::{Diagnostic, Severity};
use crate::rules::{Context, Group, Rule};

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

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let cookies = context.objects(&PARAMETER).filter(|parameter| parameter.node.get_str("in") == Some("cookie"));
    cookies
        .filter_map(|parameter| {
            let finding = parameter.blame_value(parameter.entry("in")?, "a parameter in a cookie");
            Some(finding.help("the generator takes parameters in `path`, `query` and `header`"))
        })
        .collect()
}
