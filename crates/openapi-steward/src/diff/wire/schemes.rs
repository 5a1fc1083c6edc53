//! Changes of the security schemes: how credentials are sent.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::change::ChangeSeverity;
use super::super::comparison::{At, Comparison, display, json};
use super::super::place::Place;
use crate::document::{Entry, Node};

/// The parts of a security scheme that tell how credentials are sent.
const SENT: [&str; 4] = ["type", "scheme", "in", "name"];
/// The parts that tell where credentials come from.
const SOURCES: [&str; 2] = ["flows", "openIdConnectUrl"];

/// The part of a security scheme by which two of them are the same.
pub(super) fn identity(scheme: &Node) -> BTreeMap<&'static str, Value> {
    SENT.iter().chain(&SOURCES).map(|key| (*key, part(scheme, key))).collect()
}

/// The value of a part. The names of HTTP schemes and of headers have no case.
fn part(scheme: &Node, key: &str) -> Value {
    let is_header = scheme.get_str("in") == Some("header");
    match json(scheme, key) {
        Value::String(text) if key == "scheme" || (key == "name" && is_header) => text.to_ascii_lowercase().into(),
        value => value,
    }
}

impl<'a> Comparison<'a> {
    pub(super) fn security_schemes(&mut self) {
        let entries = |root: &'a Node| {
            root.get("components").map(|components| components.entries_of("securitySchemes")).unwrap_or_default()
        };
        let (before, after) = (entries(self.old), entries(self.new));
        let parent = |root: &Node| Some(root.get("components").map_or(root.span.start, |node| node.span.start));
        for one in before {
            let place = Place::document(format!("the security scheme `{}`", one.key));
            if let Some(other) = after.iter().find(|other| other.key == one.key) {
                self.security_scheme(&place, one, other);
            } else {
                let at = At(Some(one.key_span.start), parent(self.new));
                self.add(&place, ChangeSeverity::Documentation, "security-scheme-removed", "was removed", at);
            }
        }
        for other in after.iter().filter(|other| !before.iter().any(|one| one.key == other.key)) {
            let place = Place::document(format!("the security scheme `{}`", other.key));
            let at = At(parent(self.old), Some(other.key_span.start));
            self.add(&place, ChangeSeverity::Documentation, "security-scheme-added", "was added", at);
        }
    }

    fn security_scheme(&mut self, place: &Place, one: &'a Entry, other: &'a Entry) {
        let both = (one.node.resolve(self.old), other.node.resolve(self.new));
        self.documentation(place, &["description", "bearerFormat"], both);
        for key in SENT.iter().chain(&SOURCES) {
            let (was, is) = (part(both.0, key), part(both.1, key));
            if was == is {
                continue;
            }
            let severity = if SENT.contains(key) { ChangeSeverity::Breaking } else { ChangeSeverity::Notice };
            let how = if *key == "flows" {
                flows(both.0, both.1)
            } else {
                format!("the {key} was {} and is {}", display(&json(both.0, key)), display(&json(both.1, key)))
            };
            self.compare_key(place, key, (severity, "security-scheme-changed"), &how, both);
        }
        let known = [&SENT[..], &SOURCES, &["description", "bearerFormat"]].concat();
        self.other_keys(place, &known, both);
    }
}

/// Returns the words for a change of OAuth flows.
fn flows(old: &Node, new: &Node) -> String {
    let names = |node: &Node| -> Vec<String> {
        let flows = node.entries_of("flows").iter();
        flows
            .flat_map(|flow| flow.node.entries_of("scopes").iter().map(|scope| format!("{}: {}", flow.key, scope.key)))
            .collect()
    };
    let (was, is) = (names(old), names(new));
    let difference = |one: &[String], other: &[String]| -> Vec<String> {
        one.iter().filter(|name| !other.contains(name)).map(|name| format!("`{name}`")).collect()
    };
    let (gone, more) = (difference(&was, &is), difference(&is, &was));
    match (gone.is_empty(), more.is_empty()) {
        (true, true) => "the flows were changed".to_owned(),
        (true, false) => format!("the scopes {} were added", more.join(", ")),
        (false, true) => format!("the scopes {} were removed", gone.join(", ")),
        (false, false) => format!("the scopes {} were removed, and {} were added", gone.join(", "), more.join(", ")),
    }
}
