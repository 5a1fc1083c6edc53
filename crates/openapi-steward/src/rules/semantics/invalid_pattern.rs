use crate::document::shape::SCHEMA;
use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};
use crate::schema::is_ecmascript;

pub(crate) static RULE: Rule = Rule {
    id: "invalid-pattern",
    group: Group::Semantics,
    severity: Severity::Error,
    summary: "A `pattern` is a valid ECMAScript regular expression.",
    rationale: "An invalid pattern matches nothing or everything, depending on the tool.",
    bad: "\
components:
  schemas:
    Sid:
      type: string
      pattern: ^RM[0-9a-f{32}$ # here
",
    good: "\
components:
  schemas:
    Sid:
      type: string
      pattern: ^RM[0-9a-f]{32}$
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for schema in context.objects(&SCHEMA) {
        let Some(entry) = schema.entry("pattern") else { continue };
        let Some(pattern) = entry.node.str() else { continue };
        if !is_ecmascript(pattern) {
            let finding = schema.finding_at_value(entry, "this is not a valid regular expression");
            findings.push(
                finding.help("check for an unclosed bracket, and for a `\\` before a character that needs no escape"),
            );
        }
    }
    findings
}
