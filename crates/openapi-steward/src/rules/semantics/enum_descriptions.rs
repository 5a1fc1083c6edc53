use crate::document::shape::SCHEMA;
use crate::document::{Diagnostic, Node, Severity};
use crate::rules::rule::{Context, Group, Rule};
use crate::text::suggest;

pub(crate) static RULE: Rule = Rule {
    id: "enum-descriptions",
    group: Group::Semantics,
    severity: Severity::Warning,
    summary: "`x-enumDescriptions` describes only values of the `enum`.",
    rationale: "A description of another value is left over from a value that was renamed or removed, and does not \
          appear anywhere.",
    bad: "\
components:
  schemas:
    Codec:
      type: string
      enum:
        - VP8
      x-enumDescriptions:
        VP9: A codec. # here
",
    good: "\
components:
  schemas:
    Codec:
      type: string
      enum:
        - VP8
      x-enumDescriptions:
        VP8: A codec.
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for schema in context.objects(&SCHEMA) {
        let values: Vec<&str> = schema.node.items_of("enum").iter().filter_map(Node::str).collect();
        for described in schema.node.entries_of("x-enumDescriptions") {
            if !values.contains(&described.key.as_str()) {
                let message = format!("`{}` has a description, but is not a value of the enum", described.key);
                let help = suggest(&described.key, values.iter().copied(), "add the value, or remove its description");
                findings.push(Diagnostic::new(message, described.key_span.clone()).help(help));
            }
        }
    }
    findings
}
