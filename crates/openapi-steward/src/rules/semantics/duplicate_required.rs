use std::collections::HashSet;

use crate::document::shape::SCHEMA;
use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "duplicate-required",
    group: Group::Semantics,
    severity: Severity::Error,
    summary: "A schema requires each property once.",
    rationale: "OpenAPI asks for unique names. Usually one of the two is meant to be another property.",
    bad: "\
components:
  schemas:
    Room:
      required:
        - sid
        - sid # here
",
    good: "\
components:
  schemas:
    Room:
      required:
        - sid
        - status
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for schema in context.objects(&SCHEMA) {
        let mut seen = HashSet::new();
        for item in schema.node.items_of("required") {
            if let Some(name) = item.str().filter(|name| !seen.insert(*name)) {
                let finding = Diagnostic::new(format!("`{name}` is in `required` twice"), item.span.clone());
                findings.push(finding.in_object(&schema.node.span).help("remove one of them"));
            }
        }
    }
    findings
}
