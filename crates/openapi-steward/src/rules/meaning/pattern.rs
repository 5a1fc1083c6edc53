use serde_json::json;

use crate::document::shape::SCHEMA;
use crate::document::{Diagnostic, Severity};
use crate::rules::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "invalid-pattern",
    group: Group::Meaning,
    severity: Severity::Error,
    asks: "A `pattern` is a regular expression as ECMAScript has them.",
    why: "One that cannot be read matches nothing, or everything, depending on the tool.",
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
        if jsonschema::draft202012::new(&json!({ "pattern": pattern })).is_err() {
            let finding = schema.blame_value(entry, "this is no regular expression");
            findings.push(finding.help("look for a bracket that is not closed, or a `\\` with nothing to escape"));
        }
    }
    findings
}
