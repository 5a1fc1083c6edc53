//! Changes of a schema. A change that breaks a request can be additive in a response, and the other way round.

use std::collections::BTreeSet;

use serde_json::Value;

use super::change::{Location, Weight};
use super::comparison::{Comparison, Direction, display, key_was_changed};
use super::resolved::Resolved;
use crate::document::Node;
use crate::text::count;

/// The keywords for a lower limit, and for an upper limit.
const MINIMUMS: [&str; 4] = ["minimum", "minLength", "minItems", "minProperties"];
const MAXIMUMS: [&str; 4] = ["maximum", "maxLength", "maxItems", "maxProperties"];
const DOCUMENTATION: [&str; 6] = ["description", "title", "example", "examples", "externalDocs", "x-enumDescriptions"];

/// A schema in both versions.
struct SchemaComparison<'a> {
    /// The subject of the change: the place of the schema.
    what: &'a str,
    /// The name of the schema, if it is an object or an enum that is a component in both versions.
    named: Option<&'a str>,
    before: Resolved<'a>,
    after: Resolved<'a>,
    direction: Direction,
}

/// Compares two schemas. `what` is their place, which messages name unless both are the same component.
pub(super) fn compare(comparison: &mut Comparison<'_>, what: &str, old: &Node, new: &Node, direction: Direction) {
    let (root_before, root_after) = (comparison.old, comparison.new);
    let (before, after) = (Resolved::of(root_before, old), Resolved::of(root_after, new));
    // An object is spoken of by its own name, wherever it is used.
    let is_object = after.entry("properties").is_some() || after.entry("enum").is_some();
    let named = after.name.filter(|name| is_object && before.name == Some(name));
    let schemas = SchemaComparison { what, named, before, after, direction };
    schemas.kind(comparison);
    schemas.values(comparison);
    schemas.limits(comparison);
    schemas.documentation(comparison);
    if let (Some(one), Some(other)) = (schemas.before.name, schemas.after.name)
        && !comparison.compared.insert((one.to_owned(), other.to_owned(), direction))
    {
        return;
    }
    schemas.properties(comparison);
    schemas.additional_properties(comparison);
    schemas.parts(comparison);
    if let (Some(old), Some(new)) = (schemas.before.entry("items"), schemas.after.entry("items")) {
        compare(comparison, &format!("{}[]", schemas.subject("items")), &old.node, &new.node, direction);
    }
}

impl SchemaComparison<'_> {
    /// Returns the subject of a change of a key. A key beside a reference belongs to the place and not to the component.
    fn subject(&self, key: &str) -> &str {
        let is_own = self.after.has_own(key) || self.before.has_own(key);
        self.named.filter(|_| !is_own).unwrap_or(self.what)
    }

    fn json(&self, key: &str) -> (Value, Value) {
        (self.before.json(key), self.after.json(key))
    }

    /// Adds a change of a key, at the key or at the schema that has lost it.
    fn add(&self, comparison: &mut Comparison<'_>, key: &str, weight: Weight, how: impl Into<String>) {
        let (old, new) = (self.before.entry(key), self.after.entry(key));
        comparison.reported.extend(old.map(|entry| Location::old(&entry.key_span)));
        let schema = || self.after.layers.first().map_or(0..0, |layer| layer.span.clone());
        let at = Location::new(&new.map_or_else(schema, |entry| entry.key_span.clone()));
        comparison.add(weight, self.subject(key), how, at);
    }

    fn kind(&self, comparison: &mut Comparison<'_>) {
        for key in ["type", "format"] {
            let (old, new) = self.json(key);
            if old != new {
                let weight = match (key, old.is_null(), new.is_null()) {
                    ("format", true, false) => self.direction.narrower(),
                    ("format", false, true) => self.direction.wider(),
                    _ => Weight::Breaking,
                };
                self.add(
                    comparison,
                    key,
                    weight,
                    format!("the {key} was {} and is {}", in_backticks(&old), in_backticks(&new)),
                );
            }
        }
        let (old, new) = self.json("nullable");
        match (old == true, new == true) {
            (false, true) => self.add(comparison, "nullable", self.direction.wider(), "can now be null"),
            (true, false) => self.add(comparison, "nullable", self.direction.narrower(), "can no longer be null"),
            _ => {}
        }
    }

    fn values(&self, comparison: &mut Comparison<'_>) {
        let (old, new) = (self.before.list("enum"), self.after.list("enum"));
        match (self.before.entry("enum"), self.after.entry("enum")) {
            (None, Some(_)) => {
                self.add(comparison, "enum", self.direction.narrower(), format!("is now limited to {}", quoted(&new)));
            }
            (Some(_), None) => self.add(
                comparison,
                "enum",
                self.direction.wider(),
                format!("is no longer limited to {}", quoted(&old)),
            ),
            _ => {
                for value in new.difference(&old) {
                    // Generated enums keep an unknown value.
                    self.add(comparison, "enum", Weight::Additive, format!("the value `{value}` was added"));
                }
                for value in old.difference(&new) {
                    self.add(comparison, "enum", self.direction.narrower(), format!("the value `{value}` was removed"));
                }
            }
        }
    }

    fn limits(&self, comparison: &mut Comparison<'_>) {
        let limits = MINIMUMS.iter().map(|key| (*key, true)).chain(MAXIMUMS.iter().map(|key| (*key, false)));
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
            self.add(comparison, key, weight, format!("the {key} was {} and is {}", display(&old), display(&new)));
        }
        let (old, new) = self.json("pattern");
        if old != new {
            let weight = match (old.is_null(), new.is_null()) {
                (true, _) => self.direction.narrower(),
                (_, true) => self.direction.wider(),
                _ => Weight::Breaking,
            };
            self.add(
                comparison,
                "pattern",
                weight,
                format!("the pattern was {} and is {}", in_backticks(&old), in_backticks(&new)),
            );
        }
    }

    fn documentation(&self, comparison: &mut Comparison<'_>) {
        for key in DOCUMENTATION {
            let (old, new) = self.json(key);
            if old != new {
                self.add(comparison, key, Weight::Documentation, key_was_changed(key));
            }
        }
        let (old, new) = self.json("default");
        if old != new {
            let how = format!("the default was {} and is {}", display(&old), display(&new));
            self.add(comparison, "default", Weight::Notice, how);
        }
        let (old, new) = self.json("deprecated");
        if (old == true) != (new == true) {
            let how = if new == true { "is now deprecated" } else { "is no longer deprecated" };
            self.add(comparison, "deprecated", Weight::Notice, how);
        }
    }

    fn properties(&self, comparison: &mut Comparison<'_>) {
        let entries = |schema: &Resolved<'_>| schema.entry("properties").map(|entry| entry.node.entries().to_vec());
        let (old, new) = (entries(&self.before).unwrap_or_default(), entries(&self.after).unwrap_or_default());
        let (was_required, is_required) = (self.before.list("required"), self.after.list("required"));
        let what = self.subject("properties");
        for property in &old {
            let name = format!("{what}.{}", property.key);
            let Some(other) = new.iter().find(|other| other.key == property.key) else {
                comparison.add(Weight::Breaking, &name, "was removed", Location::old(&property.key_span));
                continue;
            };
            let at = Location::new(&other.key_span);
            match (was_required.contains(&property.key), is_required.contains(&property.key)) {
                (false, true) => comparison.add(self.direction.narrower(), &name, "is now required", at),
                (true, false) => comparison.add(self.direction.wider(), &name, "is no longer required", at),
                _ => {}
            }
            compare(comparison, &name, &property.node, &other.node, self.direction);
        }
        for property in new.iter().filter(|property| !old.iter().any(|other| other.key == property.key)) {
            let required = self.direction == Direction::Request && is_required.contains(&property.key);
            let (weight, how) = if required {
                (Weight::Breaking, "was added and is required")
            } else {
                (Weight::Additive, "was added")
            };
            comparison.add(weight, &format!("{what}.{}", property.key), how, Location::new(&property.key_span));
        }
    }

    /// Compares the rules for properties that are not listed. Without a rule they are allowed.
    fn additional_properties(&self, comparison: &mut Comparison<'_>) {
        let key = "additionalProperties";
        let (old, new) = self.json(key);
        let schemas = (self.before.entry(key), self.after.entry(key));
        match ((old == false), (new == false)) {
            (true, true) => {}
            (false, true) => {
                self.add(comparison, key, self.direction.narrower(), "no longer allows properties that are not listed");
            }
            // A client ignores an unknown property.
            (true, false) => self.add(comparison, key, Weight::Additive, "now allows properties that are not listed"),
            (false, false) => match schemas {
                (Some(one), Some(other)) if old.is_object() && new.is_object() => {
                    let what = format!("{}.*", self.subject(key));
                    compare(comparison, &what, &one.node, &other.node, self.direction);
                }
                (_, Some(_)) if new.is_object() => {
                    self.add(
                        comparison,
                        key,
                        self.direction.narrower(),
                        "now limits the schema of properties that are not listed",
                    );
                }
                (Some(_), _) if old.is_object() => {
                    self.add(
                        comparison,
                        key,
                        self.direction.wider(),
                        "no longer limits the schema of properties that are not listed",
                    );
                }
                _ => {}
            },
        }
    }

    /// Compares the schemas of `allOf`, `anyOf` and `oneOf`. Their order has no meaning.
    fn parts(&self, comparison: &mut Comparison<'_>) {
        for key in ["allOf", "anyOf", "oneOf"] {
            let (mut old, mut new) = (self.before.parts(key), self.after.parts(key));
            let same: Vec<Value> = old.iter().map(|part| part.to_json()).collect();
            old.retain(|part| !new.iter().any(|other| other.to_json() == part.to_json()));
            new.retain(|part| !same.contains(&part.to_json()));
            if old.len() == new.len() {
                for (index, (one, other)) in old.into_iter().zip(new).enumerate() {
                    let what = format!("{}, {key} {}", self.subject(key), index + 1);
                    compare(comparison, &what, one, other, self.direction);
                }
                continue;
            }
            let (was, is) = (!self.before.parts(key).is_empty(), !self.after.parts(key).is_empty());
            // A value has to match all of `allOf`, so that more schemas allow fewer values. A choice where there was none also
            // allows fewer.
            let more = new.len() > old.len();
            let wider = if was && is { more != (key == "allOf") } else { was };
            let weight = if wider { self.direction.wider() } else { self.direction.narrower() };
            let how = match (old.len(), new.len()) {
                (0, more) => format!("{} added to the {key}", were(more)),
                (less, 0) => format!("{} removed from the {key}", were(less)),
                (old, new) => format!("{} replaced in the {key} by {new}", were(old)),
            };
            self.add(comparison, key, weight, how);
        }
    }
}

fn quoted(values: &BTreeSet<String>) -> String {
    values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ")
}

/// Returns the start of a message about a number of parts: `2 parts were`.
fn were(number: usize) -> String {
    format!("{} {}", count(number, "part"), if number == 1 { "was" } else { "were" })
}

/// Returns a string for a message, or `none`.
fn in_backticks(value: &Value) -> String {
    value.as_str().map_or_else(|| "none".to_owned(), |text| format!("`{text}`"))
}
