use crate::document::shape::SCHEMA;
use crate::document::{Diagnostic, Node, Severity};
use crate::rules::{Context, Group, Rule};
use crate::text::suggest;

pub(crate) static RULE: Rule = Rule {
    id: "enum-descriptions",
    group: Group::Meaning,
    severity: Severity::Warning,
    asks: "`x-enumDescriptions` describes values of its `enum` only.",
    why: "A description of a value that is not there is left over from one that was renamed or removed, and is lost.",
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
                let message = format!("`{}` is described, and is no value", described.key);
                let help = suggest(&described.key, values.iter().copied(), "add the value, or remove its description");
                findings.push(Diagnostic::new(message, described.key_span.clone()).help(help));
            }
        }
    }
    findings
}
