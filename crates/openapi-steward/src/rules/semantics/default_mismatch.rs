use crate::document::shape::SCHEMA;
use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};
use crate::rules::value_checker::{ValueChecker, at_pointer, span_at};

pub(crate) static RULE: Rule = Rule {
    id: "default-mismatch",
    group: Group::Semantics,
    severity: Severity::Error,
    summary: "A `default` matches its schema.",
    rationale: "The default applies when a value is omitted, so it must be a value that could have been sent.",
    bad: "\
components:
  schemas:
    Size:
      type: integer
      maximum: 1000
      default: 5000 # here
",
    good: "\
components:
  schemas:
    Size:
      type: integer
      maximum: 1000
      default: 50
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let checker = ValueChecker::new(context);
    let mut findings = Vec::new();
    for schema in context.objects(&SCHEMA) {
        let Some(default) = schema.entry("default") else { continue };
        for (pointer, mismatch) in checker.mismatches(schema.node, &default.node.to_json()) {
            let message = format!("this default does not match its schema{}", at_pointer(&pointer));
            let finding = Diagnostic::new(message, span_at(&default.node, &pointer));
            findings.push(finding.label(mismatch).help("fix the default, or the schema"));
        }
    }
    findings
}
