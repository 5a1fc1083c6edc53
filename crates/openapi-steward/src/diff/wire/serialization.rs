//! The style of a value in a URL, a header or a form. A document that leaves a part of it out means its default.

use serde_json::Value;

use super::super::change::ChangeSeverity;
use super::super::comparison::{At, Comparison, display, json};
use super::super::notation::Notation;
use super::super::place::Place;
use super::super::view::View;
use super::content::MediaTypes;
use crate::document::Node;
use crate::schema::Direction;

/// The keys that tell how a value is written.
const KEYS: [&str; 3] = ["style", "explode", "allowReserved"];

/// A parameter, a header, or a field of a form, and the schema of its values.
pub(super) struct Written<'a> {
    /// The object with the keys. Missing if a field of a form has none.
    pub(super) node: Option<&'a Node>,
    pub(super) schema: View<'a>,
    /// The default of `style`. Empty if there is none.
    pub(super) default_style: &'static str,
}

/// A change of such a key: its values in both versions.
pub(super) struct Rewritten {
    pub(super) key: &'static str,
    pub(super) was: Value,
    pub(super) is: Value,
    /// `true` if the values are written as before.
    pub(super) is_same: bool,
}

impl<'a> Written<'a> {
    /// A parameter, or a header of a response.
    pub(super) fn of(node: &'a Node, schema: View<'a>) -> Self {
        let is_simple = matches!(node.get_str("in"), Some("path" | "header") | None);
        Self { node: Some(node), schema, default_style: if is_simple { "simple" } else { "form" } }
    }

    fn style(&self) -> Value {
        let default = || if self.default_style.is_empty() { Value::Null } else { self.default_style.into() };
        self.value("style").unwrap_or_else(default)
    }

    fn value(&self, key: &str) -> Option<Value> {
        self.node.map(|node| json(node, key)).filter(|value| !value.is_null())
    }

    fn effective(&self, key: &str) -> Value {
        match key {
            "style" => self.style(),
            "explode" => self.value(key).unwrap_or_else(|| (self.style() == "form").into()),
            _ => self.value(key).unwrap_or(Value::Bool(false)),
        }
    }

    /// Returns whether `explode` makes a difference for the values.
    fn can_explode(&self) -> bool {
        match self.style().as_str() {
            Some("deepObject") => false,
            // The items of a list have commas between them in both cases.
            Some("simple") => self.schema.types().is_none_or(|types| types.contains("object")),
            _ => !self.schema.is_scalar(),
        }
    }
}

impl<'a> Comparison<'a> {
    /// Compares how the values of a parameter or a header are written, and the values.
    pub(super) fn described_values(&mut self, place: &Place, (old, new): (&'a Node, &'a Node), direction: Direction) {
        self.serialization(place, old, new);
        let schema = |node: &'a Node| -> Option<&'a Node> {
            node.get("schema").or_else(|| node.entries_of("content").first()?.node.get("schema"))
        };
        match (old.get("content").is_some(), new.get("content").is_some()) {
            (true, true) => return self.content(place, old, new, direction, MediaTypes::Parameter),
            (false, false) => {}
            (was, _) => {
                let (key, other) = if was { ("content", "schema") } else { ("schema", "content") };
                let how = format!("was described by its {key} and is by its {other}");
                let (severity, at) = (ChangeSeverity::Breaking, At::both(&old.span, &new.span));
                self.add(place, severity, "serialization-changed", &how, at);
            }
        }
        self.schema(place, (schema(old), schema(new)), direction, Notation::Listed);
    }

    fn serialization(&mut self, place: &Place, old: &'a Node, new: &'a Node) {
        let written = |node: &'a Node, references| {
            let schema: Vec<&Node> = node.get("schema").into_iter().collect();
            Written::of(node, View::of(&schema, references))
        };
        let (was, is) = (written(old, self.old_references), written(new, self.new_references));
        for Rewritten { key, was, is, is_same } in rewritten(&was, &is) {
            let severity = if is_same { ChangeSeverity::Documentation } else { ChangeSeverity::Breaking };
            let how = format!("the {key} was {} and is {}", display(&was), display(&is));
            let values = (Some(was.to_string()), Some(is.to_string()));
            self.add_values(place, severity, "serialization-changed", &how, At::key(key, old, new), values);
        }
    }
}

/// Returns the changes between two versions.
pub(super) fn rewritten(old: &Written<'_>, new: &Written<'_>) -> Vec<Rewritten> {
    // A value that was single is written the same as the only one of a list.
    let is_single = old.schema.is_scalar() || new.schema.is_scalar();
    let changes = KEYS.into_iter().filter_map(|key| {
        let (was, is) = (old.effective(key), new.effective(key));
        let is_same = match key {
            "explode" => is_single || !(old.can_explode() || new.can_explode()),
            "style" => is_single && is_plain(&was) && is_plain(&is),
            _ => false,
        };
        (was != is).then_some(Rewritten { key, was, is, is_same })
    });
    changes.collect()
}

fn is_plain(style: &Value) -> bool {
    matches!(style.as_str(), Some("form" | "simple" | "spaceDelimited" | "pipeDelimited"))
}
