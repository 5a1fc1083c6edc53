use crate::document::{Class, Diagnostic, Severity, Target};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "remote-reference",
    group: Group::References,
    severity: Severity::Error,
    summary: "A reference leads to the document, or to a file below its folder.",
    rationale: "Other references are not followed, so that a result depends on nothing else, and nothing is read from the network. \
          What they lead to is not checked, and no code can be generated from it.",
    bad: "\
components:
  schemas:
    Room:
      $ref: 'https://example.com/room.yaml#/Room' # here
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
    let class = if context.for_generator { Class::Generator } else { Class::Advice };
    let references =
        context.walk.references.iter().filter_map(|reference| Some((reference.node, reference.node.str()?)));
    references
        .filter(|(node, target)| context.source.target(target, node.span.start) == Target::Elsewhere)
        .map(|(node, target)| {
            let file = target.split('#').next().unwrap_or_default();
            Diagnostic::new("this reference is not followed", node.span.clone())
                .class(class)
                .cause(file)
                .label("its target is a URL, or outside the folder of the document")
                .help("copy the target into the document, or into a file below its folder")
        })
        .collect()
}
