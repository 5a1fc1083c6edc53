use crate::document::shape::{
    EXAMPLE, HEADER, LINK, Object, PARAMETER, REQUEST_BODY, RESPONSE, SCHEMA, SECURITY_SCHEME,
};
use crate::document::{Diagnostic, Severity};
use crate::rules::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "reference-kind",
    group: Group::References,
    severity: Severity::Error,
    asks: "A reference leads to a component of the kind that is needed there.",
    why: "A parameter where a schema should be cannot be read as one. What is referred to has a name of its own, which \
          only components have.",
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

/// Where the components of each kind are.
const SECTIONS: [(&Object, &str); 8] = [
    (&SCHEMA, "schemas"),
    (&RESPONSE, "responses"),
    (&PARAMETER, "parameters"),
    (&EXAMPLE, "examples"),
    (&REQUEST_BODY, "requestBodies"),
    (&HEADER, "headers"),
    (&SECURITY_SCHEME, "securitySchemes"),
    (&LINK, "links"),
];

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for reference in &context.walk.references {
        let Some(pointer) = reference.node.str().and_then(|target| target.strip_prefix('#')) else { continue };
        let Some((_, section)) = SECTIONS.iter().find(|(kind, _)| std::ptr::eq(*kind, reference.kind)) else {
            continue;
        };
        let steps: Vec<&str> = pointer.split('/').skip(1).collect();
        if !matches!(steps.as_slice(), ["components", found, _] if found == section)
            && context.root.pointer(pointer).is_some()
        {
            let finding = Diagnostic::new(
                format!("this is no reference to {}", reference.kind.name),
                reference.node.span.clone(),
            );
            findings.push(finding.help(format!("refer to one of `#/components/{section}/…`")));
        }
    }
    findings
}
