//! The document and its JSON Schemas, to download: in the page, or as files beside it.

use maud::{Markup, html};
use serde_json::{Map, Value, json};

use crate::document::Node;
use crate::pages::{embed, icon};
use crate::schema::{References, Schemas};

/// The size up to which a file is a part of the page, in bytes.
const MAX_EMBEDDED: usize = 1_000_000;

/// The files to download.
#[derive(Debug, Default)]
pub(crate) struct Downloads {
    files: Vec<File>,
}

#[derive(Debug)]
struct File {
    label: &'static str,
    name: String,
    content: String,
}

impl Downloads {
    /// The document with this file name and text, and the JSON Schemas of its components. `stem` is the name of the page without its
    /// extension, which the files beside it begin with.
    pub(crate) fn of(name: &str, text: &str, root: &Node, stem: &str) -> Self {
        let document = File { label: "OpenAPI document", name: beside(stem, name, text), content: text.to_owned() };
        let schemas = schemas(root).map(|schemas| {
            let content = schemas.to_string();
            File { label: "JSON Schemas", name: beside(stem, "schemas.json", &content), content }
        });
        Self { files: std::iter::once(document).chain(schemas).collect() }
    }

    /// The files that are too large for the page and belong beside it: the name and the content of each.
    pub(crate) fn beside(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().filter(|file| !file.is_embedded()).map(|file| (file.name.as_str(), file.content.as_str()))
    }

    /// The links. Without a script, a file that is a part of the page is saved in its compressed form.
    pub(super) fn links(&self) -> Markup {
        html! {
            p .downloads {
                @for file in &self.files {
                    @if file.is_embedded() {
                        a .button download=(format!("{}.gz", file.name)) data-file=(file.name)
                            href=(format!("data:application/gzip;base64,{}", embed::gzip_base64(file.content.as_bytes()))) {
                            (icon::DOWNLOAD) (file.label)
                        }
                    } @else {
                        a .button download=(file.name) href=(crate::pages::anchor::link(&file.name).trim_start_matches('#')) {
                            (icon::DOWNLOAD) (file.label)
                        }
                    }
                }
            }
        }
    }
}

impl File {
    fn is_embedded(&self) -> bool {
        self.content.len() <= MAX_EMBEDDED
    }
}

/// The name of a file: its own, or beside a page one that belongs to it.
fn beside(stem: &str, name: &str, content: &str) -> String {
    if content.len() <= MAX_EMBEDDED { name.to_owned() } else { format!("{stem}.{name}") }
}

/// The schemas of all components as one JSON Schema, each as a definition.
fn schemas(root: &Node) -> Option<Value> {
    let names: Vec<&String> = References::new(root).components().iter().map(|entry| &entry.key).collect();
    if names.is_empty() {
        return None;
    }
    let references: Vec<Value> =
        names.iter().map(|name| json!({ "$ref": format!("#/$defs/{}", crate::document::escape(name)) })).collect();
    let complete = Schemas::of(root).with_definitions(&json!({ "anyOf": references }));
    let mut file = Map::new();
    file.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    file.insert("$comment".to_owned(), json!("Each schema is a definition: refer to `#/$defs/NAME`."));
    file.insert("$defs".to_owned(), complete.get("$defs").cloned().unwrap_or_default());
    Some(Value::Object(file))
}
