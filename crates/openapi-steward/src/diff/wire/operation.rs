//! Changes of one operation that is in both versions.

use super::super::change::ChangeSeverity;
use super::super::comparison::Comparison;
use super::super::place::Place;
use super::operations::Operation;
use crate::document::Node;

/// The keys of an operation that have a comparison of their own, or none.
const KNOWN: [&str; 14] = [
    "parameters",
    "requestBody",
    "responses",
    "security",
    "servers",
    "callbacks",
    "summary",
    "description",
    "externalDocs",
    "tags",
    "deprecated",
    "x-sunset",
    "operationId",
    "$ref",
];

impl<'a> Comparison<'a> {
    pub(super) fn operation(&mut self, place: &Place, old: &Operation<'a>, new: &Operation<'a>) {
        let both = (&old.entry.node, &new.entry.node);
        // A document does not tell the credentials that the service sends.
        if !self.is_turned {
            self.security(place, old, new);
        }
        self.parameters(place, old, new);
        self.request_body(place, both.0, both.1);
        self.responses(place, both.0, both.1);
        self.documentation(place, &["summary", "description", "externalDocs", "tags"], both);
        let name =
            |node: &Node| node.get_str("operationId").map_or_else(|| "none".to_owned(), |name| format!("`{name}`"));
        let how = format!("the operationId was {} and is {}", name(both.0), name(both.1));
        let kind = (ChangeSeverity::Documentation, "documentation-changed");
        self.compare_key(place, "operationId", kind, &how, both);
        self.deprecation(place, both);
        self.own_servers(place, old, new);
        self.callbacks(place, both.0, both.1);
        self.other_keys(place, &KNOWN, both);
    }
}
