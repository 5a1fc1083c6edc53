//! Changes of a schema, which mean other things in what is sent than in what is answered.

use std::collections::BTreeSet;

use serde_json::Value;

use super::change::{At, Weight};
use super::wire::Wire;
use crate::spec::{Entry, Node};

/// Which way a value goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Direction {
    Request,
    Response,
}

/// What limits a value from below, and from above.
const LEAST: [&str; 4] = ["minimum", "minLength", "minItems", "minProperties"];
const MOST: [&str; 4] = ["maximum", "maxLength", "maxItems", "maxProperties"];
const WORDS: [&str; 7] =
    ["description", "title", "example", "examples", "externalDocs", "x-enumDescriptions", "deprecated"];

impl Direction {
    /// What it means when more values are allowed than before.
    const fn wider(self) -> Weight {
        match self {
            Self::Request => Weight::Additive,
            Self::Response => Weight::Breaking,
        }
    }

    /// What it means when fewer are.
    const fn narrower(self) -> Weight {
        match self {
            Self::Request => Weight::Breaking,
            Self::Response => Weight::Additive,
        }
    }
}

/// A schema with what it refers to in its place.
struct Resolved<'a> {
    /// The schema, then what it refers to: what stands in the first counts.
    layers: Vec<&'a Node>,
    /// The name of the component, if it is one.
    name: Option<&'a str>,
}

impl<'a> Resolved<'a> {
    fn of(root: &'a Node, schema: &'a Node) -> Self {
        let (mut layers, mut name, mut rest) = (vec![schema], None, Some(schema));
        while let Some(node) = rest {
            let only = node.get("allOf").map(Node::items).filter(|parts| parts.len() == 1).map(|parts| &parts[0]);
            let target = node.get_str("$ref");
            rest = only.or_else(|| root.pointer(target?.trim_start_matches('#')));
            if let Some(target) = target {
                name = target.rsplit('/').next();
            }
            if layers.len() > 8 {
                break;
            }
            layers.extend(rest);
        }
        Self { layers, name }
    }

    fn entry(&self, key: &str) -> Option<&'a Entry> {
        self.layers.iter().find_map(|layer| layer.entry(key))
    }

    fn json(&self, key: &str) -> Value {
        self.entry(key).map(|entry| entry.node.to_json()).unwrap_or_default()
    }

    fn list(&self, key: &str) -> BTreeSet<String> {
        let items = self.entry(key).map(|entry| entry.node.items()).unwrap_or_default();
        items.iter().map(|item| item.str().map_or_else(|| item.to_json().to_string(), str::to_owned)).collect()
    }

    /// What to blame for a key: the key, or the schema without it.
    fn at(&self, key: &str) -> At {
        let schema = self.layers.first().map_or(0..0, |layer| layer.span.clone());
        At::new(&self.entry(key).map_or(schema, |entry| entry.key_span.clone()))
    }
}

/// Compares two schemas. `what` is what they are of, unless they have a name of their own.
pub(super) fn compare(wire: &mut Wire<'_>, what: &str, old: &Node, new: &Node, direction: Direction) {
    let (before, after) = (Resolved::of(wire.old, old), Resolved::of(wire.new, new));
    // An object is spoken of by its own name, wherever it is used.
    let named = after.name.filter(|_| after.entry("properties").is_some() || after.entry("enum").is_some());
    let what = named.unwrap_or(what);
    if let (Some(one), Some(other)) = (before.name, after.name)
        && !wire.compared.insert((one.to_owned(), other.to_owned(), direction))
    {
        return;
    }
    kind(wire, what, &before, &after, direction);
    values(wire, what, &before, &after, direction);
    limits(wire, what, &before, &after, direction);
    properties(wire, what, &before, &after, direction);
    for key in WORDS {
        if before.json(key) != after.json(key) {
            wire.add(Weight::Words, what, format!("the {key} is another"), after.at(key));
        }
    }
    if before.json("default") != after.json("default") {
        let how = format!("the default was {} and is {}", before.json("default"), after.json("default"));
        wire.add(Weight::Notice, what, how, after.at("default"));
    }
    if let (Some(old), Some(new)) = (before.entry("items"), after.entry("items")) {
        compare(wire, &format!("{what}[]"), &old.node, &new.node, direction);
    }
}

fn kind(wire: &mut Wire<'_>, what: &str, before: &Resolved<'_>, after: &Resolved<'_>, direction: Direction) {
    for key in ["type", "format"] {
        let (old, new) = (before.json(key), after.json(key));
        if old != new {
            let weight = match (key, old.is_null(), new.is_null()) {
                ("format", true, false) => direction.narrower(),
                ("format", false, true) => direction.wider(),
                _ => Weight::Breaking,
            };
            let shown = |value: &Value| value.as_str().map_or_else(|| "none".to_owned(), |text| format!("`{text}`"));
            wire.add(weight, what, format!("the {key} was {} and is {}", shown(&old), shown(&new)), after.at(key));
        }
    }
    let null = |schema: &Resolved<'_>| schema.json("nullable") == true;
    match (null(before), null(after)) {
        (false, true) => wire.add(direction.wider(), what, "may be null now", after.at("nullable")),
        (true, false) => wire.add(direction.narrower(), what, "may not be null any more", after.at("nullable")),
        _ => {}
    }
}

fn values(wire: &mut Wire<'_>, what: &str, before: &Resolved<'_>, after: &Resolved<'_>, direction: Direction) {
    if before.entry("enum").is_none() && after.entry("enum").is_none() {
        return;
    }
    let (old, new) = (before.list("enum"), after.list("enum"));
    for value in new.difference(&old) {
        // Our enums are open: a value that nobody knows is kept.
        wire.add(Weight::Additive, what, format!("has the value `{value}`"), after.at("enum"));
    }
    for value in old.difference(&new) {
        wire.add(direction.narrower(), what, format!("has the value `{value}` no more"), after.at("enum"));
    }
}

fn limits(wire: &mut Wire<'_>, what: &str, before: &Resolved<'_>, after: &Resolved<'_>, direction: Direction) {
    let limits = LEAST.iter().map(|key| (*key, true)).chain(MOST.iter().map(|key| (*key, false)));
    for (key, least) in limits {
        let (old, new) = (before.json(key), after.json(key));
        if old == new {
            continue;
        }
        let narrower = match (old.as_f64(), new.as_f64()) {
            (Some(old), Some(new)) => (new > old) == least,
            (None, _) => true,
            (_, None) => false,
        };
        let weight = if narrower { direction.narrower() } else { direction.wider() };
        let shown = |value: &Value| if value.is_null() { "none".to_owned() } else { value.to_string() };
        wire.add(weight, what, format!("the {key} was {} and is {}", shown(&old), shown(&new)), after.at(key));
    }
    let (old, new) = (before.json("pattern"), after.json("pattern"));
    if old != new {
        let weight = match (old.is_null(), new.is_null()) {
            (true, _) => direction.narrower(),
            (_, true) => direction.wider(),
            _ => Weight::Breaking,
        };
        wire.add(weight, what, "the pattern is another", after.at("pattern"));
    }
}

fn properties(wire: &mut Wire<'_>, what: &str, before: &Resolved<'_>, after: &Resolved<'_>, direction: Direction) {
    let entries = |schema: &Resolved<'_>| schema.entry("properties").map(|entry| entry.node.entries().to_vec());
    let (old, new) = (entries(before).unwrap_or_default(), entries(after).unwrap_or_default());
    let (was_required, is_required) = (before.list("required"), after.list("required"));
    for property in &old {
        let name = format!("{what}.{}", property.key);
        let Some(other) = new.iter().find(|other| other.key == property.key) else {
            wire.add(Weight::Breaking, &name, "is gone", At::old(&property.key_span));
            continue;
        };
        match (was_required.contains(&property.key), is_required.contains(&property.key)) {
            (false, true) => wire.add(direction.narrower(), &name, "is required now", At::new(&other.key_span)),
            (true, false) => wire.add(direction.wider(), &name, "is not required any more", At::new(&other.key_span)),
            _ => {}
        }
        compare(wire, &name, &property.node, &other.node, direction);
    }
    for property in new.iter().filter(|property| !old.iter().any(|other| other.key == property.key)) {
        let required = direction == Direction::Request && is_required.contains(&property.key);
        let (weight, how) =
            if required { (Weight::Breaking, "is new and required") } else { (Weight::Additive, "is new") };
        wire.add(weight, &format!("{what}.{}", property.key), how, At::new(&property.key_span));
    }
}
