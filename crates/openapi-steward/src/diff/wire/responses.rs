//! Changes of the responses of an operation.

use super::super::change::ChangeSeverity;
use super::super::comparison::{At, Comparison};
use super::super::place::Place;
use super::content::MediaTypes;
use crate::document::{Entry, Node};

impl<'a> Comparison<'a> {
    pub(super) fn responses(&mut self, operation: &Place, old: &'a Node, new: &'a Node) {
        let (before, after) = (old.entries_of("responses"), new.entries_of("responses"));
        let find = |entries: &'a [Entry], key: &str| entries.iter().find(|entry| entry.key.eq_ignore_ascii_case(key));
        for one in before.iter().filter(|one| !one.key.starts_with("x-")) {
            let place = operation.response(&one.key);
            if let Some(other) = find(after, &one.key) {
                self.response(&place, one, other);
                continue;
            }
            let covering = covering(after, &one.key);
            let covered =
                after.iter().find(|other| is_in_range(&one.key, &other.key) && find(before, &other.key).is_none());
            if let Some(other) = covering.or(covered) {
                let at = At::entries(Some(one), Some(other));
                let how = format!("is now the response {}", other.key);
                let severity = if covering.is_some() { ChangeSeverity::Additive } else { ChangeSeverity::Notice };
                let values = (Some(one.key.clone()), Some(other.key.clone()));
                self.add_values(&place, severity, "response-range-changed", &how, at, values);
                self.response(&place, one, other);
                continue;
            }
            let (severity, kind) = if one.key.starts_with('2') {
                (ChangeSeverity::Breaking, "success-response-removed")
            } else {
                (ChangeSeverity::Notice, "error-response-removed")
            };
            let parent = new.get("responses").map_or(new.span.start, |responses| responses.span.start);
            self.add(&place, severity, kind, "was removed", At(Some(one.key_span.start), Some(parent)));
        }
        for other in after.iter().filter(|other| find(before, &other.key).is_none() && !other.key.starts_with("x-")) {
            let replaces = |one: &&Entry| {
                let is_covered = covering(after, &one.key).is_some_and(|range| std::ptr::eq(range, other));
                find(after, &one.key).is_none() && (is_covered || is_in_range(&one.key, &other.key))
            };
            if before.iter().any(|one| replaces(&one)) {
                continue;
            }
            let parent = old.get("responses").map_or(old.span.start, |responses| responses.span.start);
            let at = At(Some(parent), Some(other.key_span.start));
            let place = operation.response(&other.key);
            self.add(&place, ChangeSeverity::Additive, "response-added", "was added", at);
            // Before, the status had the body of its range.
            if let Some(range) = covering(before, &other.key) {
                let (old, new) = (range.node.resolve(self.old), other.node.resolve(self.new));
                let has_content = |node: &Node| !node.entries_of("content").is_empty();
                if has_content(old) && has_content(new) {
                    self.content(&place, old, new, self.response_direction(), MediaTypes::Body);
                }
            }
        }
        if let (Some(old), Some(new)) = (old.get("responses"), new.get("responses")) {
            let known: Vec<&str> = before
                .iter()
                .chain(after)
                .map(|entry| entry.key.as_str())
                .filter(|key| !key.starts_with("x-"))
                .collect();
            self.other_keys(operation, &known, (old, new));
        }
    }

    fn response(&mut self, place: &Place, one: &'a Entry, other: &'a Entry) {
        let place = Place::shared("responses", &one.node, &other.node).unwrap_or_else(|| place.clone());
        self.beside_reference(&place, &one.node, &other.node);
        let (old, new) = (one.node.resolve(self.old), other.node.resolve(self.new));
        if !self.is_first(old, new) && place.component.is_some() {
            return;
        }
        self.documentation(&place, &["description"], (old, new));
        self.headers(&place, old, new);
        self.content(&place, old, new, self.response_direction(), MediaTypes::Body);
        let kind = (ChangeSeverity::Notice, "keyword-changed");
        self.compare_key(&place, "links", kind, "the links were changed", (old, new));
        self.other_keys(&place, &["description", "headers", "content", "links", "$ref"], (old, new));
    }
}

/// Returns the response that a status belongs to in a version that does not list it: its range, or the default.
fn covering<'a>(responses: &'a [Entry], status: &str) -> Option<&'a Entry> {
    let range = responses.iter().find(|entry| is_in_range(&entry.key, status));
    let is_success = |status: &str| status.starts_with('2');
    let is_default = |entry: &&Entry| {
        entry.key == "default" && !(is_success(status) && responses.iter().any(|other| is_success(&other.key)))
    };
    range.or_else(|| responses.iter().find(is_default))
}

/// Returns whether a range such as `4XX` contains a status.
fn is_in_range(range: &str, status: &str) -> bool {
    let class = range.strip_suffix("XX").or_else(|| range.strip_suffix("xx"));
    class.is_some_and(|class| class.len() == 1 && status.len() == 3 && status.starts_with(class) && range != status)
}
