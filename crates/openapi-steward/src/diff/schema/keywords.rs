//! Changes of `not`, of defaults, and of keywords that no other comparison knows.

use serde_json::Value;

use super::super::change::ChangeSeverity;
use super::super::comparison::{Comparison, SchemaPair, display, narrower, shown, wider};
use super::super::values::normalized;
use super::super::view::View;
use crate::document::Node;

/// The keywords that other comparisons know.
const KNOWN: [&str; 48] = [
    "$ref",
    "type",
    "format",
    "nullable",
    "enum",
    "const",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
    "pattern",
    "multipleOf",
    "uniqueItems",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "discriminator",
    "default",
    "readOnly",
    "writeOnly",
    "deprecated",
    "description",
    "title",
    "example",
    "examples",
    "externalDocs",
    "xml",
    "$schema",
    "$id",
    "$comment",
    "$defs",
    "definitions",
    "$anchor",
    "$vocabulary",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
];

/// The keywords that apply schemas to parts of a value, or under a condition. They have comparisons of their own.
const APPLICATORS: [&str; 13] = [
    "patternProperties",
    "propertyNames",
    "prefixItems",
    "contains",
    "minContains",
    "maxContains",
    "dependentRequired",
    "dependentSchemas",
    "if",
    "then",
    "else",
    "unevaluatedItems",
    "unevaluatedProperties",
];

impl<'a> SchemaPair<'a> {
    pub(super) fn keywords(&self, comparison: &mut Comparison<'a>) {
        self.not(comparison);
        self.default(comparison);
        self.media_type(comparison);
        let keys = |view: &View<'a>| {
            let all = view.layers.iter().flat_map(|layer| layer.entries()).map(|entry| entry.key.as_str());
            all.collect::<std::collections::BTreeSet<&'a str>>()
        };
        let (old, new) = (keys(&self.old), keys(&self.new));
        for key in
            old.union(&new).filter(|key| !KNOWN.contains(key) && !APPLICATORS.contains(key) && !key.starts_with("x-"))
        {
            let (before, after) = (self.old.values(key), self.new.values(key));
            if before == after {
                continue;
            }
            let (severity, kind, how) = match (before.is_empty(), after.is_empty()) {
                (true, _) => (narrower(self.direction), "keyword-added", format!("the keyword `{key}` was added")),
                (_, true) => (wider(self.direction), "keyword-removed", format!("the keyword `{key}` was removed")),
                _ => {
                    let how = format!("the {key} was {} and is {}", brief(&before), brief(&after));
                    let severity = match raised(&before, &after).map(|raised| raised == key.starts_with("min")) {
                        Some(true) if key.starts_with('m') => narrower(self.direction),
                        Some(false) if key.starts_with('m') => wider(self.direction),
                        _ => ChangeSeverity::Breaking,
                    };
                    (severity, "keyword-changed", how)
                }
            };
            let values = (list(&before), list(&after));
            let place = self.place(key);
            comparison.add_directed((&place, self.direction), severity, kind, &how, self.at(key), values);
        }
    }

    /// Compares the schemas that exclude values: more excluded values are fewer allowed ones.
    fn not(&self, comparison: &mut Comparison<'a>) {
        let nodes = |view: &View<'a>| view.entries("not").map(|entry| &entry.node).collect::<Vec<&'a Node>>();
        let (old, new) = (nodes(&self.old), nodes(&self.new));
        let (is_narrower, is_wider) = match (old.as_slice(), new.as_slice()) {
            ([], []) => return,
            ([], _) => (true, false),
            (_, []) => (false, true),
            ([one], [other]) => {
                let (one, other) = (self.old.alternative(one), self.new.alternative(other));
                // `one` excludes more than `other` if not all of its values are values of `other`.
                (!comparison.new_fits_in_old(&other, &one), !comparison.old_fits_in_new(&one, &other))
            }
            _ if self.old.values("not") == self.new.values("not") => return,
            _ => (true, true),
        };
        let (severity, kind, how) = match (is_narrower, is_wider) {
            (false, false) => return,
            (true, false) => (narrower(self.direction), "not-narrowed", "the not excludes more values"),
            (false, true) => (wider(self.direction), "not-widened", "the not excludes fewer values"),
            (true, true) => (ChangeSeverity::Breaking, "not-changed", "the not excludes other values"),
        };
        let place = self.place("not");
        let values = (list(&self.old.values("not")), list(&self.new.values("not")));
        comparison.add_directed((&place, self.direction), severity, kind, how, self.at("not"), values);
    }

    /// Compares the media types of texts. They limit no value.
    fn media_type(&self, comparison: &mut Comparison<'a>) {
        let key = "contentMediaType";
        let (old, new) = (self.old.values(key), self.new.values(key));
        if !old.is_empty() && !new.is_empty() && old != new {
            let how = format!("the {key} was {} and is {}", brief(&old), brief(&new));
            let (severity, place) = (ChangeSeverity::Notice, self.place(key));
            let values = (list(&old), list(&new));
            comparison.add_directed((&place, self.direction), severity, "keyword-changed", &how, self.at(key), values);
        }
    }

    fn default(&self, comparison: &mut Comparison<'a>) {
        let value = |view: &View<'a>| view.entry("default").map(|entry| normalized(entry.node.to_json()));
        let (old, new) = (value(&self.old), value(&self.new));
        if old != new {
            let text = |value: &Option<Value>| value.as_ref().map_or_else(|| "none".to_owned(), display);
            let how = format!("the default was {} and is {}", text(&old), text(&new));
            let place = self.place("default");
            let values = (old.as_ref().and_then(shown), new.as_ref().and_then(shown));
            let at = self.at("default");
            let severity = ChangeSeverity::Notice;
            comparison.add_directed((&place, self.direction), severity, "default-changed", &how, at, values);
        }
    }
}

/// Returns whether a number was raised. Missing if the values are no numbers.
fn raised(before: &[Value], after: &[Value]) -> Option<bool> {
    match (before, after) {
        ([before], [after]) => Some(after.as_f64()? > before.as_f64()?),
        _ => None,
    }
}

/// Returns a value for a message, which is short.
pub(super) fn brief(values: &[Value]) -> String {
    let text = list(values).unwrap_or_default();
    if text.chars().count() > 80 { format!("{}…", text.chars().take(79).collect::<String>()) } else { text }
}

pub(super) fn list(values: &[Value]) -> Option<String> {
    (!values.is_empty()).then(|| values.iter().map(Value::to_string).collect::<Vec<_>>().join(", "))
}
