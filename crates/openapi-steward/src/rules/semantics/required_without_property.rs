use crate::document::shape::SCHEMA;
use crate::document::{Diagnostic, Node, Severity};
use crate::rules::rule::{Context, Group, Rule};
use crate::schema::{CompositionUsers, References};
use crate::text::suggest;

pub(crate) static RULE: Rule = Rule {
    id: "required-without-property",
    group: Group::Semantics,
    severity: Severity::Warning,
    summary: "A schema requires only properties that it defines, or that a schema around it does.",
    rationale: "A misspelled name makes the intended property optional without notice, and requires one that does not exist. The \
          parts of an `allOf` and the schemas that use them are looked at together.",
    bad: "\
components:
  schemas:
    Room:
      type: object
      required:
        - id # here
      properties:
        sid:
          type: string
",
    good: "\
components:
  schemas:
    Room:
      type: object
      required:
        - sid
      properties:
        sid:
          type: string
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let references = References::new(context.root);
    let users = CompositionUsers::of(context.objects(&SCHEMA).map(|schema| schema.node), references);
    let mut findings = Vec::new();
    for schema in context.objects(&SCHEMA) {
        let properties = schema.node.get("properties");
        let required = schema.node.items_of("required").iter().filter_map(|item| Some((item, item.str()?)));
        let missing: Vec<(&Node, &str)> =
            required.filter(|(_, name)| properties.is_none_or(|properties| properties.get(name).is_none())).collect();
        if missing.is_empty() {
            continue;
        }
        // The name can be a property of a schema that this one is a part of.
        let Some(names) = users.property_names(schema.node) else { continue };
        for (item, name) in missing.into_iter().filter(|(_, name)| !names.contains(name)) {
            let message = format!("the required property `{name}` is not defined");
            let finding = Diagnostic::new(message, item.span.clone()).in_object(&schema.node.span);
            let help = suggest(name, names.iter(), "define it in `properties`, or remove it here");
            findings.push(finding.help(help));
        }
    }
    findings
}
