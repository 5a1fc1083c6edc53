//! Changes of the parameters of an operation.

use std::collections::BTreeSet;

use super::super::change::ChangeSeverity;
use super::super::comparison::{At, Comparison, narrower, wider};
use super::super::place::Place;
use super::operations::Operation;
use crate::document::Node;

/// The keys of a parameter that have a comparison of their own.
const KNOWN: [&str; 16] = [
    "name",
    "in",
    "required",
    "description",
    "example",
    "examples",
    "style",
    "explode",
    "allowReserved",
    "allowEmptyValue",
    "deprecated",
    "x-sunset",
    "schema",
    "content",
    "type",
    "format",
];
/// The headers that OpenAPI describes elsewhere, and ignores as parameters.
const IGNORED: [&str; 3] = ["accept", "content-type", "authorization"];

/// A parameter of an operation.
struct Parameter<'a> {
    /// Its identity: the part of the request, and the name that is sent.
    id: String,
    /// Its name for messages.
    label: String,
    /// The parameter as it is written, which can be a reference.
    written: &'a Node,
    node: &'a Node,
}

/// Returns the parameters of an operation. Its own replace those of the path with the same name.
fn parameters<'a>(root: &'a Node, operation: &Operation<'a>) -> Vec<Parameter<'a>> {
    let lists = [&operation.entry.node, &operation.path.node].into_iter().map(|node| node.items_of("parameters"));
    let mut seen = BTreeSet::new();
    let mut all: Vec<_> = lists
        .flat_map(|list| list.iter().filter_map(|written| parameter(root, &operation.path.key, written)))
        .collect();
    all.retain(|parameter| seen.insert(parameter.id.clone()));
    all
}

/// Gives the only path parameter without a counterpart the identity of its only candidate: their names may not be those in the path.
fn name_like_the_only_other(before: &mut [Parameter<'_>], after: &[Parameter<'_>]) {
    let is_alone = |parameter: &Parameter<'_>, others: &[Parameter<'_>]| {
        parameter.id.starts_with("path ") && !others.iter().any(|other| other.id == parameter.id)
    };
    let gone: Vec<usize> =
        before.iter().enumerate().filter(|(_, one)| is_alone(one, after)).map(|(at, _)| at).collect();
    let more: Vec<String> =
        after.iter().filter(|other| is_alone(other, before)).map(|other| other.id.clone()).collect();
    if let ([gone], [id]) = (gone.as_slice(), more.as_slice()) {
        before[*gone].id.clone_from(id);
    }
}

fn parameter<'a>(root: &'a Node, path: &str, written: &'a Node) -> Option<Parameter<'a>> {
    let node = written.resolve(root);
    let text = |key| node.get_str(key).unwrap_or_default();
    let (part, name) = (text("in"), text("name"));
    let label = format!("{part} parameter `{name}`");
    let id = match part {
        // Only the position of a path parameter is sent.
        "path" => {
            let before = path.split(&format!("{{{name}}}")).next().unwrap_or_default();
            format!("path {}", before.matches('{').count())
        }
        // The names of headers have no case.
        "header" => format!("header {}", name.to_ascii_lowercase()),
        _ => format!("{part} {name}"),
    };
    let is_ignored = part == "header" && IGNORED.contains(&name.to_ascii_lowercase().as_str());
    (!is_ignored).then_some(Parameter { id, label, written, node })
}

impl<'a> Comparison<'a> {
    pub(super) fn parameters(&mut self, place: &Place, old: &Operation<'a>, new: &Operation<'a>) {
        let (mut before, after) = (parameters(self.old, old), parameters(self.new, new));
        name_like_the_only_other(&mut before, &after);
        for one in &before {
            if let Some(other) = after.iter().find(|other| other.id == one.id) {
                self.parameter(place, one, other);
                continue;
            }
            let kinds = ["parameter-removed", "parameter-removed-before-sunset", "parameter-removed-after-sunset"];
            let (severity, kind, how) = self.removal(one.node, kinds);
            let at = At(Some(one.written.span.start), Some(new.entry.key_span.start));
            self.add(&place.part(&one.label), severity, kind, &how, at);
        }
        for other in after.iter().filter(|other| !before.iter().any(|one| one.id == other.id)) {
            let (severity, kind, how) = if other.node.is_true("required") {
                (narrower(self.request_direction()), "required-parameter-added", "was added and is required")
            } else {
                (ChangeSeverity::Additive, "parameter-added", "was added")
            };
            let at = At(Some(old.entry.key_span.start), Some(other.written.span.start));
            self.add(&place.part(&other.label), severity, kind, how, at);
        }
    }

    fn parameter(&mut self, place: &Place, old: &Parameter<'a>, new: &Parameter<'a>) {
        let place = Place::shared("parameters", old.written, new.written).unwrap_or_else(|| place.part(&new.label));
        self.beside_reference(&place, old.written, new.written);
        if !self.is_first(old.node, new.node) && place.component.is_some() {
            return;
        }
        let (old, new) = (old.node, new.node);
        let is_path = new.get_str("in") == Some("path");
        let (severity, kind, how) = match (old.is_true("required"), new.is_true("required")) {
            (false, true) if is_path => (ChangeSeverity::Documentation, "parameter-now-required", "is now required"),
            (true, false) if is_path => {
                (ChangeSeverity::Documentation, "parameter-now-optional", "is no longer required")
            }
            (false, true) => (narrower(self.request_direction()), "parameter-now-required", "is now required"),
            (true, false) => (wider(self.request_direction()), "parameter-now-optional", "is no longer required"),
            _ => (ChangeSeverity::Notice, "", ""),
        };
        if !how.is_empty() {
            self.add(&place, severity, kind, how, At::key("required", old, new));
        }
        self.documentation(&place, &["description", "example", "examples"], (old, new));
        self.empty_value(&place, old, new);
        self.deprecation(&place, (old, new));
        self.other_keys(&place, &KNOWN, (old, new));
        self.described_values(&place, (old, new), self.request_direction());
    }

    fn empty_value(&mut self, place: &Place, old: &'a Node, new: &'a Node) {
        let (severity, kind, how) = match (old.is_true("allowEmptyValue"), new.is_true("allowEmptyValue")) {
            (true, false) => (narrower(self.request_direction()), "empty-value-forbidden", "can no longer be empty"),
            (false, true) => (wider(self.request_direction()), "empty-value-allowed", "can now be empty"),
            _ => return,
        };
        self.add(place, severity, kind, how, At::key("allowEmptyValue", old, new));
    }

    /// Compares the keys beside references, which OpenAPI ignores.
    pub(super) fn beside_reference(&mut self, place: &Place, old: &'a Node, new: &'a Node) {
        if old.get("$ref").is_some() && new.get("$ref").is_some() {
            let entries = old.entries().iter().chain(new.entries());
            let keys: BTreeSet<&str> = entries.map(|entry| entry.key.as_str()).filter(|key| *key != "$ref").collect();
            for key in keys {
                let how = format!("`{key}` beside the reference was changed");
                let kind = (ChangeSeverity::Documentation, "documentation-changed");
                self.compare_key(place, key, kind, &how, (old, new));
            }
        }
    }
}
