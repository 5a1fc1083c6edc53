use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "openapi-version",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "The document is an OpenAPI 3.0 document.",
    rationale: "The tool reads OpenAPI 3.0 only. In other versions the same keys have other meanings.",
    bad: "\
openapi: 3.1.0 # here
",
    good: "\
openapi: 3.0.3
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let version = context.root.get("openapi");
    let other = version.filter(|version| version.str().is_some_and(|text| !text.starts_with("3.0.")));
    let finding = other.map(|version| {
        Diagnostic::new("this is not an OpenAPI 3.0 document", version.span.clone())
            .label("only OpenAPI 3.0 is supported")
            .help("write `openapi: 3.0.3`")
    });
    finding.into_iter().collect()
}
