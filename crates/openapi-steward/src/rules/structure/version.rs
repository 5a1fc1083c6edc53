use crate::document::{Diagnostic, Severity};
use crate::rules::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "openapi-version",
    group: Group::Structure,
    severity: Severity::Error,
    asks: "The document is one of OpenAPI 3.0.",
    why: "The generator reads 3.0 only. Other versions mean other things by the same keys.",
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
        Diagnostic::new("this is not a document of OpenAPI 3.0", version.span.clone())
            .label("the generator reads 3.0 only")
            .help("write `openapi: 3.0.3`")
    });
    finding.into_iter().collect()
}
