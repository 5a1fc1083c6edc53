use crate::document::shape::SCHEMA;
use crate::document::{Diagnostic, Severity, Value};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "empty-composition",
    group: Group::Semantics,
    severity: Severity::Error,
    summary: "An `allOf`, `anyOf` or `oneOf` has at least one schema.",
    rationale: "JSON Schema requires one. Without alternatives no value can match, and tools disagree about it.",
    bad: "\
components:
  schemas:
    Track:
      oneOf: [] # here
",
    good: "\
components:
  schemas:
    Track:
      oneOf:
        - $ref: '#/components/schemas/AudioTrack'
        - $ref: '#/components/schemas/VideoTrack'
    AudioTrack:
      type: object
    VideoTrack:
      type: object
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for schema in context.objects(&SCHEMA) {
        for key in ["allOf", "anyOf", "oneOf"] {
            let Some(entry) = schema.entry(key) else { continue };
            if matches!(&entry.node.value, Value::List(schemas) if schemas.is_empty()) {
                let finding = schema.finding_at_value(entry, format!("this `{key}` has no schemas"));
                findings.push(finding.help(format!("add a schema, or remove `{key}`")));
            }
        }
    }
    findings
}
