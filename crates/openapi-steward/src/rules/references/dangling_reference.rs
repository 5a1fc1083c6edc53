use std::collections::BTreeMap;

use super::similar_target;
use crate::document::{Diagnostic, Node, Severity, ShapeMismatch};
use crate::rules::rule::{Context, Group, Rule};
use crate::rules::structure::unknown_key::similar_key;

pub(crate) static RULE: Rule = Rule {
    id: "dangling-reference",
    group: Group::References,
    severity: Severity::Error,
    summary: "The target of a reference exists.",
    rationale: "A reference without a target has no meaning. A common cause is a name that is misspelled, or that was \
          changed in one place only.",
    bad: "\
components:
  schemas:
    Room: {}
    Other:
      $ref: '#/components/schemas/Rom' # here
",
    good: "\
components:
  schemas:
    Room: {}
    Other:
      $ref: '#/components/schemas/Room'
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut dangling: BTreeMap<&str, Vec<&Node>> = BTreeMap::new();
    for node in context.walk.references.iter().map(|reference| reference.node) {
        let pointer = node.str().and_then(|target| target.strip_prefix('#'));
        let is_dangling =
            |pointer: &&str| context.root.fragment(pointer).is_none() && !is_in_misspelled_section(context, pointer);
        if let Some(pointer) = pointer.filter(is_dangling) {
            dangling.entry(pointer).or_default().push(node);
        }
    }
    // All references to one missing target are one mistake.
    dangling
        .into_iter()
        .filter_map(|(pointer, nodes)| {
            let span = nodes.first()?.span.clone();
            let more = match nodes.len() - 1 {
                0 => String::new(),
                1 => "; 1 more reference has this target".to_owned(),
                more => format!("; {more} more references have this target"),
            };
            let help = match similar_target(context.root, pointer) {
                Some(similar) => format!("did you mean `#{similar}`?"),
                None => "define it, or remove the reference".to_owned(),
            };
            let finding = Diagnostic::new("the target of this reference does not exist", span);
            Some(finding.label(format!("there is no `#{pointer}`{more}")).help(help))
        })
        .collect()
}

/// Returns whether the section of a target has a misspelled name, which another rule reports.
fn is_in_misspelled_section(context: &Context<'_>, pointer: &str) -> bool {
    let section = pointer.split('/').nth(2).unwrap_or_default();
    let is_misspelled = context
        .walk
        .shape_mismatches
        .iter()
        .any(|mismatch| matches!(mismatch, ShapeMismatch::UnknownKey { entry, object } if similar_key(entry, object) == Some(section)));
    is_misspelled && context.components(section).is_empty()
}
