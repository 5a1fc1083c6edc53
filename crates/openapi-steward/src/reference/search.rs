//! The search: its dialog, and the index that it reads.

use maud::{Markup, html};
use serde_json::{Value, json};

use super::Reference;
use super::model;
use crate::document::Node;
use crate::pages::{embed, icon, markdown};

/// The number of characters of a description that are searched.
const TEXT: usize = 300;

/// The dialog, which the script opens.
pub(super) fn dialog() -> Markup {
    html! {
        dialog #search aria-label="Search" {
            div .search-field {
                (icon::SEARCH)
                input #search-input type="search" placeholder="Search operations, schemas and fields" autocomplete="off" spellcheck="false"
                    role="combobox" aria-label="Search" aria-expanded="false" aria-controls="search-results" aria-autocomplete="list";
                kbd { "Esc" }
            }
            ul #search-results role="listbox" aria-label="Results" {}
            p #search-status role="status" {}
        }
    }
}

impl<'a> Reference<'a> {
    /// The index: for each section its kind, its title, what stands beside it, its id, and its text.
    pub(super) fn search_index(&self) -> String {
        let mut entries: Vec<Value> = Vec::new();
        let mut add = |kind: &str, title: &str, beside: &str, id: &str, text: &str| {
            entries.push(json!([kind, title, beside, id, text]));
        };
        for group in &self.model.groups {
            let text = group.tag.map(|tag| text_of(tag)).unwrap_or_default();
            add("tag", group.name, "", &group.id, &text);
        }
        for operation in &self.model.operations {
            let name = operation.node.get_str("operationId").unwrap_or_default();
            let parameters = model::parameters(operation.item, operation.node, self.model.root);
            let parameters: Vec<&str> = parameters.iter().filter_map(|parameter| parameter.get_str("name")).collect();
            let text = format!("{name} {} {}", parameters.join(" "), text_of(operation.node));
            add(&operation.method, &operation.title(), operation.path, &operation.id, text.trim());
        }
        for schema in &self.model.schemas {
            add("schema", schema.name, "", &schema.id, &text_of(schema.node));
            for property in schema.node.entries_of("properties") {
                let id = format!("{}.{}", schema.id, property.key.replace(char::is_whitespace, "_"));
                add("field", &property.key, schema.name, &id, &text_of(&property.node));
            }
        }
        for scheme in &self.model.schemes {
            add("security", scheme.name, "", &scheme.id, &text_of(scheme.node));
        }
        embed::gzip_base64(Value::Array(entries).to_string().as_bytes())
    }
}

fn text_of(node: &Node) -> String {
    node.get_str("description").map(|text| markdown::plain(text, TEXT)).unwrap_or_default()
}
