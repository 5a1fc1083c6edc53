use crate::document::shape::SCHEMA;
use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};
use crate::text::suggest;

pub(crate) static RULE: Rule = Rule {
    id: "required-without-property",
    group: Group::Semantics,
    severity: Severity::Error,
    summary: "A schema requires only properties that it defines, each once.",
    rationale: "A misspelled name makes the intended property optional without notice, and requires one that does not exist.",
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
    let mut findings = Vec::new();
    for schema in context.objects(&SCHEMA) {
        let is_composed = ["allOf", "anyOf", "oneOf"].into_iter().any(|key| schema.entry(key).is_some());
        let names: Vec<&str> = schema.node.entries_of("properties").iter().map(|entry| entry.key.as_str()).collect();
        let required = schema.node.items_of("required");
        for (index, item) in required.iter().enumerate() {
            let name = item.str().unwrap_or_default();
            if required[..index].iter().any(|earlier| earlier.str() == Some(name)) {
                let finding = Diagnostic::new(format!("`{name}` is in `required` twice"), item.span.clone());
                findings.push(finding.help("remove one of them"));
            } else if !names.contains(&name) && !is_composed {
                let finding =
                    Diagnostic::new(format!("the required property `{name}` is not defined"), item.span.clone());
                let help = suggest(name, names.iter().copied(), "define it in `properties`, or remove it here");
                findings.push(finding.help(help));
            }
        }
    }
    findings
}
