//! Changes of what is sent and answered: bodies, answers and their headers.

use super::change::{At, Weight};
use super::schema::{self, Direction, another};
use super::wire::{Wire, is_required};
use crate::document::Node;

impl Wire<'_> {
    pub(super) fn body(&mut self, operation: &str, old: &Node, new: &Node) {
        let what = format!("{operation}, the body");
        match (old.get("requestBody"), new.get("requestBody")) {
            (None, None) => {}
            (None, Some(body)) if is_required(body.resolve(self.new)) => {
                self.add(Weight::Breaking, &what, "is new and required", At::new(&body.span));
            }
            (None, Some(body)) => self.add(Weight::Additive, &what, "is new", At::new(&body.span)),
            (Some(body), None) => self.add(Weight::Breaking, &what, "is gone", At::old(&body.span)),
            (Some(before), Some(after)) => {
                let both = (before.resolve(self.old), after.resolve(self.new));
                match (is_required(both.0), is_required(both.1)) {
                    (false, true) => self.key("required", Weight::Breaking, &what, "is required now", both),
                    _ => self.key("required", Weight::Additive, &what, "is not required any more", both),
                }
                self.key("description", Weight::Words, &what, "the description is another", both);
                self.content(&what, before, after, Direction::Request);
            }
        }
    }

    pub(super) fn responses(&mut self, operation: &str, old: &Node, new: &Node) {
        let entries = |node: &Node| node.get("responses").map(Node::entries).unwrap_or_default().to_vec();
        let (before, after) = (entries(old), entries(new));
        for response in &before {
            let what = format!("{operation}, the answer {}", response.key);
            match after.iter().find(|other| other.key == response.key) {
                None => self.add(Weight::Breaking, &what, "is gone", At::old(&response.key_span)),
                Some(other) => {
                    let what = shared(&what, "answer", &response.node, &other.node);
                    let both = (response.node.resolve(self.old), other.node.resolve(self.new));
                    self.key("description", Weight::Words, &what, "the description is another", both);
                    self.headers(&what, both.0, both.1);
                    self.content(&what, both.0, both.1, Direction::Response);
                }
            }
        }
        for response in after.iter().filter(|response| !before.iter().any(|other| other.key == response.key)) {
            let what = format!("{operation}, the answer {}", response.key);
            self.add(Weight::Additive, &what, "is new", At::new(&response.key_span));
        }
    }

    fn headers(&mut self, what: &str, old: &Node, new: &Node) {
        let entries = |node: &Node| node.get("headers").map(Node::entries).unwrap_or_default().to_vec();
        let (before, after) = (entries(old), entries(new));
        for one in &before {
            let what = format!("{what}, the header `{}`", one.key);
            let Some(other) = after.iter().find(|other| other.key.eq_ignore_ascii_case(&one.key)) else {
                self.add(Weight::Breaking, &what, "is gone", At::old(&one.key_span));
                continue;
            };
            let what = shared(&what, "header", &one.node, &other.node);
            let both = (one.node.resolve(self.old), other.node.resolve(self.new));
            match (is_required(both.0), is_required(both.1)) {
                (true, false) => self.key("required", Weight::Breaking, &what, "is not always there any more", both),
                _ => self.key("required", Weight::Additive, &what, "is always there now", both),
            }
            for key in ["description", "example", "examples"] {
                self.key(key, Weight::Words, &what, another(key), both);
            }
            if let (Some(old), Some(new)) = (both.0.get("schema"), both.1.get("schema")) {
                schema::compare(self, &what, old, new, Direction::Response);
            }
        }
        for other in after.iter().filter(|other| !before.iter().any(|one| one.key.eq_ignore_ascii_case(&other.key))) {
            self.add(
                Weight::Additive,
                &format!("{what}, the header `{}`", other.key),
                "is new",
                At::new(&other.key_span),
            );
        }
    }

    fn content(&mut self, what: &str, old: &Node, new: &Node, direction: Direction) {
        let (old, new) = (old.resolve(self.old), new.resolve(self.new));
        let media = |node: &Node| node.get("content").map(Node::entries).unwrap_or_default().to_vec();
        let (before, after) = (media(old), media(new));
        for one in &before {
            let Some(other) = after.iter().find(|other| other.key == one.key) else {
                self.add(Weight::Breaking, what, format!("is `{}` no more", one.key), At::old(&one.key_span));
                continue;
            };
            if direction == Direction::Request {
                let how = "is written in another way";
                self.key("encoding", Weight::Breaking, what, how, (&one.node, &other.node));
            }
            if let (Some(old), Some(new)) = (one.node.get("schema"), other.node.get("schema")) {
                schema::compare(self, what, old, new, direction);
            }
        }
        for one in after.iter().filter(|one| !before.iter().any(|other| other.key == one.key)) {
            self.add(Weight::Additive, what, format!("may be `{}`", one.key), At::new(&one.key_span));
        }
    }
}

/// What a part is called: by its own name where both versions refer to the same component.
fn shared(what: &str, kind: &str, old: &Node, new: &Node) -> String {
    let target = |node: &Node| node.get_str("$ref").map(str::to_owned);
    match (target(old), target(new)) {
        (Some(old), Some(new)) if old == new => {
            format!("the {kind} `{}`", new.rsplit('/').next().unwrap_or_default())
        }
        _ => what.to_owned(),
    }
}
