use crate::document::shape::SCHEMA;
use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};
use crate::schema::is_ecmascript;

const MESSAGE: &str = "this is not a valid regular expression";

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
    let mut add = |pattern: &str, finding: Diagnostic| {
        if !is_ecmascript(pattern) {
            findings.push(
                finding.help("check for an unclosed bracket, and for a `\\` before a character that needs no escape"),
            );
        }
    };
    for schema in context.objects(&SCHEMA) {
        if let Some(entry) = schema.entry("pattern")
            && let Some(pattern) = entry.node.str()
        {
            add(pattern, schema.finding_at_value(entry, MESSAGE));
        }
        // The names of these properties are patterns. OpenAPI 3.0 does not have the keyword.
        for entry in schema.node.entries_of("patternProperties").iter().filter(|_| context.version.has_json_schema()) {
            add(&entry.key, Diagnostic::new(MESSAGE, entry.key_span.clone()).in_object(&schema.node.span));
        }
    }
    findings
}
