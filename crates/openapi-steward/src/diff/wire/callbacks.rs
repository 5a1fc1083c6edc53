//! Changes of callbacks, in which the service sends the request.

use super::super::change::ChangeSeverity;
use super::super::comparison::Comparison;
use super::super::place::Place;
use super::content::MediaTypes;
use crate::document::{METHODS, Node};
use crate::schema::Direction;

impl<'a> Comparison<'a> {
    pub(super) fn callbacks(&mut self, operation: &Place, old: &'a Node, new: &'a Node) {
        let kind = (ChangeSeverity::Notice, "keyword-changed");
        self.compare_key(operation, "callbacks", kind, "the callbacks were changed", (old, new));
        for one in old.entries_of("callbacks") {
            let Some(other) = new.get("callbacks").and_then(|callbacks| callbacks.get(&one.key)) else { continue };
            let place = operation.part(&format!("the callback `{}`", one.key));
            let (paths, others) = (one.node.resolve(self.old), other.resolve(self.new));
            for path in paths.entries() {
                let methods = path.node.entries().iter().filter(|entry| METHODS.contains(&entry.key.as_str()));
                for method in methods {
                    let other = others.get(&path.key).and_then(|path| path.get(&method.key));
                    if let Some(other) = other {
                        self.callback(&place, &method.node, other);
                    }
                }
            }
        }
    }

    /// Compares the bodies of an operation that the client serves: it reads the request, and writes the response.
    fn callback(&mut self, place: &Place, old: &'a Node, new: &'a Node) {
        if let (Some(one), Some(other)) = (old.get("requestBody"), new.get("requestBody")) {
            let (one, other) = (one.resolve(self.old), other.resolve(self.new));
            let place = place.part("the request body");
            self.content(&place, one, other, Direction::Response, MediaTypes::Body);
        }
        for one in old.entries_of("responses") {
            if let Some(other) = new.get("responses").and_then(|responses| responses.get(&one.key)) {
                let (one_response, other) = (one.node.resolve(self.old), other.resolve(self.new));
                let place = place.part(&format!("the response {}", one.key));
                self.content(&place, one_response, other, Direction::Request, MediaTypes::Body);
            }
        }
    }
}
