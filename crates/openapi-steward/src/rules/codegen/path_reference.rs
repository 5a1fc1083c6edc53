use crate::document::{Diagnostic, Severity};
use crate::rules::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "path-reference",
    group: Group::Codegen,
    severity: Severity::Error,
    asks: "Every path is written out in `paths`.",
    why: "The generator does not follow a reference there: the operations behind it would be left out.",
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
            let finding = Diagnostic::new("a path that is a reference", reference.key_span.clone());
            finding.help("write the path out here; the generator does not follow it")
        })
        .collect()
}
