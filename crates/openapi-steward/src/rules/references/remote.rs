use crate::document::{Diagnostic, Severity};
use crate::rules::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "remote-reference",
    group: Group::References,
    severity: Severity::Error,
    asks: "A reference leads to a place in the same document.",
    why: "The generator reads one document, so that what it makes depends on that document only.",
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
            Diagnostic::new("a reference to another document", node.span.clone())
                .label("the generator reads one document only")
                .help("move what it refers to into `components`")
        })
        .collect()
}
