use std::collections::HashSet;

use super::path_template::names;
use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "duplicate-path-name",
    group: Group::Semantics,
    severity: Severity::Error,
    summary: "A path has each name in its braces once.",
    rationale: "Both places would get the value of the same parameter. If they are different values, they need different names.",
    bad: "\
paths:
  /rooms/{Sid}/participants/{Sid}: {} # here
",
    good: "\
paths:
  /rooms/{RoomSid}/participants/{Sid}: {}
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let paths = context.root.entries_of("paths").iter().filter(|path| !path.key.starts_with("x-"));
    paths
        .filter_map(|path| {
            let mut seen = HashSet::new();
            let name = names(&path.key).find(|name| !seen.insert(*name))?;
            let finding = Diagnostic::new(format!("this path has the name `{{{name}}}` twice"), path.key_span.clone());
            Some(finding.in_object(&path.node.span).help("give each place its own name, and declare both parameters"))
        })
        .collect()
}
