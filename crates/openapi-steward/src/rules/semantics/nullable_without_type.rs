use crate::document::shape::SCHEMA;
use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "nullable-without-type",
    group: Group::Semantics,
    severity: Severity::Warning,
    summary: "`nullable` is next to a `type`.",
    rationale: "In OpenAPI 3.0.3, `nullable` adds null to the types that `type` allows. Without `type` it has no defined \
          effect, and tools disagree. A schema without a type already allows null.",
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
            let finding = Diagnostic::new("`nullable` without `type` has no effect", nullable.key_span.clone());
            let help = "add `type:`, with the type of the target for a reference, or remove `nullable`";
            findings.push(finding.in_object(&schema.node.span).cause("nullable").help(help));
        }
    }
    findings
}
