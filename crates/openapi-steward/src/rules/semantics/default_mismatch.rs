use crate::document::shape::SCHEMA;
use crate::document::{Diagnostic, Node, Severity, Value};
use crate::rules::rule::{Context, Group, Rule};
use crate::rules::value_checker::{ValueChecker, at_pointer};
use crate::schema::{Options, canonical, has_type};

pub(crate) static RULE: Rule = Rule {
    id: "default-mismatch",
    group: Group::Semantics,
    severity: Severity::Error,
    summary: "A `default` has the type of its schema and matches its other keywords.",
    rationale: "The default applies when a value is omitted, so it must be a value that could have been sent. OpenAPI requires that it \
          has the type at the same level; the other keywords are advice.",
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
        let Some(default) = schema.entry("default").map(|entry| &entry.node) else { continue };
        let own = contradiction(schema.node, default);
        if let Some(reason) = own {
            let finding = Diagnostic::new("this default does not match its schema", default.span.clone());
            let finding = finding.label(reason).help("fix the default, or the schema");
            // In JSON Schema 2020-12 it is only recommended that a default matches.
            findings.push(if context.version.has_json_schema() { finding.advice() } else { finding });
            continue;
        }
        for mismatch in checker.mismatches(schema.node, default, Options::default()) {
            let message = format!("this default does not match its schema{}", at_pointer(&mismatch.pointer));
            let finding = Diagnostic::new(message, mismatch.span).label(mismatch.reason).cause(mismatch.cause);
            findings.push(finding.help("fix the default, or the schema").advice());
        }
    }
    findings
}

/// The contradiction between a default and the type or the enum at the same level, which OpenAPI forbids.
fn contradiction(schema: &Node, default: &Node) -> Option<String> {
    if matches!(default.value, Value::Null) && schema.is_true("nullable") {
        return None;
    }
    if let Some(kind) = schema.get_str("type").filter(|kind| !has_type(default, kind)) {
        return Some(format!("the type is `{kind}`, and this is {}", default.kind()));
    }
    let values = schema.items_of("enum");
    let is_other = !values.is_empty() && !values.iter().any(|value| canonical(value) == canonical(default));
    is_other.then(|| "it is not a value of the enum".to_owned())
}
