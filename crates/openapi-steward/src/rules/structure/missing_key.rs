use std::collections::HashMap;
use std::ptr;

use super::unknown_key::similar_key;
use crate::document::{Diagnostic, DocumentObject, Entry, Node, Severity, ShapeMismatch};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "missing-key",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "Every object has the keys that OpenAPI 3.0 requires.",
    rationale: "Without them the object is incomplete: a parameter without `in` cannot be sent, and an operation without \
          `responses` has no result.",
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
    let parts = ["paths", "components", "webhooks"];
    let is_empty = context.version.has_json_schema() && !parts.iter().any(|key| context.written.get(key).is_some());
    let document = context.written_walk().objects.first().filter(|_| is_empty);
    let empty = document.map(|document| {
        let finding = document.finding("missing key `paths`, `components` or `webhooks`");
        finding.label(format!("{} requires one of them", context.version.name())).help("add `paths:`")
    });
    let mismatches = &context.written_walk().shape_mismatches;
    let missing = mismatches.iter().filter_map(|mismatch| match mismatch {
        ShapeMismatch::MissingKey { key, object } => Some((*key, object)),
        _ => None,
    });
    // A reference that cannot stand for the object has a finding already.
    let missing = missing.filter(|(_, object)| object.entry("$ref").is_none());
    // A key that is misspelled, or that is one level too high or too deep, has a finding already.
    let parent = |object: &DocumentObject<'_>| {
        object
            .parent
            .and_then(|index| context.written_walk().objects.get(index))
            .map(|object| ptr::from_ref(object.node))
    };
    let mut unknown: HashMap<*const Node, Vec<(&Entry, &DocumentObject<'_>)>> = HashMap::new();
    for mismatch in mismatches {
        if let ShapeMismatch::UnknownKey { entry, object } = mismatch {
            for holder in std::iter::once(ptr::from_ref(object.node)).chain(parent(object)) {
                unknown.entry(holder).or_default().push((entry, object));
            }
        }
    }
    let is_elsewhere = |missing: &str, holder: &DocumentObject<'_>| {
        let around = std::iter::once(ptr::from_ref(holder.node)).chain(parent(holder));
        let mut keys = around.filter_map(|node| unknown.get(&node)).flatten();
        keys.any(|(entry, object)| {
            let is_misspelled = ptr::from_ref(object.node) == ptr::from_ref(holder.node)
                && similar_key(entry, object, context.version) == Some(missing);
            is_misspelled || entry.key == missing
        })
    };
    let missing = missing.filter(|(key, object)| !is_elsewhere(key, object));
    missing
        .map(|(key, object)| {
            let name = object.kind.name;
            object
                .finding(format!("missing key `{key}`"))
                .label(format!("{} requires `{key}` in {name}", context.version.name()))
                .help(format!("add `{key}:`"))
        })
        .chain(empty)
        .collect()
}
