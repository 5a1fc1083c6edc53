//! The parts of a document, in the order and in the groups of the page, with the id of each section.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};

use crate::document::{Entry, METHODS, Node};
use crate::pages::anchor::Anchors;

/// The number of nodes that a page has a second time.
const MAX_REPEATED: usize = 100_000;

/// A document, ordered for its page.
#[derive(Debug)]
pub(super) struct Model<'a> {
    pub(super) root: &'a Node,
    pub(super) operations: Vec<Operation<'a>>,
    pub(super) groups: Vec<Group<'a>>,
    pub(super) schemas: Vec<Schema<'a>>,
    /// The responses that operations share.
    pub(super) responses: Vec<Schema<'a>>,
    pub(super) schemes: Vec<Scheme<'a>>,
    /// The ids of the sections of schemas, by their names.
    pub(super) schema_ids: HashMap<&'a str, String>,
    /// The ids of all sections.
    pub(super) ids: Anchors,
    /// The number of nodes that the page may still have a second time, where a reference leads to another place than a component.
    repeated: Cell<usize>,
}

/// An operation, or a webhook.
#[derive(Debug)]
pub(super) struct Operation<'a> {
    pub(super) id: String,
    pub(super) method: String,
    pub(super) path: &'a str,
    /// The path item, whose parameters and servers the operation shares.
    pub(super) item: &'a Node,
    pub(super) node: &'a Node,
    pub(super) is_webhook: bool,
}

/// The operations with one tag.
#[derive(Debug)]
pub(super) struct Group<'a> {
    pub(super) id: String,
    pub(super) name: &'a str,
    /// The tag object. Missing for a tag that only operations name.
    pub(super) tag: Option<&'a Node>,
    /// The operations whose first tag this is, by their index.
    pub(super) operations: Vec<usize>,
    /// The operations that have it as a further tag.
    pub(super) also: Vec<usize>,
}

impl Group<'_> {
    /// The name that is shown: an extension that several tools know, the summary of OpenAPI 3.2, or the name itself.
    pub(super) fn title(&self) -> &str {
        let of = |key: &str| self.tag?.get_str(key).map(str::trim).filter(|text| !text.is_empty());
        of("x-displayName").or_else(|| of("summary")).unwrap_or(self.name)
    }
}

/// A schema of the components, or a shared response.
#[derive(Debug)]
pub(super) struct Schema<'a> {
    pub(super) id: String,
    pub(super) name: &'a str,
    pub(super) node: &'a Node,
}

/// A security scheme.
#[derive(Debug)]
pub(super) struct Scheme<'a> {
    pub(super) id: String,
    pub(super) name: &'a str,
    pub(super) node: &'a Node,
}

impl<'a> Operation<'a> {
    /// The title: the summary, the `operationId`, or the method and the path.
    pub(super) fn title(&self) -> String {
        let of = |key: &str| self.node.get_str(key).map(str::trim).filter(|text| !text.is_empty());
        match of("summary").or_else(|| of("operationId")) {
            Some(title) => title.to_owned(),
            None => format!("{} {}", self.method.to_uppercase(), self.path),
        }
    }

    pub(super) fn tags(&self) -> impl Iterator<Item = &'a str> {
        self.node.items_of("tags").iter().filter_map(Node::str)
    }

    /// The parameters of the path and of the operation, which win, without references.
    pub(super) fn parameters(&self, root: &'a Node) -> Vec<&'a Node> {
        parameters(self.item, self.node, root)
    }
}

/// The parameters of a path item and of an operation of it, which win, without references.
pub(super) fn parameters<'a>(item: &'a Node, operation: &'a Node, root: &'a Node) -> Vec<&'a Node> {
    let mut parameters: Vec<&'a Node> = Vec::new();
    let key =
        |parameter: &Node| [parameter.get_str("name"), parameter.get_str("in")].map(|part| part.map(str::to_owned));
    for parameter in item.items_of("parameters").iter().chain(operation.items_of("parameters")) {
        let parameter = parameter.resolve(root);
        if parameter.get_str("name").is_none() {
            continue;
        }
        match parameters.iter_mut().find(|other| key(other) == key(parameter)) {
            Some(other) => *other = parameter,
            None => parameters.push(parameter),
        }
    }
    parameters
}

/// The operations of a path item: each method with its operation.
pub(super) fn operations_of<'a>(item: &'a Node, root: &'a Node) -> Vec<(String, &'a Node)> {
    let item = item.resolve(root);
    let own = item.entries().iter().filter(|entry| METHODS.contains(&entry.key.as_str()) || entry.key == "query");
    let additional = item.entries_of("additionalOperations");
    own.chain(additional)
        .filter(|entry| !entry.node.entries().is_empty())
        .map(|entry| (entry.key.clone(), &entry.node))
        .collect()
}

/// The components of a section, each with its id.
fn named<'a>(section: &'a [Entry], prefix: &str, anchors: &mut Anchors) -> Vec<Schema<'a>> {
    let component = |entry: &'a Entry| Schema {
        id: anchors.take(&format!("{prefix}/{}", entry.key)),
        name: &entry.key,
        node: &entry.node,
    };
    section.iter().map(component).collect()
}

impl<'a> Model<'a> {
    pub(super) fn of(root: &'a Node) -> Self {
        let mut anchors = Anchors::default();
        for fixed in ["content", "navigation", "introduction", "servers", "authentication", "schemas", "responses"] {
            anchors.take(fixed);
        }
        let operations = operations(root, &mut anchors);
        let groups = groups(root, &operations, &mut anchors);
        let section = |name: &str| root.get("components").map(|node| node.entries_of(name)).unwrap_or_default();
        let schemas = named(section("schemas"), "schema", &mut anchors);
        let security = section("securitySchemes")
            .iter()
            .map(|entry| Scheme {
                id: anchors.take(&format!("security/{}", entry.key)),
                name: &entry.key,
                node: entry.node.resolve(root),
            })
            .collect();
        let responses = named(section("responses"), "response", &mut anchors);
        let schema_ids = schemas.iter().map(|schema| (schema.name, schema.id.clone())).collect();
        Self {
            root,
            operations,
            groups,
            schemas,
            responses,
            schemes: security,
            schema_ids,
            ids: anchors,
            repeated: Cell::new(MAX_REPEATED),
        }
    }

    /// Returns whether the page may have a part of the document a second time. References that lead back would not end otherwise.
    pub(super) fn may_repeat(&self, part: &Node) -> bool {
        let rest = self.repeated.get().checked_sub(part.count());
        self.repeated.set(rest.unwrap_or_default());
        rest.is_some()
    }

    /// The name of the API.
    pub(super) fn title(&self) -> &'a str {
        let title = self.root.get("info").and_then(|info| info.get_str("title")).map(str::trim);
        title.filter(|title| !title.is_empty()).unwrap_or("API reference")
    }

    /// The names of the schemes that one of the requirements of an operation has, each requirement with its scopes. `None` if the
    /// operation and the document name none.
    pub(super) fn security(&self, operation: &'a Node) -> Option<&'a [Node]> {
        operation.get("security").or_else(|| self.root.get("security")).map(Node::items)
    }
}

fn operations<'a>(root: &'a Node, anchors: &mut Anchors) -> Vec<Operation<'a>> {
    let mut operations = Vec::new();
    for (section, is_webhook) in [("paths", false), ("webhooks", true)] {
        for path in root.entries_of(section).iter().filter(|path| !path.key.starts_with("x-")) {
            let item = path.node.resolve(root);
            for (method, node) in operations_of(item, root) {
                let name = match node.get_str("operationId").filter(|id| !id.is_empty()) {
                    Some(id) => id.to_owned(),
                    None => format!("{method}/{}", path.key.trim_start_matches('/')),
                };
                let id = anchors.take(&format!("{}/{name}", if is_webhook { "webhook" } else { "operation" }));
                operations.push(Operation { id, method, path: &path.key, item, node, is_webhook });
            }
        }
    }
    operations
}

/// Groups the operations by their first tag, in the order of the tags of the document. Those without a tag come last.
fn groups<'a>(root: &'a Node, operations: &[Operation<'a>], anchors: &mut Anchors) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut positions: HashMap<&'a str, usize> = HashMap::new();
    let group = |name: &'a str, tag: Option<&'a Node>, anchors: &mut Anchors| Group {
        id: anchors.take(&format!("tag/{name}")),
        name,
        tag,
        operations: Vec::new(),
        also: Vec::new(),
    };
    for tag in root.items_of("tags") {
        if let Some(name) = tag.get_str("name")
            && !positions.contains_key(name)
        {
            positions.insert(name, groups.len());
            groups.push(group(name, Some(tag), anchors));
        }
    }
    let (mut others, mut webhooks) = (Vec::new(), Vec::new());
    for (index, operation) in operations.iter().enumerate() {
        let mut seen = HashSet::new();
        let tags: Vec<&'a str> = operation.tags().filter(|tag| seen.insert(*tag)).collect();
        if operation.is_webhook {
            webhooks.push(index);
        } else if tags.is_empty() {
            others.push(index);
        } else {
            for (order, name) in tags.into_iter().enumerate() {
                let position = *positions.entry(name).or_insert_with(|| {
                    groups.push(group(name, None, anchors));
                    groups.len() - 1
                });
                if let Some(group) = groups.get_mut(position) {
                    if order == 0 { group.operations.push(index) } else { group.also.push(index) }
                }
            }
        }
    }
    let name = if operations.len() == others.len() + webhooks.len() { "Operations" } else { "Other operations" };
    for (name, operations) in [(name, others), ("Webhooks", webhooks)] {
        if !operations.is_empty() {
            groups.push(Group { operations, ..group(name, None, anchors) });
        }
    }
    // A tag without operations and without a text would be an empty section.
    let has_text = |group: &Group<'_>| {
        group.tag.is_some_and(|tag| tag.get_str("description").is_some_and(|text| !text.trim().is_empty()))
    };
    groups.retain(|group| !group.operations.is_empty() || !group.also.is_empty() || has_text(group));
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::read_yaml;

    #[test]
    fn operations_are_grouped_by_their_first_tag_and_keep_their_ids() {
        let document = "\
tags: [{ name: b }, { name: empty }, { name: a, description: Text. }]
paths:
  /x/{id}:
    get: { tags: [a, b] }
    put: { operationId: change it }
  /y: { get: { tags: [new] } }
webhooks:
  made: { post: { operationId: made } }
";
        let (root, _) = read_yaml(document).unwrap_or_else(|finding| panic!("{finding:?}"));
        let model = Model::of(&root);
        let ids: Vec<&str> = model.operations.iter().map(|operation| operation.id.as_str()).collect();
        assert_eq!(ids, ["operation/get/x/{id}", "operation/change_it", "operation/get/y", "webhook/made"]);
        let groups: Vec<(&str, &[usize], &[usize])> =
            model.groups.iter().map(|group| (group.name, &*group.operations, &*group.also)).collect();
        let expected: [(&str, &[usize], &[usize]); 5] = [
            ("b", &[], &[0]),
            ("a", &[0], &[]),
            ("new", &[2], &[]),
            ("Other operations", &[1], &[]),
            ("Webhooks", &[3], &[]),
        ];
        assert_eq!(groups, expected);
    }
}
