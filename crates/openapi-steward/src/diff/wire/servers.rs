//! Changes of the servers.

use serde_json::Value;

use super::super::change::ChangeSeverity;
use super::super::comparison::{At, Comparison, display, json};
use super::super::place::Place;
use super::operations::{Operation, operations};
use super::urls::{base_path, normalized, origin};
use crate::document::Node;

impl<'a> Comparison<'a> {
    /// Compares the servers of the whole document.
    pub(super) fn servers(&mut self) {
        if self.has_moved_prefix() {
            let (was, is) = (base_path(self.old), base_path(self.new));
            let how = format!("in the server's URL was `{was}` and is `{is}`; the URLs of all operations are the same");
            let at = At::key("servers", self.old, self.new);
            let values = (Some(base_path(self.old)), Some(base_path(self.new)));
            let place = Place::document("the start of the paths");
            self.add_values(&place, ChangeSeverity::Documentation, "path-prefix-moved", &how, at, values);
            return;
        }
        self.server_lists(&Place::document(""), self.old, self.new);
    }

    /// Compares the servers of one operation or its path, if it has its own.
    pub(super) fn own_servers(&mut self, place: &Place, old: &Operation<'a>, new: &Operation<'a>) {
        let own = |operation: &Operation<'a>| {
            [&operation.entry.node, &operation.path.node].into_iter().find(|node| node.get("servers").is_some())
        };
        match (own(old), own(new)) {
            (None, None) => {}
            (Some(old), Some(new)) => self.server_lists(place, old, new),
            (old, new) => self.own_servers_added_or_removed(place, old.unwrap_or(self.old), new.unwrap_or(self.new)),
        }
    }

    fn own_servers_added_or_removed(&mut self, place: &Place, old: &'a Node, new: &'a Node) {
        let urls = |node: &'a Node| -> Vec<String> {
            let servers = node.items_of("servers").iter();
            servers.map(|server| format!("`{}`", server.get_str("url").unwrap_or_default())).collect()
        };
        let (was, is) = (urls(old), urls(new));
        let severity = if was == is { ChangeSeverity::Documentation } else { ChangeSeverity::Notice };
        let how = format!("were {} and are {}", was.join(", "), is.join(", "));
        let values = (Some(was.join(", ")), Some(is.join(", ")));
        let at = At::key("servers", old, new);
        self.add_values(&place.part("the servers"), severity, "server-changed", &how, at, values);
    }

    /// Returns whether the path of the server was changed, and no URL of an operation was.
    fn has_moved_prefix(&self) -> bool {
        let url = |root: &'a Node| root.items_of("servers").first().and_then(|server| server.get_str("url"));
        let (Some(old), Some(new)) = (url(self.old), url(self.new)) else { return false };
        if origin(old) != origin(new) || base_path(self.old) == base_path(self.new) {
            return false;
        }
        let paths = |root: &'a Node| -> std::collections::BTreeSet<String> {
            let base = base_path(root);
            operations(root).iter().map(|operation| format!("{base}{}", operation.path.key)).collect()
        };
        let (old, new) = (paths(self.old), paths(self.new));
        !old.is_disjoint(&new)
    }

    fn server_lists(&mut self, place: &Place, old: &'a Node, new: &'a Node) {
        let list = |node: &'a Node| node.items_of("servers");
        let (before, after) = (list(old), list(new));
        let url = |server: &'a Node| server.get_str("url").unwrap_or_default().trim_end_matches('/');
        let is_same = |one: &'a Node, other: &'a Node| normalized(url(one)) == normalized(url(other));
        // A document without servers has one, whose URL is `/`.
        let is_missing = |server: &'a Node, others: &'a [Node]| {
            let is_default = others.is_empty() && url(server).is_empty();
            !is_default && !others.iter().any(|other| is_same(server, other))
        };
        let mut gone: Vec<&'a Node> = before.iter().filter(|one| is_missing(one, after)).collect();
        let mut more: Vec<&'a Node> = after.iter().filter(|other| is_missing(other, before)).collect();
        if gone.len() == 1 && more.len() == 1 {
            let (one, other) = (gone.remove(0), more.remove(0));
            let how = format!("was `{}` and is `{}`", url(one), url(other));
            let values = (Some(url(one).to_owned()), Some(url(other).to_owned()));
            let at = At::both(&one.span, &other.span);
            self.add_values(&place.part("the server"), ChangeSeverity::Notice, "server-changed", &how, at, values);
            self.server(place, one, other);
        }
        for one in gone {
            let place = place.part(&format!("the server `{}`", url(one)));
            let at = At(Some(one.span.start), At::key("servers", old, new).1);
            let values = (Some(url(one).to_owned()), None);
            self.add_values(&place, ChangeSeverity::Notice, "server-removed", "was removed", at, values);
        }
        for other in more {
            let place = place.part(&format!("the server `{}`", url(other)));
            let at = At(At::key("servers", old, new).0, Some(other.span.start));
            let values = (None, Some(url(other).to_owned()));
            self.add_values(&place, ChangeSeverity::Notice, "server-added", "was added", at, values);
        }
        for one in before {
            if let Some(other) = after.iter().find(|other| is_same(one, other)) {
                self.server(place, one, other);
            }
        }
        if !before.is_empty() && before.len() == after.len() && !is_same(&before[0], &after[0]) {
            let is_reordered = before.iter().all(|one| after.iter().any(|other| is_same(one, other)));
            if is_reordered {
                let at = At::both(&before[0].span, &after[0].span);
                let how = format!("was `{}` and is `{}`", url(&before[0]), url(&after[0]));
                self.add(&place.part("the first server"), ChangeSeverity::Notice, "server-changed", &how, at);
            }
        }
    }

    /// Compares the texts and the variables of a server.
    fn server(&mut self, place: &Place, old: &'a Node, new: &'a Node) {
        let url = new.get_str("url").unwrap_or_default();
        let place = place.part(&format!("the server `{url}`"));
        self.documentation(&place, &["description"], (old, new));
        self.other_keys(&place, &["url", "description", "variables"], (old, new));
        let names = |node: &'a Node| node.entries_of("variables").iter().map(|entry| entry.key.as_str());
        let all: std::collections::BTreeSet<&str> = names(old).chain(names(new)).collect();
        for name in all {
            let variable = |node: &'a Node| node.get("variables").and_then(|variables| variables.get(name));
            let part = place.part(&format!("the variable `{name}`"));
            let at = At::key("variables", old, new);
            let (severity, kind) = (ChangeSeverity::Notice, "server-variable-changed");
            match (variable(old), variable(new)) {
                (Some(old), Some(new)) => {
                    self.documentation(&part, &["description"], (old, new));
                    for key in ["default", "enum"] {
                        let how =
                            format!("the {key} was {} and is {}", display(&json(old, key)), display(&json(new, key)));
                        if sorted(json(old, key)) != sorted(json(new, key)) {
                            self.compare_key(&part, key, (severity, kind), &how, (old, new));
                        }
                    }
                    self.other_keys(&part, &["description", "default", "enum"], (old, new));
                }
                (None, Some(_)) => self.add(&part, severity, kind, "was added", at),
                (_, None) => self.add(&part, severity, kind, "was removed", at),
            }
        }
    }
}

fn sorted(value: Value) -> Value {
    match value {
        Value::Array(mut items) => {
            items.sort_by_key(Value::to_string);
            Value::Array(items)
        }
        value => value,
    }
}
