//! The uses of each schema: by operations, and by other schemas.

use std::collections::HashMap;

use super::model::Model;
use crate::document::Node;
use crate::schema::component_name;

/// The number of parts inside each other that are followed.
const MAX_DEPTH: usize = 64;

/// The users of a schema.
#[derive(Debug, Default)]
pub(super) struct Users<'a> {
    /// The operations, by their index.
    pub(super) operations: Vec<usize>,
    /// The names of the schemas.
    pub(super) schemas: Vec<&'a str>,
}

/// Returns the users of each schema, by its name. A schema that another one refers to is used by that one, and not by the operations
/// that use both.
pub(super) fn usage<'a>(model: &Model<'a>) -> HashMap<&'a str, Users<'a>> {
    let mut usage: HashMap<&'a str, Users<'a>> = HashMap::new();
    for (index, operation) in model.operations.iter().enumerate() {
        let mut names = Vec::new();
        collect(operation.node, model.root, 0, &mut names);
        operation.item.items_of("parameters").iter().for_each(|node| collect(node, model.root, 0, &mut names));
        for name in unique(names) {
            usage.entry(name).or_default().operations.push(index);
        }
    }
    for schema in &model.schemas {
        let mut names = Vec::new();
        collect(schema.node, model.root, 0, &mut names);
        for name in unique(names) {
            usage.entry(name).or_default().schemas.push(schema.name);
        }
    }
    usage
}

fn unique(mut names: Vec<&str>) -> Vec<&str> {
    names.sort_unstable();
    names.dedup();
    names
}

/// Collects the schemas that a part refers to. Parts of other kinds, such as a shared response, are followed.
fn collect<'a>(node: &'a Node, root: &'a Node, depth: usize, names: &mut Vec<&'a str>) {
    if depth > MAX_DEPTH {
        return;
    }
    if let Some(name) = component_name(node) {
        names.push(name);
        return;
    }
    if node.get_str("$ref").is_some() {
        let target = node.resolve(root);
        if !std::ptr::eq(target, node) && depth < MAX_DEPTH / 4 {
            collect(target, root, depth + MAX_DEPTH / 16, names);
        }
        return;
    }
    for entry in node.entries() {
        match entry.key.as_str() {
            "mapping" | "example" | "examples" | "default" | "enum" => {}
            // The keys of these are names, and no keywords.
            "properties" | "patternProperties" | "responses" | "content" | "headers" | "callbacks" => {
                entry.node.entries().iter().for_each(|named| collect(&named.node, root, depth + 2, names));
            }
            _ => collect(&entry.node, root, depth + 1, names),
        }
    }
    node.items().iter().for_each(|item| collect(item, root, depth + 1, names));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::read_yaml;

    #[test]
    fn a_schema_is_used_by_operations_and_by_schemas_and_not_by_examples() {
        let document = "\
paths:
  /a:
    get:
      responses:
        '200': { $ref: '#/components/responses/Ok' }
        default: { description: d, content: { application/json: { example: { $ref: '#/components/schemas/Y' } } } }
components:
  responses: { Ok: { content: { application/json: { schema: { $ref: '#/components/schemas/X' } } } } }
  schemas:
    X: { properties: { default: { $ref: '#/components/schemas/Y' } } }
    Y: { items: { $ref: '#/components/schemas/Y' } }
";
        let (root, _) = read_yaml(document).unwrap_or_else(|finding| panic!("{finding:?}"));
        let model = Model::of(&root);
        let usage = usage(&model);
        let of = |name: &str| usage.get(name).map(|users| (users.operations.clone(), users.schemas.clone()));
        assert_eq!(of("X"), Some((vec![0], Vec::new())));
        assert_eq!(of("Y"), Some((Vec::new(), vec!["X", "Y"])));
    }
}
