use std::collections::HashMap;

use super::path_template::without_names;
use crate::document::{Diagnostic, Entry, Severity};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "duplicate-path",
    group: Group::Semantics,
    severity: Severity::Error,
    summary: "No two paths differ only in the names of their parameters.",
    rationale: "The names of parameters do not appear in a URL: `/rooms/{Sid}` and `/rooms/{Name}` are the same path, and OpenAPI forbids both.",
    bad: "\
paths:
  /rooms/{Sid}: {}
  /rooms/{Name}: {} # here
",
    good: "\
paths:
  /rooms/{Sid}: {}
  /rooms/mine: {}
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut earlier: HashMap<String, &Entry> = HashMap::new();
    let mut findings = Vec::new();
    for path in context.root.entries_of("paths").iter().filter(|path| !path.key.starts_with("x-")) {
        if let Some(first) = earlier.get(without_names(&path.key).as_str()) {
            let finding = Diagnostic::new("this path is the same as another one", path.key_span.clone());
            let finding = finding.in_object(&path.node.span).related(first.key_span.clone(), "the other path");
            findings.push(finding.help("merge the two paths, or make their fixed segments differ"));
        } else {
            earlier.insert(without_names(&path.key), path);
        }
    }
    findings
}
