use crate::document::shape::PARAMETER;
use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "cookie-parameter",
    group: Group::Codegen,
    severity: Severity::Error,
    summary: "Parameters are in the path, the query or a header.",
    rationale: "The generator does not support cookies, and would leave the parameter out.",
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
            let finding =
                parameter.finding_at_value(parameter.entry("in")?, "the generator does not support cookie parameters");
            Some(finding.cause("cookie").help("put the parameter into `path`, `query` or `header`"))
        })
        .collect()
}
