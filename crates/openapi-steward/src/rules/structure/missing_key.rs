use super::unknown_key::meant_key;
use crate::document::{Diagnostic, Misfit, Severity};
use crate::rules::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "missing-key",
    group: Group::Structure,
    severity: Severity::Error,
    asks: "Every object has the keys that OpenAPI 3.0 requires of it.",
    why: "Without them the object means nothing: a parameter without `in` is nowhere, an operation without `responses` \
          has no answer.",
    bad: "\
openapi: 3.0.3
info: # here
  title: Rooms
paths: {}
",
    good: "\
openapi: 3.0.3
info:
  title: Rooms
  version: 1.0.0
paths: {}
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let misfits = &context.walk.misfits;
    let missing = misfits.iter().filter_map(|misfit| match misfit {
        Misfit::Missing { key, object } => Some((*key, object)),
        _ => None,
    });
    // What is misspelled, or stands somewhere else, is not missing.
    let is_elsewhere = |wanted: &str, of: &crate::document::Found<'_>| {
        misfits.iter().any(|misfit| match misfit {
            Misfit::Key { entry, object } => {
                let misspelled = object.node.span == of.node.span && meant_key(entry, object) == Some(wanted);
                misspelled || entry.key == wanted
            }
            _ => false,
        })
    };
    let missing = missing.filter(|(key, object)| !is_elsewhere(key, object));
    missing
        .map(|(key, object)| {
            let name = object.kind.name;
            object
                .blame(format!("{name} without `{key}`"))
                .help(format!("add `{key}:`, which OpenAPI 3.0 requires here"))
        })
        .collect()
}
