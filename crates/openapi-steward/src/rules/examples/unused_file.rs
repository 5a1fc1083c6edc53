use std::collections::BTreeSet;

use super::file::in_folder;
use super::files;
use crate::document::{Diagnostic, Severity};
use crate::rules::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "unused-example-file",
    group: Group::Examples,
    severity: Severity::Warning,
    asks: "Every file in the folder of examples is an example of the document.",
    why: "A file that nothing points at is not checked against anything.",
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
    // What is named cannot be known of a document with errors.
    if context.has_errors() {
        return Vec::new();
    }
    let named: BTreeSet<&str> = files(context).filter_map(|(_, entry)| entry.node.str()).collect();
    let there = in_folder(directory);
    let unused = there.iter().filter(|file| !named.contains(file.as_str()));
    unused
        .map(|file| {
            Diagnostic::new(format!("no example of the document points at {file}"), context.root.locate(["paths"]))
                .label("not from any operation")
                .help(format!("add `externalValue: {file}` to an example, or remove the file"))
        })
        .collect()
}
