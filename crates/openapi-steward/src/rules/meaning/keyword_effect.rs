use crate::document::shape::SCHEMA;
use crate::document::{Diagnostic, Severity};
use crate::rules::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "keyword-without-effect",
    group: Group::Meaning,
    severity: Severity::Warning,
    asks: "Every keyword of a schema is one for values of its type.",
    why: "`maxLength` limits strings, `maximum` limits numbers: beside another type each says nothing, and what was meant is \
          not checked.",
    bad: "\
components:
  schemas:
    Name:
      type: string
      maximum: 128 # here
",
    good: "\
components:
  schemas:
    Name:
      type: string
      maxLength: 128
",
    check,
};

/// The keywords for values of one type only.
const KEYWORDS: [(&str, &[&str]); 4] = [
    ("string", &["minLength", "maxLength", "pattern"]),
    ("number", &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
    ("array", &["items", "minItems", "maxItems", "uniqueItems"]),
    ("object", &["properties", "required", "additionalProperties", "minProperties", "maxProperties", "discriminator"]),
];

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for schema in context.objects(&SCHEMA) {
        let Some(kind) = schema.node.get_str("type") else { continue };
        let own = if kind == "integer" { "number" } else { kind };
        for entry in schema.node.entries() {
            let others = KEYWORDS.iter().filter(|(kind, _)| *kind != own);
            for (other, _) in others.filter(|(_, keywords)| keywords.contains(&entry.key.as_str())) {
                let message = format!("`{}` says nothing of what is of type `{kind}`", entry.key);
                let finding = Diagnostic::new(message, entry.key_span.clone()).about(&schema.node.span);
                findings.push(finding.label(format!("this is for type `{other}`")).help("remove it, or mend the type"));
            }
        }
    }
    findings
}
