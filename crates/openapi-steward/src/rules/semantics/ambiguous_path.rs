use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "ambiguous-path",
    group: Group::Semantics,
    severity: Severity::Error,
    summary: "No URL matches two paths, unless one of them is more specific.",
    rationale: "The names of parameters do not appear in a URL: `/rooms/{Sid}` and `/rooms/{Name}` are the same path. \
          `/rooms/mine` next to `/rooms/{Sid}` is valid, because fixed segments take precedence.",
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
    let paths = context.root.entries_of("paths");
    let mut findings = Vec::new();
    for (index, path) in paths.iter().enumerate() {
        if let Some(earlier) = paths[..index].iter().find(|earlier| overlap(&earlier.key, &path.key)) {
            findings.push(
                Diagnostic::new("a URL can match this path and another one", path.key_span.clone())
                    .related(earlier.key_span.clone(), "the other path")
                    .help("merge the two paths, or make their fixed segments differ"),
            );
        }
    }
    findings
}

/// Returns whether a URL can match both paths and neither is more specific.
fn overlap(one: &str, other: &str) -> bool {
    let (one, other): (Vec<&str>, Vec<&str>) = (one.split('/').collect(), other.split('/').collect());
    if one.len() != other.len() {
        return false;
    }
    let (mut first_is_specific, mut second_is_specific) = (false, false);
    for (one, other) in one.iter().zip(&other) {
        match (one.contains('{'), other.contains('{')) {
            (false, false) if one != other => return false,
            (false, true) => first_is_specific = true,
            (true, false) => second_is_specific = true,
            _ => {}
        }
    }
    first_is_specific == second_is_specific
}
