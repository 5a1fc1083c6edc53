//! Changes of webhooks, whose requests the service sends.

use super::super::change::ChangeSeverity;
use super::super::comparison::{At, Comparison};
use super::super::operations::methods;
use super::super::place::Place;
use super::operations::Operation;
use crate::document::Node;

impl<'a> Comparison<'a> {
    pub(super) fn webhooks(&mut self) {
        let (old, new) = (webhooks(self.old), webhooks(self.new));
        for one in &old {
            let place = Place::operation(&one.name);
            if let Some(other) = new.iter().find(|other| other.id == one.id) {
                self.turned(&place, one, other);
                continue;
            }
            let kinds = ["webhook-removed", "webhook-removed-before-sunset", "webhook-removed-after-sunset"];
            let (severity, kind, how) = self.removal(&one.entry.node, kinds);
            let parent = At::key("webhooks", self.old, self.new).1;
            self.add(&place, severity, kind, &how, At(Some(one.entry.key_span.start), parent));
        }
        for other in new.iter().filter(|other| !old.iter().any(|one| one.id == other.id)) {
            let at = At(At::key("webhooks", self.old, self.new).0, Some(other.entry.key_span.start));
            let place = Place::operation(&other.name);
            self.add(&place, ChangeSeverity::Additive, "webhook-added", "was added", at);
        }
        for one in self.old.entries_of("webhooks") {
            if let Some(other) = self.new.get("webhooks").and_then(|webhooks| webhooks.get(&one.key)) {
                let place = Place::operation(&format!("the webhook `{}`", one.key));
                self.documentation(&place, &["summary", "description"], (&one.node, other));
                self.other_keys(&place, &super::operations::KNOWN, (&one.node, other));
            }
        }
    }

    /// Compares an operation whose request the service sends: the client reads the request, and writes the response.
    pub(super) fn turned(&mut self, place: &Place, old: &Operation<'a>, new: &Operation<'a>) {
        self.is_turned = !self.is_turned;
        self.operation(place, old, new);
        self.is_turned = !self.is_turned;
    }
}

fn webhooks(root: &Node) -> Vec<Operation<'_>> {
    let operations = root.entries_of("webhooks").iter().flat_map(|path| {
        methods(&path.node).map(move |entry| {
            let name = format!("the webhook `{}` ({})", path.key, entry.key.to_uppercase());
            Operation { id: name.clone(), url: String::new(), name, path, entry }
        })
    });
    operations.collect()
}
