use crate::document::{Diagnostic, Severity, ShapeMismatch};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "reference-sibling",
    group: Group::References,
    severity: Severity::Warning,
    summary: "`$ref` is the only key of its object.",
    rationale: "OpenAPI 3.0 ignores every key next to a reference: a description or `nullable: true` there has no effect.",
    bad: "\
components:
  schemas:
    Name:
      type: string
    Other:
      $ref: '#/components/schemas/Name'
      nullable: true # here
",
    good: "\
components:
  schemas:
    Name:
      type: string
    Other:
      allOf:
        - $ref: '#/components/schemas/Name'
      nullable: true
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let siblings = context.written_walk().shape_mismatches.iter().filter_map(|mismatch| match mismatch {
        ShapeMismatch::ReferenceSibling { entry } => Some(*entry),
        _ => None,
    });
    siblings
        .filter(|entry| !entry.key.starts_with("x-"))
        .map(|entry| {
            Diagnostic::new(format!("`{}` next to `$ref` is ignored", entry.key), entry.key_span.clone())
                .cause(entry.key.as_str())
                .label("OpenAPI ignores this key next to `$ref`")
                .help("move the reference into `allOf`, or move this key to the target of the reference")
        })
        .collect()
}
