//! Changes of request bodies, responses and their headers.

use super::change::{Location, Weight};
use super::comparison::{Comparison, Direction, display, is_required, json, key_was_changed};
use super::schema;
use crate::document::Node;

impl Comparison<'_> {
    pub(super) fn body(&mut self, operation: &str, old: &Node, new: &Node) {
        let what = format!("{operation}, the request body");
        match (old.get("requestBody"), new.get("requestBody")) {
            (None, None) => {}
            (None, Some(body)) if is_required(body.resolve(self.new)) => {
                self.add(Weight::Breaking, &what, "was added and is required", Location::new(&body.span));
            }
            (None, Some(body)) => self.add(Weight::Additive, &what, "was added", Location::new(&body.span)),
            (Some(body), None) => self.add(Weight::Breaking, &what, "was removed", Location::old(&body.span)),
            (Some(before), Some(after)) => {
                let both = (before.resolve(self.old), after.resolve(self.new));
                match (is_required(both.0), is_required(both.1)) {
                    (false, true) => self.compare_key("required", Weight::Breaking, &what, "is now required", both),
                    _ => self.compare_key("required", Weight::Additive, &what, "is no longer required", both),
                }
                self.compare_key("description", Weight::Documentation, &what, "the description was changed", both);
                self.content(&what, before, after, Direction::Request);
            }
        }
    }

    pub(super) fn responses(&mut self, operation: &str, old: &Node, new: &Node) {
        let entries = |node: &Node| node.get("responses").map(Node::entries).unwrap_or_default().to_vec();
        let (before, after) = (entries(old), entries(new));
        for response in &before {
            let what = format!("{operation}, the response {}", response.key);
            match after.iter().find(|other| other.key == response.key) {
                None => self.add(Weight::Breaking, &what, "was removed", Location::old(&response.key_span)),
                Some(other) => {
                    let what = component_or(&what, "response", &response.node, &other.node);
                    let both = (response.node.resolve(self.old), other.node.resolve(self.new));
                    self.compare_key("description", Weight::Documentation, &what, "the description was changed", both);
                    self.headers(&what, both.0, both.1);
                    self.content(&what, both.0, both.1, Direction::Response);
                }
            }
        }
        for response in after.iter().filter(|response| !before.iter().any(|other| other.key == response.key)) {
            let what = format!("{operation}, the response {}", response.key);
            self.add(Weight::Additive, &what, "was added", Location::new(&response.key_span));
        }
    }

    fn headers(&mut self, what: &str, old: &Node, new: &Node) {
        let entries = |node: &Node| node.get("headers").map(Node::entries).unwrap_or_default().to_vec();
        let (before, after) = (entries(old), entries(new));
        for one in &before {
            let what = format!("{what}, the header `{}`", one.key);
            let Some(other) = after.iter().find(|other| other.key.eq_ignore_ascii_case(&one.key)) else {
                self.add(Weight::Breaking, &what, "was removed", Location::old(&one.key_span));
                continue;
            };
            let what = component_or(&what, "header", &one.node, &other.node);
            let both = (one.node.resolve(self.old), other.node.resolve(self.new));
            match (is_required(both.0), is_required(both.1)) {
                (true, false) => {
                    self.compare_key("required", Weight::Breaking, &what, "is no longer always present", both);
                }
                _ => self.compare_key("required", Weight::Additive, &what, "is now always present", both),
            }
            for key in ["description", "example", "examples"] {
                self.compare_key(key, Weight::Documentation, &what, key_was_changed(key), both);
            }
            if let (Some(old), Some(new)) = (both.0.get("schema"), both.1.get("schema")) {
                schema::compare(self, &what, old, new, Direction::Response);
            }
        }
        for other in after.iter().filter(|other| !before.iter().any(|one| one.key.eq_ignore_ascii_case(&other.key))) {
            self.add(
                Weight::Additive,
                &format!("{what}, the header `{}`", other.key),
                "was added",
                Location::new(&other.key_span),
            );
        }
    }

    fn content(&mut self, what: &str, old: &Node, new: &Node, direction: Direction) {
        let (old, new) = (old.resolve(self.old), new.resolve(self.new));
        let media = |node: &Node| node.get("content").map(Node::entries).unwrap_or_default().to_vec();
        let (before, after) = (media(old), media(new));
        for one in &before {
            let Some(other) = after.iter().find(|other| other.key == one.key) else {
                self.add(
                    Weight::Breaking,
                    what,
                    format!("the media type `{}` was removed", one.key),
                    Location::old(&one.key_span),
                );
                continue;
            };
            if direction == Direction::Request {
                let (was, is) = (json(&one.node, "encoding"), json(&other.node, "encoding"));
                let how = format!("the encoding was {} and is {}", display(&was), display(&is));
                self.compare_key("encoding", Weight::Breaking, what, how, (&one.node, &other.node));
            }
            if let (Some(old), Some(new)) = (one.node.get("schema"), other.node.get("schema")) {
                schema::compare(self, what, old, new, direction);
            }
        }
        for one in after.iter().filter(|one| !before.iter().any(|other| other.key == one.key)) {
            self.add(
                Weight::Additive,
                what,
                format!("the media type `{}` was added", one.key),
                Location::new(&one.key_span),
            );
        }
    }
}

/// Returns the name of a part for messages: that of its component if both versions refer to the same one.
fn component_or(what: &str, kind: &str, old: &Node, new: &Node) -> String {
    let target = |node: &Node| node.get_str("$ref").map(str::to_owned);
    match (target(old), target(new)) {
        (Some(old), Some(new)) if old == new => {
            format!("the {kind} `{}`", new.rsplit('/').next().unwrap_or_default())
        }
        _ => what.to_owned(),
    }
}
