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
            let values =
                format!("the {key} was {} and is {}", display(&json(both.0, key)), display(&json(both.1, key)));
            let (severity, how) = match *key {
                "flows" => flows(both.0, both.1).map_or_else(
                    || (ChangeSeverity::Documentation, "the texts of the flows were changed".to_owned()),
                    |how| (severity, how),
                ),
                _ => (severity, values),
            };
            self.compare_key(place, key, (severity, "security-scheme-changed"), &how, both);
        }
        let known = [&SENT[..], &SOURCES, &["description", "bearerFormat"]].concat();
        self.other_keys(place, &known, both);
    }
}

/// Returns the words for a change of OAuth flows: which came and went, and what differs in the others. Missing if only texts differ.
fn flows(old: &Node, new: &Node) -> Option<String> {
    let parts = |node: &Node| -> BTreeMap<String, String> {
        let flow = |flow: &Entry| -> Vec<(String, String)> {
            let scopes = flow.node.entries_of("scopes").iter();
            let scopes = scopes.map(|scope| (format!("the scope `{}: {}`", flow.key, scope.key), String::new()));
            let urls = ["authorizationUrl", "tokenUrl", "refreshUrl", "deviceAuthorizationUrl"].into_iter();
            let urls = urls.filter_map(|key| {
                Some((format!("the {key} of `{}`", flow.key), format!("`{}`", flow.node.get_str(key)?)))
            });
            scopes.chain(urls).chain([(format!("the flow `{}`", flow.key), String::new())]).collect()
        };
        node.entries_of("flows").iter().flat_map(flow).collect()
    };
    let (was, is) = (parts(old), parts(new));
    let gone = was.keys().filter(|name| !is.contains_key(*name)).map(|name| format!("{name} was removed"));
    let more = is.keys().filter(|name| !was.contains_key(*name)).map(|name| format!("{name} was added"));
    let others = was.iter().filter_map(|(name, before)| {
        let after = is.get(name).filter(|after| *after != before)?;
        Some(format!("{name} was {before} and is {after}"))
    });
    let all: Vec<String> = gone.chain(more).chain(others).collect();
    match all.len() {
        0 => None,
        1..=6 => Some(all.join(", ")),
        number => Some(format!("{} and {} more", all.get(..5).unwrap_or_default().join(", "), number - 5)),
    }
}
