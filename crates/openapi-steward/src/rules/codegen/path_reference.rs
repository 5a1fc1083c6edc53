use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "path-reference",
    group: Group::Codegen,
    severity: Severity::Error,
    summary: "A path in `paths` is not a reference.",
    rationale: "The generator does not follow references to paths: it would leave out their operations.",
    bad: "\
paths:
  /rooms:
    $ref: '#/x-paths/rooms' # here
",
    good: "\
paths:
  /rooms:
    get:
      operationId: list_rooms
      responses: {}
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let references = context.root.entries_of("paths").iter().filter_map(|path| path.node.entry("$ref"));
    references
        .map(|reference| {
            let finding =
                Diagnostic::new("the generator does not support a reference to a path", reference.key_span.clone());
            finding.cause("reference").help("write the operations of the path here")
        })
        .collect()
}
