//! Changes of the headers of a response.

use super::super::change::ChangeSeverity;
use super::super::comparison::{At, Comparison, narrower, wider};
use super::super::place::Place;
use crate::document::{Entry, Node};

/// The keys of a header that have a comparison of their own, or none.
const KNOWN: [&str; 11] = [
    "required",
    "description",
    "example",
    "examples",
    "schema",
    "content",
    "deprecated",
    "x-sunset",
    "style",
    "explode",
    "allowReserved",
];

impl<'a> Comparison<'a> {
    pub(super) fn headers(&mut self, response: &Place, old: &'a Node, new: &'a Node) {
        // The media type of a response is described by its content.
        let listed = |entry: &&Entry| !entry.key.eq_ignore_ascii_case("content-type");
        let headers = |node: &'a Node| node.entries_of("headers").iter().filter(listed).collect::<Vec<_>>();
        let (before, after) = (headers(old), headers(new));
        let parent = |node: &Node| Some(node.get("headers").map_or(node.span.start, |headers| headers.span.start));
        for one in &before {
            let place = response.part(&format!("the header `{}`", one.key));
            if let Some(other) = after.iter().find(|other| other.key.eq_ignore_ascii_case(&one.key)) {
                self.header(&place, one, other);
            } else {
                let at = At(Some(one.key_span.start), parent(new));
                self.add(&place, ChangeSeverity::Breaking, "header-removed", "was removed", at);
            }
        }
        for other in after.iter().filter(|other| !before.iter().any(|one| one.key.eq_ignore_ascii_case(&other.key))) {
            let place = response.part(&format!("the header `{}`", other.key));
            let at = At(parent(old), Some(other.key_span.start));
            // A client has to send what the service requires of the response to its request.
            let is_required = self.is_turned && other.node.resolve(self.new).is_true("required");
            let severity = if is_required { ChangeSeverity::Breaking } else { ChangeSeverity::Additive };
            self.add(&place, severity, "header-added", "was added", at);
        }
    }

    fn header(&mut self, place: &Place, one: &'a Entry, other: &'a Entry) {
        let place = Place::shared("headers", &one.node, &other.node).unwrap_or_else(|| place.clone());
        self.beside_reference(&place, &one.node, &other.node);
        let (old, new) = (one.node.resolve(self.old), other.node.resolve(self.new));
        if !self.is_first(old, new) && place.component.is_some() {
            return;
        }
        let at = At::key("required", old, new);
        match (old.is_true("required"), new.is_true("required")) {
            (true, false) => {
                let how = "is no longer always present";
                self.add(&place, wider(self.response_direction()), "header-now-optional", how, at);
            }
            (false, true) => {
                let how = "is now always present";
                self.add(&place, narrower(self.response_direction()), "header-now-always-present", how, at);
            }
            _ => {}
        }
        self.documentation(&place, &["description", "example", "examples"], (old, new));
        self.deprecation(&place, (old, new));
        self.other_keys(&place, &KNOWN, (old, new));
        self.described_values(&place, (old, new), self.response_direction());
    }
}
