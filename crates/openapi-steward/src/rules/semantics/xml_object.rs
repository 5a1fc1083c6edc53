use crate::document::shape::SCHEMA;
use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "xml-object",
    group: Group::Semantics,
    severity: Severity::Warning,
    summary: "The keys of `xml` apply to the type of the schema.",
    rationale: "`wrapped` says that a list has an element around its items, and `attribute` that a simple value is an attribute: next to another type they \
          have no effect.",
    bad: "\
components:
  schemas:
    Name:
      type: string
      xml:
        wrapped: true # here
",
    good: "\
components:
  schemas:
    Names:
      type: array
      items:
        type: string
      xml:
        wrapped: true
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for schema in context.objects(&SCHEMA) {
        let (Some(kind), Some(xml)) = (schema.node.get_str("type"), schema.node.get("xml")) else { continue };
        for (key, applies) in [("wrapped", kind == "array"), ("attribute", kind != "array" && kind != "object")] {
            if let Some(entry) = xml.entry(key).filter(|_| xml.is_true(key) && !applies) {
                let message = format!("`{key}` has no effect on the type `{kind}`");
                let finding = Diagnostic::new(message, entry.key_span.clone()).cause(format!("{key} {kind}"));
                findings.push(finding.help("remove it, or fix the type"));
            }
        }
    }
    findings
}
