use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "remote-reference",
    group: Group::References,
    severity: Severity::Error,
    summary: "A reference leads to a part of the same document.",
    rationale: "The generator reads one document, so that its output depends on nothing else.",
    bad: "\
components:
  schemas:
    Room:
      $ref: 'room.yaml#/Room' # here
",
    good: "\
components:
  schemas:
    Room:
      type: object
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let references = context.walk.references.iter().map(|reference| reference.node);
    let remote = references.filter(|node| !node.str().is_some_and(|target| target.starts_with('#')));
    remote
        .map(|node| {
            Diagnostic::new("this reference leads to another document", node.span.clone())
                .label("only references within the document are supported")
                .help("move its target into `components`, and refer to it as `#/components/…`")
        })
        .collect()
}
