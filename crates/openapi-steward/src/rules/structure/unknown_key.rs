use std::cell::OnceCell;
use std::collections::HashMap;
use std::ptr;

use crate::document::{Diagnostic, DocumentObject, Entry, Node, Severity, ShapeMismatch, Version};
use crate::rules::rule::{Context, Group, Rule};
use crate::text::did_you_mean;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-key",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "Every key is defined by OpenAPI 3.0 for its object, or begins with `x-`.",
    rationale: "Most tools ignore a key that is misspelled or in the wrong place: `requierd: true` makes a parameter \
          optional without notice.",
    bad: "\
components:
  schemas:
    Room:
      type: object
      desciption: A video room. # here
",
    good: "\
components:
  schemas:
    Room:
      type: object
      description: A video room.
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let unknown = context.written_walk().shape_mismatches.iter().filter_map(|mismatch| match mismatch {
        ShapeMismatch::UnknownKey { entry, object } => Some((*entry, object)),
        _ => None,
    });
    let children = OnceCell::new();
    let finding = |(entry, object): (&Entry, &DocumentObject<'_>)| {
        if entry.key == "$ref" { reference(entry, object) } else { finding(context, entry, object, &children) }
    };
    unknown.map(finding).collect()
}

/// The objects in each object.
type Children<'d> = HashMap<*const Node, Vec<&'d DocumentObject<'d>>>;

fn children<'d>(context: &'d Context<'_>) -> Children<'d> {
    let objects = &context.written_walk().objects;
    let mut children = Children::new();
    for child in objects {
        if let Some(parent) = child.parent.and_then(|parent| objects.get(parent)) {
            children.entry(ptr::from_ref(parent.node)).or_default().push(child);
        }
    }
    children
}

/// The finding for a reference in the place of an object that cannot be one.
fn reference(entry: &Entry, object: &DocumentObject<'_>) -> Diagnostic {
    let name = object.kind.name;
    Diagnostic::new(format!("a reference cannot stand for {name}"), entry.key_span.clone())
        .cause(name)
        .label("OpenAPI does not allow it here, and it is not followed")
        .help("write the object here, or refer to the component or the path that contains it")
        .in_object(&object.node.span)
}

/// Returns the missing key of the object that resembles an unknown key most.
pub(in crate::rules) fn similar_key(
    entry: &Entry,
    object: &DocumentObject<'_>,
    version: Version,
) -> Option<&'static str> {
    let keys = object.kind.keys(version);
    did_you_mean(&entry.key, keys.filter(|key| object.entry(key).is_none()))
}

fn finding<'d>(
    context: &'d Context<'_>,
    entry: &Entry,
    object: &DocumentObject<'_>,
    objects: &OnceCell<Children<'d>>,
) -> Diagnostic {
    let defines_key = |object: &DocumentObject<'_>| object.kind.shape(&entry.key, context.version).is_some();
    let children = || {
        let children = objects.get_or_init(|| children(context)).get(&ptr::from_ref(object.node));
        children.into_iter().flatten().filter(|child| child.key_span.start < entry.key_span.start)
    };
    let help = if let Some(key) = similar_key(entry, object, context.version) {
        format!("did you mean `{key}`?")
    } else if let Some(outer) = ancestors(context, object).find(|ancestor| defines_key(ancestor)) {
        format!("`{}` is a key of {}: is this line indented too much?", entry.key, outer.kind.name)
    } else if let Some(child) = children().rfind(|child| defines_key(child)) {
        format!("`{}` is a key of {}: is this line indented too little?", entry.key, child.kind.name)
    } else {
        format!("remove it, or rename it to `x-{}` if another tool reads it", entry.key.trim_start_matches('$'))
    };
    Diagnostic::new(format!("unknown key `{}`", entry.key), entry.key_span.clone())
        .label(format!("{} has no such key in {}", object.kind.name, context.version.name()))
        .help(help)
        .in_object(&object.node.span)
}

/// The objects that contain an object, the innermost first.
fn ancestors<'d>(
    context: &'d Context<'_>,
    object: &DocumentObject<'_>,
) -> impl Iterator<Item = &'d DocumentObject<'d>> {
    let objects = &context.written_walk().objects;
    std::iter::successors(object.parent.and_then(|parent| objects.get(parent)), |ancestor| {
        objects.get(ancestor.parent?)
    })
}
