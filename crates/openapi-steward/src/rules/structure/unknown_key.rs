use crate::document::{Diagnostic, Entry, Found, Misfit, Severity};
use crate::rules::{Context, Group, Rule};
use crate::text::did_you_mean;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-key",
    group: Group::Structure,
    severity: Severity::Error,
    asks: "Every key is one that its object has in OpenAPI 3.0, or begins with `x-`.",
    why: "A key that is misspelled or in the wrong place is ignored by most tools: `requierd: true` makes a parameter \
          optional without a word.",
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
    let unknown = context.walk.misfits.iter().filter_map(|misfit| match misfit {
        Misfit::Key { entry, object } => Some(finding(context, entry, object)),
        _ => None,
    });
    unknown.collect()
}

/// The key that an unknown one was most likely meant to be.
pub(in crate::rules) fn meant_key(entry: &Entry, object: &Found<'_>) -> Option<&'static str> {
    let keys = object.kind.keys.iter().map(|(key, _)| *key);
    did_you_mean(&entry.key, keys.filter(|key| object.entry(key).is_none()))
}

fn finding(context: &Context<'_>, entry: &Entry, object: &Found<'_>) -> Diagnostic {
    let has_it = |found: &Found<'_>| found.kind.keys.iter().any(|(key, _)| *key == entry.key);
    let mut inner = context.walk.objects.iter().filter(|found| {
        let parent = found.parent.and_then(|parent| context.walk.objects.get(parent));
        parent.is_some_and(|parent| parent.node.span == object.node.span) && found.at.start < entry.key_span.start
    });
    let help = if let Some(key) = meant_key(entry, object) {
        format!("did you mean `{key}`?")
    } else if let Some(outer) = around(context, object).find(|found| has_it(found)) {
        format!("{} has such a key: is this line indented too deep?", outer.kind.name)
    } else if let Some(inner) = inner.rfind(|found| has_it(found)) {
        format!("{} has such a key: is this line indented too little?", inner.kind.name)
    } else {
        format!("remove it, or name it `x-{}` if it is meant for another tool", entry.key.trim_start_matches('$'))
    };
    Diagnostic::new(format!("unknown key `{}`", entry.key), entry.key_span.clone())
        .label(format!("{} has no such key in OpenAPI 3.0", object.kind.name))
        .help(help)
        .about(&object.node.span)
}

/// The objects around an object, the innermost first.
fn around<'d>(context: &'d Context<'_>, object: &Found<'_>) -> impl Iterator<Item = &'d Found<'d>> {
    let objects = &context.walk.objects;
    std::iter::successors(object.parent.and_then(|parent| objects.get(parent)), |found| objects.get(found.parent?))
}
