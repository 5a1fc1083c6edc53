use crate::document::{Diagnostic, Severity};
use crate::rules::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "ambiguous-path",
    group: Group::Meaning,
    severity: Severity::Error,
    asks: "No URL is of two paths, unless one of them is plainly the more special.",
    why: "The names of parameters mean nothing on the wire: `/rooms/{Sid}` and `/rooms/{Name}` are the same path. \
          `/rooms/mine` beside `/rooms/{Sid}` is fine, because what is written out goes first.",
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
                Diagnostic::new("a URL can be of this path and of another", path.key_span.clone())
                    .related(earlier.key_span.clone(), "the other path")
                    .help("make one path of the two, or write out what tells them apart"),
            );
        }
    }
    findings
}

/// Whether a URL can be of both paths, and neither is the more special one.
fn overlap(one: &str, other: &str) -> bool {
    let (one, other): (Vec<&str>, Vec<&str>) = (one.split('/').collect(), other.split('/').collect());
    if one.len() != other.len() {
        return false;
    }
    let (mut first_is_special, mut second_is_special) = (false, false);
    for (one, other) in one.iter().zip(&other) {
        match (one.contains('{'), other.contains('{')) {
            (false, false) if one != other => return false,
            (false, true) => first_is_special = true,
            (true, false) => second_is_special = true,
            _ => {}
        }
    }
    first_is_special == second_is_special
}
