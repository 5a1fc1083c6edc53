//! Changes of callbacks, in which the service sends the request.

use super::super::change::ChangeSeverity;
use super::super::comparison::{At, Comparison};
use super::super::operations::methods;
use super::super::place::Place;
use super::operations::Operation;
use crate::document::{Entry, Node};

impl<'a> Comparison<'a> {
    pub(super) fn callbacks(&mut self, operation: &Place, old: &'a Node, new: &'a Node) {
        let (before, after) = (old.entries_of("callbacks"), new.entries_of("callbacks"));
        let find = |entries: &'a [Entry], key: &str| entries.iter().find(|entry| entry.key == key);
        let parents = At::key("callbacks", old, new);
        for one in before {
            let place = operation.part(&format!("the callback `{}`", one.key));
            if let Some(other) = find(after, &one.key) {
                self.callback(&place, one, other);
            } else {
                let at = At(Some(one.key_span.start), parents.1);
                self.add(&place, ChangeSeverity::Breaking, "callback-removed", "was removed", at);
            }
        }
        for other in after.iter().filter(|other| find(before, &other.key).is_none()) {
            let place = operation.part(&format!("the callback `{}`", other.key));
            let at = At(parents.0, Some(other.key_span.start));
            self.add(&place, ChangeSeverity::Additive, "callback-added", "was added", at);
        }
    }

    /// Compares the operations of a callback, each of which has a URL and a method.
    fn callback(&mut self, place: &Place, one: &'a Entry, other: &'a Entry) {
        let (old, new) = (one.node.resolve(self.old), other.node.resolve(self.new));
        if one.node.get("$ref").is_some() && other.node.get("$ref").is_some() && !self.is_first(old, new) {
            return;
        }
        let (before, after) = (operations(old), operations(new));
        let at = At::both(&old.span, &new.span);
        let (mut gone, mut more) = (Vec::new(), Vec::new());
        for one in &before {
            match after.iter().find(|other| other.id == one.id) {
                Some(other) => self.turned(place, one, other),
                None => gone.push(one),
            }
        }
        more.extend(after.iter().filter(|other| !before.iter().any(|one| one.id == other.id)));
        // The service sends the same request elsewhere.
        if let ([one], [other]) = (gone.as_slice(), more.as_slice())
            && one.entry.key == other.entry.key
        {
            let how = format!("is sent to `{}` and was sent to `{}`", other.path.key, one.path.key);
            let values = (Some(one.path.key.clone()), Some(other.path.key.clone()));
            let at = At::entries(Some(one.path), Some(other.path));
            self.add_values(place, ChangeSeverity::Breaking, "callback-url-changed", &how, at, values);
            return self.turned(place, one, other);
        }
        for one in gone {
            let place = place.part(&one.name);
            let at = At(Some(one.entry.key_span.start), at.1);
            self.add(&place, ChangeSeverity::Breaking, "callback-removed", "was removed", at);
        }
        for other in more {
            let place = place.part(&other.name);
            let at = At(at.0, Some(other.entry.key_span.start));
            self.add(&place, ChangeSeverity::Additive, "callback-added", "was added", at);
        }
        let known: Vec<&str> = before.iter().chain(&after).map(|operation| operation.path.key.as_str()).collect();
        self.other_keys(place, &known, (old, new));
    }
}

fn operations(callback: &Node) -> Vec<Operation<'_>> {
    let operations = callback.entries().iter().flat_map(|path| {
        methods(&path.node).map(move |entry| {
            let name = format!("{} `{}`", entry.key.to_uppercase(), path.key);
            Operation { id: name.clone(), url: String::new(), name, path, entry }
        })
    });
    operations.collect()
}
