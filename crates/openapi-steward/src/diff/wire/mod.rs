//! Changes of the requests and responses.

mod callbacks;
mod components;
mod content;
mod encoding;
mod headers;
mod media_type;
mod operation;
mod operations;
mod parameters;
mod request_body;
mod responses;
mod schemes;
mod security;
mod serialization;
mod servers;
mod urls;
mod webhooks;

use super::change::{Change, ChangeSeverity};
use super::comparison::{At, Comparison, Settings};
use super::place::Place;
use crate::document::Node;
use crate::text::count;

/// The keys of a document that have a comparison of their own.
const KNOWN: [&str; 11] = [
    "openapi",
    "info",
    "servers",
    "paths",
    "webhooks",
    "components",
    "security",
    "tags",
    "externalDocs",
    "jsonSchemaDialect",
    "x-sunset",
];

/// Returns the changes on the wire. A change that is met several times is reported once.
pub(super) fn changes(old: &Node, new: &Node, settings: Settings<'_>) -> Vec<Change> {
    let mut comparison = Comparison::new(old, new, settings);
    let document = Place::document("the document");
    comparison.root(&document);
    comparison.compare_schemas();
    comparison.components();
    comparison.compare_schemas();
    comparison.keys_beside_references();
    comparison.changes.into_iter().collect()
}

impl Comparison<'_> {
    /// Reports the keys beside references that have no effect, once for the document.
    fn keys_beside_references(&mut self) {
        if let Some((old, new)) = self.beside_references.first().copied() {
            let place = Place::document("keys without effect");
            let how = format!("beside {} were changed", count(self.beside_references.len(), "reference"));
            let (severity, kind) = (ChangeSeverity::Documentation, "documentation-changed");
            self.add(&place, severity, kind, &how, At(old, new));
        }
    }

    fn root(&mut self, document: &Place) {
        let both = (self.old, self.new);
        let is_map = |node: &Node| matches!(node.value, crate::document::Value::Map(_));
        if !is_map(both.0) || !is_map(both.1) {
            if both.0.to_json() != both.1.to_json() {
                let at = At::both(&both.0.span, &both.1.span);
                self.add(document, ChangeSeverity::Notice, "keyword-changed", "was changed", at);
            }
            return;
        }
        for key in ["info", "tags", "externalDocs", "openapi"] {
            let kind = (ChangeSeverity::Documentation, "documentation-changed");
            let plural = if key == "tags" { "were" } else { "was" };
            self.compare_key(&Place::document(key), key, kind, &format!("{plural} changed"), both);
        }
        self.other_keys(document, &KNOWN, both);
        self.security_schemes();
        self.servers();
        self.operations();
        self.webhooks();
    }
}
