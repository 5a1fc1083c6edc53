//! The index of the search of a reference.

use super::{Reference, model, schema};
use crate::document::Node;
use crate::pages::markdown;
use crate::pages::search::Index;

/// The number of characters of a description that are searched, and the number in a document with many of them.
const TEXT: usize = 1_000;
const SHORT_TEXT: usize = 300;
/// The number of nodes from which on a document has many descriptions.
const MANY: usize = 200_000;

impl Reference<'_> {
    /// The index: the titles, the ids and the descriptions of all sections and fields.
    pub(super) fn search_index(&self) -> String {
        let limit = if self.model.root.count() > MANY { SHORT_TEXT } else { TEXT };
        let mut index = Index::default();
        let text_of =
            |node: &Node| node.get_str("description").map(|text| markdown::plain(text, limit)).unwrap_or_default();
        for heading in &self.chapters.headings {
            index.add("guide", &heading.text, "", &heading.id, "");
        }
        for group in &self.model.groups {
            let text = group.tag.map(text_of).unwrap_or_default();
            index.add("tag", group.title(), "", &group.id, &text);
        }
        for operation in &self.model.operations {
            let name = operation.node.get_str("operationId").unwrap_or_default();
            let parameters = model::parameters(operation.item, operation.node, self.model.root);
            let parameters: Vec<&str> = parameters.iter().filter_map(|parameter| parameter.get_str("name")).collect();
            let text = format!("{name} {} {}", parameters.join(" "), text_of(operation.node));
            index.add(&operation.method, &operation.title(), operation.path, &operation.id, text.trim());
        }
        for schema in &self.model.schemas {
            index.add("schema", schema.name, "", &schema.id, &text_of(schema.node));
            for property in self.schemas.own_properties(schema.node) {
                let id = schema::property_id(&schema.id, &property.key);
                index.add("field", &property.key, schema.name, &id, &text_of(&property.node));
            }
        }
        for scheme in &self.model.schemes {
            index.add("security", scheme.name, "", &scheme.id, &text_of(scheme.node));
        }
        index.finish()
    }
}
