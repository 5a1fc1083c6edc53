use std::cmp::Ordering;
use std::collections::{BTreeMap, HashSet};

use super::path_template::{Segment, without_names};
use crate::document::{Diagnostic, Entry, Severity};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "ambiguous-path",
    group: Group::Semantics,
    severity: Severity::Warning,
    summary: "No URL matches two paths, unless one of them is more specific.",
    rationale: "OpenAPI leaves it to each tool which of the two paths a request belongs to. `/rooms/mine` next to `/rooms/{Sid}` is \
          clear, because fixed segments take precedence.",
    bad: "\
paths:
  /rooms/{Sid}/participants: {}
  /rooms/latest/{Name}: {} # here
",
    good: "\
paths:
  /rooms/{Sid}/participants: {}
  /rooms/latest/participants: {}
",
    check,
};

/// The number of steps that the search takes at most, for documents with very many paths.
const MAX_STEPS: usize = 1_000_000;

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut tree = Tree::default();
    let (mut findings, mut steps, mut seen) = (Vec::new(), MAX_STEPS, HashSet::new());
    for path in context.root.entries_of("paths").iter().filter(|path| !path.key.starts_with("x-")) {
        // Another rule reports a path that is there twice.
        if !seen.insert(without_names(&path.key)) {
            continue;
        }
        let segments: Vec<Segment<'_>> = Segment::all(&path.key).collect();
        if let Some(earlier) = tree.ambiguous(&segments, (false, false), &mut steps) {
            findings.push(
                Diagnostic::new("a URL can match this path and another one", path.key_span.clone())
                    .related(earlier.key_span.clone(), "the other path")
                    .help("make their fixed segments differ, or make one of them more specific in each segment"),
            );
        }
        tree.insert(&segments, path);
    }
    findings
}

/// The paths so far, by their segments.
#[derive(Default)]
struct Tree<'d> {
    path: Option<&'d Entry>,
    children: BTreeMap<Segment<'d>, Tree<'d>>,
}

impl<'d> Tree<'d> {
    fn insert(&mut self, segments: &[Segment<'d>], path: &'d Entry) {
        match segments.split_first() {
            Some((first, rest)) => self.children.entry(*first).or_default().insert(rest, path),
            None => self.path = Some(path),
        }
    }

    /// Finds a path that has more specific segments than this one, and less specific ones. `specific` says which of the two has a
    /// more specific segment before these.
    fn ambiguous(&self, segments: &[Segment<'d>], specific: (bool, bool), steps: &mut usize) -> Option<&'d Entry> {
        *steps = steps.checked_sub(1)?;
        let Some((first, rest)) = segments.split_first() else {
            return self.path.filter(|_| specific == (true, true));
        };
        self.children.iter().find_map(|(segment, child)| {
            let specific = match first.compare(*segment)? {
                Ordering::Greater => (true, specific.1),
                Ordering::Equal => specific,
                Ordering::Less => (specific.0, true),
            };
            child.ambiguous(rest, specific, steps)
        })
    }
}
