use std::collections::BTreeSet;

use super::{example_files, files_in_folder};
use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "unused-example-file",
    group: Group::Examples,
    severity: Severity::Warning,
    summary: "Every file in the `examples` folder is used in the document.",
    rationale: "Nothing checks an unused file, so it goes stale.",
    bad: "\
paths: {} # here
",
    good: "\
paths:
  /rooms:
    get:
      responses:
        2XX:
          description: The rooms.
          content:
            application/json:
              schema:
                type: object
              examples:
                none:
                  externalValue: examples/no-rooms.json
                one:
                  externalValue: examples/one-room.json
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let Some(directory) = context.directory else { return Vec::new() };
    // In a document with errors, the used files are not known.
    if context.has_errors() {
        return Vec::new();
    }
    let used: BTreeSet<&str> = example_files(context).filter_map(|(_, entry)| entry.node.str()).collect();
    let existing = files_in_folder(directory);
    let unused = existing.iter().filter(|file| !used.contains(file.as_str()));
    unused
        .map(|file| {
            Diagnostic::new(format!("unused example file {file}"), context.root.locate(["paths"]))
                .label("no example of an operation refers to it")
                .help(format!("add `externalValue: {file}` to an example, or remove the file"))
        })
        .collect()
}
