//! Changes of the encoding of the fields of a form. What a document leaves out has its default.

use std::collections::BTreeSet;

use serde_json::Value;

use super::super::change::ChangeSeverity;
use super::super::comparison::{At, Comparison, display, json};
use super::super::place::Place;
use super::super::view::View;
use super::media_type::{covers, essence, normalized};
use super::serialization::{Rewritten, Written, rewritten};
use crate::document::Node;
use crate::schema::{Direction, References};

const KNOWN: [&str; 5] = ["contentType", "style", "explode", "allowReserved", "headers"];

/// A field of a form in one version.
struct Field<'a> {
    encoding: Option<&'a Node>,
    schema: View<'a>,
    /// `true` for a form in the notation of a query. The parts of others have a media type.
    is_query: bool,
}

impl<'a> Field<'a> {
    fn of((key, media_type): (&str, &'a Node), name: &str, references: References<'a>) -> Self {
        let form: Vec<&Node> = media_type.get("schema").into_iter().collect();
        let schemas = View::of(&form, references).property(name);
        let encoding = media_type.get("encoding").and_then(|encoding| encoding.get(name));
        let is_query = essence(key) == "application/x-www-form-urlencoded";
        Self { encoding, schema: View::of(&schemas, references), is_query }
    }

    fn value(&self, key: &str) -> Value {
        self.encoding.map(|node| json(node, key)).unwrap_or_default()
    }

    /// The media types of the values, or the default for their schema. None for a field in the notation of a query.
    fn content_types(&self) -> BTreeSet<String> {
        if let Value::String(listed) = self.value("contentType") {
            return listed.split(',').map(normalized).collect();
        }
        let items: Vec<&Node> = self.schema.entries("items").map(|entry| &entry.node).collect();
        let is_list = self.schema.can_be("array") && !items.is_empty();
        let one = if is_list { View::of(&items, self.schema.references) } else { self.schema.clone() };
        let is_encoded =
            ["binary", "byte", "base64"].iter().any(|format| one.values("format").contains(&(*format).into()));
        let default = match one.types() {
            None if self.is_query => "",
            None => "application/octet-stream",
            Some(_) if is_encoded => "application/octet-stream",
            Some(_) if one.is_scalar() => "text/plain",
            // A query has its own notation of lists and objects.
            Some(_) if self.is_query => "",
            Some(_) => "application/json",
        };
        if default.is_empty() { BTreeSet::new() } else { BTreeSet::from([default.to_owned()]) }
    }

    /// The keys for the notation of a query, which has no effect in other forms unless a document states it.
    fn written(&self) -> Written<'a> {
        Written {
            node: self.encoding,
            schema: self.schema.clone(),
            default_style: if self.is_query { "form" } else { "" },
        }
    }
}

impl<'a> Comparison<'a> {
    pub(super) fn encodings(
        &mut self,
        place: &Place,
        media_types: (&str, &str),
        (old, new): (&'a Node, &'a Node),
        direction: Direction,
    ) {
        let name = |node: &'a Node| node.entries_of("encoding").iter().map(|entry| entry.key.as_str());
        let names: BTreeSet<&str> = name(old).chain(name(new)).collect();
        for name in names {
            let one = Field::of((media_types.0, old), name, self.old_references);
            let other = Field::of((media_types.1, new), name, self.new_references);
            self.encoding(place, name, (&one, &other), direction, At::key("encoding", old, new));
            if let (Some(old), Some(new)) = (one.encoding, other.encoding) {
                self.other_keys(&place.part(&format!("the field `{name}`")), &KNOWN, (old, new));
            }
        }
    }

    fn encoding(
        &mut self,
        place: &Place,
        name: &str,
        (old, new): (&Field<'a>, &Field<'a>),
        direction: Direction,
        at: At,
    ) {
        let mut changes: Vec<(&str, Value, Value)> = rewritten(&old.written(), &new.written())
            .into_iter()
            .filter(|change| !change.is_same)
            .map(|Rewritten { key, was, is, .. }| (key, was, is))
            .collect();
        let (was, is) = (old.content_types(), new.content_types());
        let is_covered = |one: &String| is.contains(one) || is.iter().any(|range| covers(range, one));
        let is_wider = was.iter().all(is_covered) && !was.is_empty();
        // A default that changes with the schema is a matter of the schema.
        let mut add = |key: &'static str, is_other: bool| {
            let (was, is) = (old.value(key), new.value(key));
            if is_other && was != is {
                changes.push((key, was, is));
            }
        };
        add("contentType", was != is);
        add("headers", true);
        for (key, was, is) in changes {
            let severity = match direction {
                Direction::Request if key == "contentType" && is_wider => ChangeSeverity::Additive,
                Direction::Request => ChangeSeverity::Breaking,
                Direction::Response => ChangeSeverity::Notice,
            };
            let how = format!("the {key} of the field `{name}` was {} and is {}", display(&was), display(&is));
            let values = (Some(was.to_string()), Some(is.to_string()));
            self.add_directed((place, direction), severity, "encoding-changed", &how, at, values);
        }
    }
}
