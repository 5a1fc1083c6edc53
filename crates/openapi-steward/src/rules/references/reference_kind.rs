use crate::document::{Diagnostic, SECTIONS, Severity};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "reference-kind",
    group: Group::References,
    severity: Severity::Error,
    summary: "A reference leads to a component of the required kind.",
    rationale: "A parameter cannot be read where a schema is required. The target must be a component, because only \
          components have names.",
    bad: "\
components:
  parameters:
    Page:
      name: Page
      in: query
      schema:
        $ref: '#/components/parameters/Page' # here
",
    good: "\
components:
  schemas:
    Page:
      type: integer
  parameters:
    Page:
      name: Page
      in: query
      schema:
        $ref: '#/components/schemas/Page'
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for reference in &context.walk.references {
        let Some(pointer) = reference.node.str().and_then(|target| target.strip_prefix('#')) else { continue };
        let Some((_, section)) = SECTIONS.iter().find(|(kind, _)| std::ptr::eq(*kind, reference.kind)) else {
            continue;
        };
        let steps: Vec<&str> = pointer.split('/').skip(1).collect();
        // Only the section of a component says what it is. A reference may also lead into one, or into a path.
        if matches!(steps.as_slice(), ["components", actual, _] if actual != section)
            && context.root.fragment(pointer).is_some()
        {
            let finding = Diagnostic::new(
                format!("this reference must lead to {}", reference.kind.name),
                reference.node.span.clone(),
            );
            findings.push(finding.help(format!("refer to a component in `#/components/{section}/`")));
        }
    }
    findings
}
