//! Changes of a schema, which mean other things in what is sent than in what is answered.

use std::collections::BTreeSet;

use serde_json::Value;

use super::change::{At, Weight};
use super::resolved::Resolved;
use super::wire::Wire;
use crate::document::Node;
use crate::text::count;

/// Which way a value goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Direction {
    Request,
    Response,
}

/// What limits a value from below, and from above.
const LEAST: [&str; 4] = ["minimum", "minLength", "minItems", "minProperties"];
const MOST: [&str; 4] = ["maximum", "maxLength", "maxItems", "maxProperties"];
const WORDS: [&str; 6] = ["description", "title", "example", "examples", "externalDocs", "x-enumDescriptions"];

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

/// A schema in two versions.
struct Pair<'a> {
    /// What it is of, and what it is called by itself, if it is an object or an enum with a name.
    what: &'a str,
    named: Option<&'a str>,
    before: Resolved<'a>,
    after: Resolved<'a>,
    direction: Direction,
}

/// Compares two schemas. `what` is what they are of, unless they have a name of their own.
pub(super) fn compare(wire: &mut Wire<'_>, what: &str, old: &Node, new: &Node, direction: Direction) {
    let (root_before, root_after) = (wire.old, wire.new);
    let (before, after) = (Resolved::of(root_before, old), Resolved::of(root_after, new));
    // An object is spoken of by its own name, wherever it is used.
    let is_object = after.entry("properties").is_some() || after.entry("enum").is_some();
    let named = after.name.filter(|name| is_object && before.name == Some(name));
    let pair = Pair { what, named, before, after, direction };
    pair.kind(wire);
    pair.values(wire);
    pair.limits(wire);
    pair.words(wire);
    if let (Some(one), Some(other)) = (pair.before.name, pair.after.name)
        && !wire.compared.insert((one.to_owned(), other.to_owned(), direction))
    {
        return;
    }
    pair.properties(wire);
    pair.others(wire);
    pair.parts(wire);
    if let (Some(old), Some(new)) = (pair.before.entry("items"), pair.after.entry("items")) {
        compare(wire, &format!("{}[]", pair.subject("items")), &old.node, &new.node, direction);
    }
}

impl Pair<'_> {
    /// What a key is said of: what stands beside a reference is not of what it leads to.
    fn subject(&self, key: &str) -> &str {
        let is_own = self.after.has_own(key) || self.before.has_own(key);
        self.named.filter(|_| !is_own).unwrap_or(self.what)
    }

    fn json(&self, key: &str) -> (Value, Value) {
        (self.before.json(key), self.after.json(key))
    }

    /// Says what has changed of a key; blames the key, or the schema that it is gone from.
    fn say(&self, wire: &mut Wire<'_>, key: &str, weight: Weight, how: impl Into<String>) {
        let (old, new) = (self.before.entry(key), self.after.entry(key));
        wire.told.extend(old.map(|entry| At::old(&entry.key_span)));
        let schema = || self.after.layers.first().map_or(0..0, |layer| layer.span.clone());
        let at = At::new(&new.map_or_else(schema, |entry| entry.key_span.clone()));
        wire.add(weight, self.subject(key), how, at);
    }

    fn kind(&self, wire: &mut Wire<'_>) {
        for key in ["type", "format"] {
            let (old, new) = self.json(key);
            if old != new {
                let weight = match (key, old.is_null(), new.is_null()) {
                    ("format", true, false) => self.direction.narrower(),
                    ("format", false, true) => self.direction.wider(),
                    _ => Weight::Breaking,
                };
                let shown =
                    |value: &Value| value.as_str().map_or_else(|| "none".to_owned(), |text| format!("`{text}`"));
                self.say(wire, key, weight, format!("the {key} was {} and is {}", shown(&old), shown(&new)));
            }
        }
        let (old, new) = self.json("nullable");
        match (old == true, new == true) {
            (false, true) => self.say(wire, "nullable", self.direction.wider(), "may be null now"),
            (true, false) => self.say(wire, "nullable", self.direction.narrower(), "may not be null any more"),
            _ => {}
        }
    }

    fn values(&self, wire: &mut Wire<'_>) {
        let (old, new) = (self.before.list("enum"), self.after.list("enum"));
        match (self.before.entry("enum"), self.after.entry("enum")) {
            (None, Some(_)) => {
                self.say(wire, "enum", self.direction.narrower(), format!("can only be {} now", quoted(&new)));
            }
            (Some(_), None) => self.say(wire, "enum", self.direction.wider(), "can be any value now"),
            _ => {
                for value in new.difference(&old) {
                    // Our enums are open: a value that nobody knows is kept.
                    self.say(wire, "enum", Weight::Additive, format!("has the value `{value}`"));
                }
                for value in old.difference(&new) {
                    self.say(wire, "enum", self.direction.narrower(), format!("has the value `{value}` no more"));
                }
            }
        }
    }

    fn limits(&self, wire: &mut Wire<'_>) {
        let limits = LEAST.iter().map(|key| (*key, true)).chain(MOST.iter().map(|key| (*key, false)));
        for (key, least) in limits {
            let (old, new) = self.json(key);
            if old == new {
                continue;
            }
            let narrower = match (old.as_f64(), new.as_f64()) {
                (Some(old), Some(new)) => (new > old) == least,
                (None, _) => true,
                (_, None) => false,
            };
            let weight = if narrower { self.direction.narrower() } else { self.direction.wider() };
            self.say(wire, key, weight, format!("the {key} was {} and is {}", shown(&old), shown(&new)));
        }
        let (old, new) = self.json("pattern");
        if old != new {
            let weight = match (old.is_null(), new.is_null()) {
                (true, _) => self.direction.narrower(),
                (_, true) => self.direction.wider(),
                _ => Weight::Breaking,
            };
            self.say(wire, "pattern", weight, "the pattern is another");
        }
    }

    fn words(&self, wire: &mut Wire<'_>) {
        for key in WORDS {
            let (old, new) = self.json(key);
            if old != new {
                self.say(wire, key, Weight::Words, another(key));
            }
        }
        let (old, new) = self.json("default");
        if old != new {
            let how = format!("the default was {} and is {}", shown(&old), shown(&new));
            self.say(wire, "default", Weight::Notice, how);
        }
        let (old, new) = self.json("deprecated");
        if (old == true) != (new == true) {
            let how = if new == true { "is deprecated now" } else { "is not deprecated any more" };
            self.say(wire, "deprecated", Weight::Notice, how);
        }
    }

    fn properties(&self, wire: &mut Wire<'_>) {
        let entries = |schema: &Resolved<'_>| schema.entry("properties").map(|entry| entry.node.entries().to_vec());
        let (old, new) = (entries(&self.before).unwrap_or_default(), entries(&self.after).unwrap_or_default());
        let (was_required, is_required) = (self.before.list("required"), self.after.list("required"));
        let what = self.subject("properties");
        for property in &old {
            let name = format!("{what}.{}", property.key);
            let Some(other) = new.iter().find(|other| other.key == property.key) else {
                wire.add(Weight::Breaking, &name, "is gone", At::old(&property.key_span));
                continue;
            };
            let at = At::new(&other.key_span);
            match (was_required.contains(&property.key), is_required.contains(&property.key)) {
                (false, true) => wire.add(self.direction.narrower(), &name, "is required now", at),
                (true, false) => wire.add(self.direction.wider(), &name, "is not required any more", at),
                _ => {}
            }
            compare(wire, &name, &property.node, &other.node, self.direction);
        }
        for property in new.iter().filter(|property| !old.iter().any(|other| other.key == property.key)) {
            let required = self.direction == Direction::Request && is_required.contains(&property.key);
            let (weight, how) =
                if required { (Weight::Breaking, "is new and required") } else { (Weight::Additive, "is new") };
            wire.add(weight, &format!("{what}.{}", property.key), how, At::new(&property.key_span));
        }
    }

    /// The properties that have no name in the spec. Without a word about them, they are allowed.
    fn others(&self, wire: &mut Wire<'_>) {
        let key = "additionalProperties";
        let (old, new) = self.json(key);
        let schemas = (self.before.entry(key), self.after.entry(key));
        match ((old == false), (new == false)) {
            (true, true) => {}
            (false, true) => {
                self.say(wire, key, self.direction.narrower(), "has no properties but those it lists now");
            }
            // A client passes over what it does not know.
            (true, false) => self.say(wire, key, Weight::Additive, "may have other properties now"),
            (false, false) => match schemas {
                (Some(one), Some(other)) if old.is_object() && new.is_object() => {
                    let what = format!("{}.*", self.subject(key));
                    compare(wire, &what, &one.node, &other.node, self.direction);
                }
                (_, Some(_)) if new.is_object() => {
                    self.say(wire, key, self.direction.narrower(), "has other properties of one schema only now");
                }
                (Some(_), _) if old.is_object() => {
                    self.say(wire, key, self.direction.wider(), "may have other properties of any schema now");
                }
                _ => {}
            },
        }
    }

    /// What is one of several schemas, or all of them. Their order means nothing.
    fn parts(&self, wire: &mut Wire<'_>) {
        for key in ["allOf", "anyOf", "oneOf"] {
            let (mut old, mut new) = (self.before.parts(key), self.after.parts(key));
            let same: Vec<Value> = old.iter().map(|part| part.to_json()).collect();
            old.retain(|part| !new.iter().any(|other| other.to_json() == part.to_json()));
            new.retain(|part| !same.contains(&part.to_json()));
            if old.len() == new.len() {
                for (index, (one, other)) in old.into_iter().zip(new).enumerate() {
                    let what = format!("{}, {key} {}", self.subject(key), index + 1);
                    compare(wire, &what, one, other, self.direction);
                }
                continue;
            }
            let (was, is) = (!self.before.parts(key).is_empty(), !self.after.parts(key).is_empty());
            // All of more is less, and so is any of some where there was no choice to make.
            let more = new.len() > old.len();
            let wider = if was && is { more != (key == "allOf") } else { was };
            let weight = if wider { self.direction.wider() } else { self.direction.narrower() };
            let how = match (old.len(), new.len()) {
                (0, more) => format!("the {key} has {} more", count(more, "part")),
                (less, 0) => format!("the {key} has {} less", count(less, "part")),
                (old, new) => format!("the {key} has {} in place of {old}", count(new, "part")),
            };
            self.say(wire, key, weight, how);
        }
    }
}

fn quoted(values: &BTreeSet<String>) -> String {
    values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ")
}

/// That something with this name is not what it was.
pub(super) fn another(key: &str) -> String {
    if key.ends_with('s') { format!("the {key} are others") } else { format!("the {key} is another") }
}

pub(super) fn shown(value: &Value) -> String {
    if value.is_null() { "none".to_owned() } else { value.to_string() }
}
