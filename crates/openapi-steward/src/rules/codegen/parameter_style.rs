use crate::document::shape::PARAMETER;
use crate::document::{Diagnostic, Severity};
use crate::rules::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "parameter-style",
    group: Group::Codegen,
    severity: Severity::Error,
    asks: "A parameter has the style that is the default of its place.",
    why: "The generator writes parameters in that style only, whatever else is asked for.",
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
        let place = parameter.node.get_str("in").unwrap_or_default();
        let style = if place == "query" { "form" } else { "simple" };
        if let Some(entry) = parameter.entry("style").filter(|entry| entry.node.str() != Some(style))
            && place != "cookie"
        {
            let finding = parameter.blame_value(entry, "a style that the generator does not take");
            findings.push(finding.help(format!("in `{place}` it takes `style: {style}`, which is the default")));
        }
    }
    findings
}
