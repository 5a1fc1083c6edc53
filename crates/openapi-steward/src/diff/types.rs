//! The types that the values of a schema have.

use std::collections::BTreeSet;

use serde_json::Value;

use super::annotations::limits_nothing;
use super::view::View;
use crate::document::Node;

/// The nesting of alternatives in which types are looked for.
const MAX_NESTED: usize = 2;
impl<'a> View<'a> {
    /// The types that a value can have. Missing if it can have any.
    pub(super) fn types(&self) -> Option<BTreeSet<&'a str>> {
        self.types_within(MAX_NESTED)
    }

    fn types_within(&self, depth: usize) -> Option<BTreeSet<&'a str>> {
        let mut types: Option<BTreeSet<&'a str>> = None;
        for entry in self.entries("type") {
            let own: BTreeSet<&'a str> = match entry.node.str() {
                Some(one) => BTreeSet::from([one]),
                None => entry.node.items().iter().filter_map(Node::str).filter(|one| *one != "null").collect(),
            };
            types = Some(match types {
                Some(others) => intersection(&own, &others),
                None => own,
            });
        }
        // Such content is a text, also where no type says so.
        if types.is_none() && ["contentMediaType", "contentEncoding"].into_iter().any(|key| self.entry(key).is_some()) {
            types = Some(BTreeSet::from(["string"]));
        }
        if types.is_none() {
            types = self.listed().next().map(|values| values.iter().filter_map(type_of).collect());
        }
        if types.is_none() && depth > 0 {
            // Each alternative can tell its own.
            types = self.choices.iter().find_map(|choice| {
                let views = choice.schemas.iter().map(|schema| Self::of(&[schema], self.references));
                let all: Option<Vec<BTreeSet<&'a str>>> = views.map(|view| view.types_within(depth - 1)).collect();
                Some(all?.into_iter().flatten().collect())
            });
        }
        // A number that is a multiple of an integer is an integer.
        let is_whole = |value: &Value| value.as_f64().is_some_and(|step| step >= 1.0 && step.fract() == 0.0);
        if types.as_ref().is_some_and(|types| types.contains("number"))
            && self.values("multipleOf").iter().any(is_whole)
        {
            types = types
                .map(|types| types.into_iter().map(|name| if name == "number" { "integer" } else { name }).collect());
        }
        types.filter(|types| !types.is_empty())
    }

    /// Returns whether no keyword limits a value.
    pub(super) fn allows_everything(&self) -> bool {
        let keys = self.layers.iter().flat_map(|layer| layer.entries()).map(|entry| entry.key.as_str());
        keys.into_iter().all(limits_nothing)
    }

    /// Returns whether the schema describes bytes, and nothing else of them.
    pub(super) fn is_binary(&self) -> bool {
        let mut entries = self.layers.iter().flat_map(|layer| layer.entries());
        entries.all(|entry| match entry.key.as_str() {
            "type" => entry.node.str() == Some("string"),
            "format" => entry.node.str() == Some("binary"),
            key => limits_nothing(key) || key == "contentMediaType",
        })
    }

    /// Returns whether a keyword describes properties or items.
    pub(super) fn has_parts(&self) -> bool {
        ["properties", "items"].into_iter().any(|key| self.entry(key).is_some())
    }

    /// Returns whether the types of a value are stated, and this one is among them.
    pub(super) fn can_be(&self, name: &str) -> bool {
        self.types().is_some_and(|types| types.contains(name))
    }

    /// Returns whether every value is a boolean.
    pub(super) fn is_boolean(&self) -> bool {
        self.types().is_some_and(|types| types.len() == 1 && types.contains("boolean"))
    }

    /// Returns whether every value is a single one, and no list or object.
    pub(super) fn is_scalar(&self) -> bool {
        self.types().is_some_and(|types| !types.contains("array") && !types.contains("object"))
    }

    /// Returns whether a value can be null. Missing if no type says anything about it.
    pub(super) fn nullable(&self) -> Option<bool> {
        let says = |layer: &&&'a Node| layer.is_true("nullable") || lists_null(layer);
        let first = self.layers.first()?;
        // `nullable` beside a reference has no effect by the letter, but whoever writes it expects one.
        if self.outermost_first.first().is_some_and(|outermost| outermost.is_true("nullable")) {
            return Some(true);
        }
        if first.entry("nullable").is_some() || self.has_null_alternative {
            return Some(first.is_true("nullable") || self.has_null_alternative);
        }
        let mut typed = self.layers.iter().filter(|layer| layer.entry("type").is_some()).peekable();
        if typed.peek().is_none() {
            let is_nullable = self.layers.iter().any(|layer| says(&layer));
            let lists_null = self.listed().next().map(|values| values.contains(&Value::Null));
            let says_nothing = lists_null.is_none() && self.choices.is_empty() && !is_nullable;
            return (!says_nothing).then_some(is_nullable || lists_null == Some(true));
        }
        Some(typed.all(|layer| says(&layer)))
    }
}

/// The type of a value. None for null, which is a matter of `nullable`.
fn type_of(value: &Value) -> Option<&'static str> {
    match value {
        Value::Null => None,
        Value::Bool(_) => Some("boolean"),
        Value::Number(number) if number.as_f64().is_some_and(|number| number.fract() == 0.0) => Some("integer"),
        Value::Number(_) => Some("number"),
        Value::String(_) => Some("string"),
        Value::Array(_) => Some("array"),
        Value::Object(_) => Some("object"),
    }
}

fn lists_null(layer: &Node) -> bool {
    layer.items_of("type").iter().any(|one| one.str() == Some("null"))
}

/// Returns the types that are in both sets. An integer is a number.
fn intersection<'a>(one: &BTreeSet<&'a str>, other: &BTreeSet<&'a str>) -> BTreeSet<&'a str> {
    let is_in = |name: &str, set: &BTreeSet<&str>| set.contains(name) || (name == "integer" && set.contains("number"));
    let both = one.iter().filter(|name| is_in(name, other)).chain(other.iter().filter(|name| is_in(name, one)));
    both.copied().collect()
}
