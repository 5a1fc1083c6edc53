//! The operations that use a component.

use std::collections::{HashMap, HashSet};

use super::operations::methods;
use crate::document::Node;

/// The users of the components of a document: other components, and operations.
pub(super) struct Usage<'a> {
    /// The components and operations that refer to each component.
    users: HashMap<&'a str, Vec<User<'a>>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum User<'a> {
    /// The section and the name of a component.
    Component(&'a str, &'a str),
    /// The method and the path of an operation.
    Operation(&'a str, &'a str),
    /// All operations of a path.
    Path(&'a str),
    /// The method and the name of a webhook.
    Webhook(&'a str, &'a str),
}

impl<'a> Usage<'a> {
    pub(super) fn of(root: &'a Node) -> Self {
        let mut usage = Self { users: HashMap::new() };
        for path in root.entries_of("paths") {
            for entry in methods(&path.node) {
                usage.add(&entry.node, User::Operation(&entry.key, &path.key));
            }
            // The parameters of a path belong to all of its operations.
            let shared = path.node.entry("parameters").into_iter().chain(path.node.entry("$ref"));
            shared.for_each(|entry| usage.add(&entry.node, User::Path(&path.key)));
        }
        for webhook in root.entries_of("webhooks") {
            for entry in webhook.node.entries() {
                usage.add(&entry.node, User::Webhook(&entry.key, &webhook.key));
            }
        }
        for section in root.get("components").map(Node::entries).unwrap_or_default() {
            for entry in section.node.entries() {
                usage.add(&entry.node, User::Component(&section.key, &entry.key));
            }
        }
        usage
    }

    fn add(&mut self, node: &'a Node, user: User<'a>) {
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            if let Some(target) = node.get_str("$ref") {
                let users = self.users.entry(target).or_default();
                if users.last() != Some(&user) {
                    users.push(user);
                }
            }
            open.extend(node.entries().iter().map(|entry| &entry.node));
            open.extend(node.items());
        }
    }

    /// The operations that use a component, directly or through others, in the order of their names.
    pub(super) fn operations(&self, root: &'a Node, section: &str, name: &str) -> Vec<String> {
        let (mut visited, mut operations) = (HashSet::new(), HashSet::new());
        let mut open = vec![format!("#/components/{section}/{name}")];
        while let Some(target) = open.pop() {
            for user in self.users.get(target.as_str()).into_iter().flatten() {
                if !visited.insert(*user) {
                    continue;
                }
                match user {
                    User::Component(section, name) => open.push(format!("#/components/{section}/{name}")),
                    User::Operation(method, path) => {
                        operations.insert(format!("{} {path}", method.to_uppercase()));
                    }
                    User::Webhook(method, name) => {
                        operations.insert(format!("the webhook `{name}` ({})", method.to_uppercase()));
                    }
                    User::Path(path) => {
                        let node = root.get("paths").and_then(|paths| paths.get(path));
                        let methods = node.into_iter().flat_map(methods);
                        operations.extend(methods.map(|entry| format!("{} {path}", entry.key.to_uppercase())));
                    }
                }
            }
        }
        let mut operations: Vec<String> = operations.into_iter().collect();
        operations.sort();
        operations
    }
}
