use std::collections::BTreeMap;

use super::similar_target;
use crate::document::{Diagnostic, Misfit, Node, Severity};
use crate::rules::structure::unknown_key::meant_key;
use crate::rules::{Context, Group, Rule};
use crate::text::count;

pub(crate) static RULE: Rule = Rule {
    id: "dangling-reference",
    group: Group::References,
    severity: Severity::Error,
    asks: "A reference leads to something that is there.",
    why: "A reference that leads nowhere stands for anything at all, and is often a name that was misspelled or changed \
          in one place only.",
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
        let leads_nowhere =
            |pointer: &&str| context.root.pointer(pointer).is_none() && !is_misspelled(context, pointer);
        if let Some(pointer) = pointer.filter(leads_nowhere) {
            dangling.entry(pointer).or_default().push(node);
        }
    }
    // A name that was changed in one place is one mistake, however many references there are.
    dangling
        .into_iter()
        .filter_map(|(pointer, nodes)| {
            let span = nodes.first()?.span.clone();
            let others = match nodes.len() - 1 {
                0 => String::new(),
                others => format!(", where {} lead too", count(others, "more reference")),
            };
            let help = match similar_target(context.root, pointer) {
                Some(similar) => format!("did you mean `#{similar}`?"),
                None => "define it, or remove the reference".to_owned(),
            };
            let finding = Diagnostic::new("this reference leads nowhere", span);
            Some(finding.label(format!("there is no `#{pointer}`{others}")).help(help))
        })
        .collect()
}

/// Whether the section that it leads into is there under a misspelled name, which is told of elsewhere.
fn is_misspelled(context: &Context<'_>, pointer: &str) -> bool {
    let section = pointer.split('/').nth(2).unwrap_or_default();
    let misspelled = context
        .walk
        .misfits
        .iter()
        .any(|misfit| matches!(misfit, Misfit::Key { entry, object } if meant_key(entry, object) == Some(section)));
    misspelled && context.components(section).is_empty()
}
