use crate::document::shape::SCHEMA;
use crate::document::{Diagnostic, Entry, Severity};
use crate::rules::rule::{Context, Group, Rule};
use crate::schema::{Discriminator, References};
use crate::text::suggest;

pub(crate) static RULE: Rule = Rule {
    id: "discriminator-mapping",
    group: Group::Semantics,
    severity: Severity::Error,
    summary: "Every value of a discriminator's mapping leads to a schema.",
    rationale: "A body with this value has no schema, and a client cannot read it.",
    bad: "\
components:
  schemas:
    Room:
      oneOf:
        - $ref: '#/components/schemas/Group'
      discriminator:
        propertyName: kind
        mapping:
          group: '#/components/schemas/Gruop' # here
    Group:
      type: object
      required:
        - kind
",
    good: "\
components:
  schemas:
    Room:
      oneOf:
        - $ref: '#/components/schemas/Group'
      discriminator:
        propertyName: kind
        mapping:
          group: '#/components/schemas/Group'
    Group:
      type: object
      required:
        - kind
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let references = References::new(context.root);
    let mut findings = Vec::new();
    for schema in context.objects(&SCHEMA) {
        let Some(discriminator) = Discriminator::of(schema.node, references) else { continue };
        for entry in discriminator.mapping() {
            let Some(target) = entry.node.str() else { continue };
            if references.mapped(target).is_none() && !is_elsewhere(target) {
                findings.push(dangling(entry, target, references));
            }
        }
    }
    findings
}

/// Returns whether a target is in another document.
fn is_elsewhere(target: &str) -> bool {
    let file = target.split('#').next().unwrap_or_default();
    file.contains(['/', '.'])
}

fn dangling(entry: &Entry, target: &str, references: References<'_>) -> Diagnostic {
    let message = format!("`{}` leads to no schema", entry.key);
    let name = target.rsplit('/').next().unwrap_or_default();
    let names = references.components().iter().map(|entry| entry.key.as_str());
    let help = suggest(name, names, "add the schema to `components`, or remove the value");
    Diagnostic::new(message, entry.node.span.clone()).label("no such schema").help(help)
}
