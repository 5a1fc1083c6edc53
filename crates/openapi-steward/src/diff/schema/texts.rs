//! Changes of the texts, examples and extensions of a schema, and of its deprecation.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::super::change::ChangeSeverity;
use super::super::comparison::{Comparison, SchemaPair, key_was_changed};
use super::super::view::View;
use crate::document::Node;

const DOCUMENTATION: [&str; 6] = ["description", "title", "example", "examples", "externalDocs", "xml"];

impl<'a> SchemaPair<'a> {
    pub(super) fn texts(&self, comparison: &mut Comparison<'a>) {
        if examples(&self.old) != examples(&self.new) {
            let (severity, kind) = (ChangeSeverity::Documentation, "documentation-changed");
            let key = if self.new.entry("examples").is_some() { "examples" } else { "example" };
            comparison.add(&self.place(key), severity, kind, &key_was_changed(key), self.at(key));
        }
        for key in DOCUMENTATION.into_iter().filter(|key| !key.starts_with("example")) {
            if has_other_text(&self.old, &self.new, key) {
                let how = key_was_changed(key);
                let severity = ChangeSeverity::Documentation;
                comparison.add(&self.place(key), severity, "documentation-changed", &how, self.at(key));
            }
        }
        self.constants(comparison);
        let extensions = |view: &View<'a>| {
            let keys = view.layers.iter().flat_map(|layer| layer.entries()).map(|entry| entry.key.as_str());
            keys.filter(|key| key.starts_with("x-") && *key != "x-sunset").collect::<BTreeSet<&'a str>>()
        };
        for key in extensions(&self.old).union(&extensions(&self.new)) {
            let (old, new) = (self.old.values(key), self.new.values(key));
            if old != new {
                let how = format!("`{key}` was {}", added_or_changed(&old, &new));
                let values = (Some((*key).to_owned()), None);
                let (severity, kind) = (ChangeSeverity::Documentation, "extension-changed");
                comparison.add_values(&self.place(key), severity, kind, &how, self.at(key), values);
            }
        }
        let node = |view: &View<'a>| {
            view.entry("deprecated").map_or(view.layers.first().copied(), |_| {
                view.layers.iter().find(|layer| layer.is_true("deprecated")).or(view.layers.first()).copied()
            })
        };
        if let (Some(old), Some(new)) = (node(&self.old), node(&self.new)) {
            comparison.deprecation(&self.place("deprecated"), (old, new));
        }
        self.beside_references(comparison);
    }

    /// Compares the texts of values that are alternatives.
    fn constants(&self, comparison: &mut Comparison<'a>) {
        let texts = |view: &View<'a>| -> BTreeMap<String, Value> {
            let schemas = view.constants.iter().flat_map(|choice| &choice.schemas);
            let constant =
                |schema: &&Node| schema.get("const").or_else(|| schema.items_of("enum").first()).map(Node::to_json);
            schemas.filter_map(|schema| Some((constant(schema)?.to_string(), schema.to_json()))).collect()
        };
        let (old, new) = (texts(&self.old), texts(&self.new));
        for (value, after) in &new {
            if let Some(before) = old.get(value)
                && let Some(key) = DOCUMENTATION.into_iter().find(|key| before.get(key) != after.get(key))
            {
                let keyword = self.new.constants.first().map_or("enum", |choice| choice.keyword);
                let how = format!("the {key} of the value {value} was changed");
                let (severity, kind) = (ChangeSeverity::Documentation, "documentation-changed");
                comparison.add(&self.place(keyword), severity, kind, &how, self.at(keyword));
            }
        }
    }

    /// Compares the keys beside references. They have no meaning in OpenAPI 3.0.
    fn beside_references(&self, comparison: &mut Comparison<'a>) {
        // In later versions they are parts of the schema.
        if !comparison.has_one_version() {
            return;
        }
        let all = |view: &View<'a>| -> BTreeSet<(&'a str, String)> {
            let entries = view.links.iter().flat_map(|link| link.entries()).filter(|entry| entry.key != "$ref");
            let has_meaning = |key: &str| DOCUMENTATION.contains(&key) || key == "nullable";
            let ignored = entries.filter(|entry| !has_meaning(&entry.key));
            ignored.map(|entry| (entry.key.as_str(), entry.node.to_json().to_string())).collect()
        };
        let (old, new) = (all(&self.old), all(&self.new));
        let first = old.symmetric_difference(&new).next();
        if let Some((first, _)) = first {
            let position = |view: &View<'a>| {
                let link = view.links.iter().find_map(|link: &&Node| Some(link.entry(first)?.key_span.start));
                link.or_else(|| view.position(first))
            };
            comparison.beside_references.insert((position(&self.old), position(&self.new)));
        }
    }
}

/// The examples of the outermost schema that has some.
fn examples(view: &View<'_>) -> Vec<Value> {
    let of = |node: &&Node| -> Vec<Value> {
        let several = node.items_of("examples").iter().map(Node::to_json);
        let mut all: Vec<Value> = node.get("example").map(Node::to_json).into_iter().chain(several).collect();
        let mut seen = BTreeSet::new();
        all.retain(|value| seen.insert(value.to_string()));
        all
    };
    view.outermost_first.iter().map(of).find(|examples| !examples.is_empty()).unwrap_or_default()
}

/// Returns whether a text was changed. Readers see that of the outermost schema; where both versions consist of as many parts, the
/// text of each counts.
fn has_other_text(old: &View<'_>, new: &View<'_>, key: &str) -> bool {
    let outermost = |view: &View<'_>| view.outermost_first.iter().find_map(|node| node.get(key)).map(Node::to_json);
    let has_as_many = old.layers.len() == new.layers.len() && old.links.len() == new.links.len();
    outermost(old) != outermost(new) || (has_as_many && old.values(key) != new.values(key))
}

fn added_or_changed(old: &[Value], new: &[Value]) -> &'static str {
    match (old.is_empty(), new.is_empty()) {
        (true, _) => "added",
        (_, true) => "removed",
        _ => "changed",
    }
}
