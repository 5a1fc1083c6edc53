use crate::document::shape::PARAMETER;
use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "parameter-style",
    group: Group::Codegen,
    severity: Severity::Error,
    summary: "A parameter has the default style of its location.",
    rationale: "The generator always writes parameters in that style.",
    bad: "\
paths:
  /rooms:
    get:
      parameters:
        - name: Filter
          in: query
          style: deepObject # here
      responses: {}
",
    good: "\
paths:
  /rooms:
    get:
      parameters:
        - name: Filter
          in: query
          style: form
      responses: {}
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for parameter in context.objects(&PARAMETER) {
        let location = parameter.node.get_str("in").unwrap_or_default();
        let style = if location == "query" { "form" } else { "simple" };
        if let Some(entry) = parameter.entry("style").filter(|entry| entry.node.str() != Some(style))
            && location != "cookie"
        {
            let finding = parameter.finding_at_value(entry, "the generator does not support this style");
            findings
                .push(finding.help(format!("write `style: {style}`, the default in `{location}`, or remove the key")));
        }
    }
    findings
}
