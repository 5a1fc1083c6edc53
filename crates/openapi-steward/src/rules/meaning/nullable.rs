use crate::document::shape::SCHEMA;
use crate::document::{Diagnostic, Severity};
use crate::rules::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "nullable-without-type",
    group: Group::Meaning,
    severity: Severity::Warning,
    asks: "`nullable` stands beside a `type`.",
    why: "OpenAPI 3.0.3 lets `nullable` add null to the types that `type` names; where that names none, there is nothing to \
          add it to, and tools disagree. A schema without a type allows null already.",
    bad: "\
components:
  schemas:
    Name:
      nullable: true # here
",
    good: "\
components:
  schemas:
    Name:
      type: string
      nullable: true
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for schema in context.objects(&SCHEMA) {
        if let Some(nullable) = schema.entry("nullable")
            && schema.entry("type").is_none()
        {
            let finding = Diagnostic::new("`nullable` without a `type` says nothing", nullable.key_span.clone());
            let help = "add `type:`, which repeats that of the reference where there is one, or remove `nullable`";
            findings.push(finding.about(&schema.node.span).help(help));
        }
    }
    findings
}
