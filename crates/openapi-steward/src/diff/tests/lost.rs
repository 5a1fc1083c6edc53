//! No difference is lost: removing, adding or changing a value anywhere in the spec is reported.

use super::edits::base;
use super::*;
use crate::document::Node;

/// An edit of one place.
#[derive(Debug, Clone, Copy)]
enum Edit {
    Remove,
    Add,
    Change,
}

/// Collects the places of a document, each as the steps that lead to it.
fn places(node: &Node, steps: &mut Vec<usize>, all: &mut Vec<Vec<usize>>) {
    let inner = node.entries().iter().map(|entry| &entry.node).chain(node.items());
    for (index, inner) in inner.enumerate() {
        steps.push(index);
        all.push(steps.clone());
        places(inner, steps, all);
        steps.pop();
    }
}

/// Edits one place of the JSON. Returns whether that is possible, and adds the keys that lead there to `path`.
fn apply(value: &mut serde_json::Value, steps: &[usize], edit: Edit, path: &mut Vec<String>) -> bool {
    use serde_json::Value;
    let Some((first, rest)) = steps.split_first() else { return false };
    let key = value.as_object().and_then(|map| map.keys().nth(*first).cloned());
    path.push(key.clone().unwrap_or_default());
    if !rest.is_empty() {
        let inner = match (value, key) {
            (Value::Object(map), Some(key)) => map.get_mut(&key),
            (Value::Array(items), _) => items.get_mut(*first),
            _ => None,
        };
        return inner.is_some_and(|inner| apply(inner, rest, edit, path));
    }
    match (value, edit, key) {
        (Value::Object(map), Edit::Remove, Some(key)) => map.remove(&key).is_some(),
        (Value::Array(items), Edit::Remove, _) => {
            items.remove(*first);
            true
        }
        (Value::Object(map), Edit::Add, _) => map.insert("x-added".to_owned(), 1.into()).is_none(),
        (Value::Object(map), Edit::Change, Some(key)) => map.get_mut(&key).is_some_and(change),
        (Value::Array(items), Edit::Change, _) => items.get_mut(*first).is_some_and(change),
        _ => false,
    }
}

fn change(value: &mut serde_json::Value) -> bool {
    use serde_json::Value;
    *value = match &*value {
        Value::Bool(one) => (!one).into(),
        Value::Number(one) => (one.as_u64().unwrap_or_default() + 1).into(),
        Value::String(one) => format!("{one}x").into(),
        _ => return false,
    };
    true
}

#[test]
fn every_difference_is_reported() -> Result<(), CouldNotRun> {
    let root = &base()?.document.root;
    let json = root.to_json();
    let mut all = Vec::new();
    places(root, &mut Vec::new(), &mut all);
    let mut reported = 0;
    // All places would take minutes; some of them, with one edit each, cover every kind.
    for (index, steps) in all.iter().step_by(29).enumerate() {
        let mut kinds = [Edit::Remove, Edit::Change, Edit::Add, Edit::Remove, Edit::Change].into_iter().skip(index % 3);
        let done = kinds.find_map(|kind| {
            let (mut edited, mut path) = (json.clone(), Vec::new());
            apply(&mut edited, steps, kind, &mut path).then_some((kind, edited, path))
        });
        let Some((kind, edited, path)) = done.filter(|(_, _, path)| path.last().is_none_or(|key| key != "operationId"))
        else {
            continue;
        };
        let new = parse(&edited.to_string())?;
        let is_reported = |old: &Node, new: &Node| !changes(&unchecked(old), &unchecked(new)).is_empty();
        assert!(is_reported(root, &new), "{kind:?} {}", path.join("."));
        assert!(is_reported(&new, root), "{kind:?} {}, the other way", path.join("."));
        reported += 1;
    }
    assert!(reported > 50, "{reported}");
    Ok(())
}

#[test]
fn two_differences_at_one_place_are_both_reported() -> Result<(), CouldNotRun> {
    let spec = |schema: &str| {
        let response =
            "{ description: d, content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } }";
        let paths = format!("{{ /a: {{ get: {{ responses: {{ '200': {response} }} }} }} }}");
        format!("openapi: 3.0.3\npaths: {paths}\ncomponents: {{ schemas: {{ A: {schema} }} }}\n")
    };
    let parse = |schema: &str| super::parse(&spec(schema));
    let one = parse("{ type: object, x-one: 1, discriminator: { propertyName: a } }")?;
    let other = parse("{ type: object, x-one: 2, discriminator: { propertyName: b } }")?;
    let subjects: Vec<String> = wire_changes(&one, &other).iter().map(|change| change.item.clone()).collect();
    assert_eq!(subjects, ["A", "A"]);
    Ok(())
}
