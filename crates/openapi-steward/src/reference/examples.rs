//! The examples of a document, and values made of its schemas where it has none.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::model::Model;
use crate::codegen::package::{SampleDirection, Sampler};
use crate::document::Node;

/// The size up to which an example is a part of the page, in bytes.
const MAX_EXAMPLE: usize = 32 << 10;
/// The size of a document in nodes from which on no value is made of its schemas: it has thousands of large ones.
const MAX_SAMPLED: usize = 200_000;

/// Finds the examples of a document.
#[derive(Debug)]
pub(super) struct Examples<'a> {
    pub(super) model: &'a Model<'a>,
    json: &'a Value,
    /// The folder of the document, to which example files are relative.
    folder: &'a Path,
    samples: bool,
}

/// An example.
#[derive(Debug, Clone)]
pub(super) struct Example {
    pub(super) title: String,
    /// The value as text, and whether it is JSON.
    pub(super) text: String,
    pub(super) is_json: bool,
}

impl<'a> Examples<'a> {
    pub(super) fn new(model: &'a Model<'a>, json: &'a Value, folder: &'a Path) -> Self {
        Self { model, json, folder, samples: model.root.count() <= MAX_SAMPLED }
    }

    /// The value of a parameter: its example, its default, a value that its schema limits it to, or its name in braces.
    pub(super) fn parameter(&self, parameter: &'a Node) -> Value {
        let root = self.model.root;
        let first = parameter.entries_of("examples").first().and_then(|entry| entry.node.resolve(root).get("value"));
        if let Some(example) = parameter.get("example").or(first) {
            return example.to_json();
        }
        let name = parameter.get_str("name").unwrap_or_default();
        let content = parameter.entries_of("content").first().and_then(|entry| entry.node.get("schema"));
        let Some(schema) = parameter.get("schema").or(content) else { return Value::String(format!("{{{name}}}")) };
        let resolved = schema.resolve(root);
        let own = ["example", "default"].into_iter().find_map(|key| schema.get(key).or_else(|| resolved.get(key)));
        if let Some(value) = own {
            return value.to_json();
        }
        match self.sample(schema, true) {
            Some(Value::String(text)) if text == "text" || text.starts_with("textx") => {
                Value::String(format!("{{{name}}}"))
            }
            Some(value) => value,
            None => Value::String(format!("{{{name}}}")),
        }
    }

    /// The example of a media type that shows most, or a value of its schema.
    pub(super) fn media(&self, media: &'a Node, is_request: bool) -> Option<Value> {
        let longest = self.named(media).map(|(_, value)| value).max_by_key(|value| value.to_string().len());
        longest.or_else(|| self.of_schema(media, is_request))
    }

    /// All examples of a media type, or one that is made of its schema.
    pub(super) fn all(&self, media: &'a Node, is_request: bool) -> Vec<Example> {
        let titled = |(title, value): (String, Value)| {
            let (text, is_json) = match value {
                Value::String(text) => (text, false),
                value => (format!("{value:#}"), true),
            };
            (text.len() <= MAX_EXAMPLE).then_some(Example { title, text, is_json })
        };
        let examples: Vec<Example> = self.named(media).filter_map(titled).collect();
        if !examples.is_empty() {
            return examples;
        }
        self.of_schema(media, is_request).and_then(|value| titled(("Example".to_owned(), value))).into_iter().collect()
    }

    /// The examples that the document has, each with its title.
    fn named(&self, media: &'a Node) -> impl Iterator<Item = (String, Value)> {
        let own = media.get("example").map(|example| ("Example".to_owned(), example.to_json()));
        let several = media.entries_of("examples").iter().filter_map(|entry| {
            let example = entry.node.resolve(self.model.root);
            let title = example.get_str("summary").unwrap_or(&entry.key).to_owned();
            let value = match example.get("value").or_else(|| example.get("dataValue")) {
                Some(value) => value.to_json(),
                None => self.file(example.get_str("externalValue")?)?,
            };
            Some((title, value))
        });
        own.into_iter().chain(several)
    }

    /// The value of a file below the folder of the document.
    fn file(&self, name: &str) -> Option<Value> {
        let path = self.folder.join(name).canonicalize().ok()?;
        if !path.starts_with(self.folder.canonicalize().ok()?) {
            return None;
        }
        let text = fs::read_to_string(path).ok()?;
        Some(serde_json::from_str(&text).unwrap_or(Value::String(text)))
    }

    fn of_schema(&self, media: &'a Node, is_request: bool) -> Option<Value> {
        let schema = media.get("schema")?;
        let example = schema.get("example").or_else(|| schema.resolve(self.model.root).get("example"));
        if let Some(example) = example {
            return Some(example.to_json());
        }
        self.sample(schema, is_request).filter(|value| value.as_str() != Some("text"))
    }

    fn sample(&self, schema: &Node, is_request: bool) -> Option<Value> {
        if !self.samples {
            return None;
        }
        let direction = if is_request { SampleDirection::Request } else { SampleDirection::Response };
        let schema = schema.to_json();
        let sampler = |complete| Sampler { document: self.json, direction, complete };
        let complete = sampler(true).sample(&schema).filter(|value| value.to_string().len() <= MAX_EXAMPLE / 4);
        complete.or_else(|| sampler(false).sample(&schema))
    }
}
