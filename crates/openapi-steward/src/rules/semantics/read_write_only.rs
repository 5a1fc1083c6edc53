use crate::document::shape::SCHEMA;
use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "read-write-only",
    group: Group::Semantics,
    severity: Severity::Error,
    summary: "No property is both `readOnly` and `writeOnly`.",
    rationale: "A `readOnly` property is only in responses, and a `writeOnly` one only in requests: this one could be in neither.",
    bad: "\
components:
  schemas:
    Room:
      properties:
        secret:
          type: string
          readOnly: true
          writeOnly: true # here
",
    good: "\
components:
  schemas:
    Room:
      properties:
        secret:
          type: string
          writeOnly: true
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let schemas = context.objects(&SCHEMA);
    let both = schemas.filter(|schema| schema.node.is_true("readOnly") && schema.node.is_true("writeOnly"));
    both.filter_map(|schema| {
        let (one, other) = (schema.entry("readOnly")?, schema.entry("writeOnly")?);
        let (first, second) = if one.key_span.start < other.key_span.start { (one, other) } else { (other, one) };
        let finding = Diagnostic::new("`readOnly` and `writeOnly` exclude each other", second.key_span.clone());
        let finding = finding.related(first.key_span.clone(), "the other key").in_object(&schema.node.span);
        Some(finding.help("remove one of the keys"))
    })
    .collect()
}
