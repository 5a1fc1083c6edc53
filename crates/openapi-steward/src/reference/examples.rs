//! The examples of a document, and values made of its schemas where it has none.

use std::cell::Cell;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::model::Model;
use crate::codegen::package::{SampleDirection, Sampler};
use crate::document::{Entry, Node, is_json};

/// The size up to which an example is a part of the page, in bytes.
const MAX_EXAMPLE: usize = 32 << 10;
/// The size of a document in nodes from which on no value is made of its schemas: it has thousands of large ones.
const MAX_SAMPLED: usize = 200_000;

/// The number of schemas that are followed for a value. One with more would be too large for the page.
const MAX_STEPS: usize = 2_000;

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
    pub(super) description: Option<String>,
    /// The value as text, and whether it is JSON.
    pub(super) text: String,
    pub(super) is_json: bool,
}

/// An example of the document.
#[derive(Debug)]
struct Named<'a> {
    title: &'a str,
    description: Option<&'a str>,
    value: Value,
}

impl Named<'_> {
    fn of(value: Value) -> Self {
        Self { title: "Example", description: None, value }
    }

    /// The example as text, of which a long one is cut at a line.
    fn shown(self, title: impl FnOnce(String) -> String) -> Example {
        let (mut text, is_json) = match self.value {
            Value::String(text) => (text, false),
            value => (format!("{value:#}"), true),
        };
        if text.len() > MAX_EXAMPLE {
            let size = text.len().div_ceil(1000);
            let end = (0..=MAX_EXAMPLE).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
            text.truncate(end);
            text.truncate(text.rfind('\n').unwrap_or(end));
            let _ = write!(text, "\n… the beginning of {size} kB");
        }
        Example { title: title(self.title.to_owned()), description: self.description.map(str::to_owned), text, is_json }
    }
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
        let longest = self.named(media).map(|named| (named.value.to_string().len(), named.value));
        let longest = longest.filter(|(size, _)| *size <= MAX_EXAMPLE).max_by_key(|(size, _)| *size);
        longest.map(|(_, value)| value).or_else(|| self.of_schema(media, is_request))
    }

    /// The examples of all media types of a body, those of JSON first. `sampled` is true if a media type without one gets a value of
    /// its schema, unless another one has an example.
    pub(super) fn of_content(&self, body: &'a Node, is_request: bool, sampled: bool) -> Vec<Example> {
        let mut content: Vec<&Entry> = body.entries_of("content").iter().collect();
        content.sort_by_key(|media| !is_json(&media.key));
        let mut examples = Vec::new();
        for media in &content {
            let title = |title: String| if content.len() > 1 { format!("{title} · {}", media.key) } else { title };
            examples.extend(self.named(&media.node).map(|named| named.shown(title)));
        }
        if let Some(first) = content.first().filter(|_| sampled && examples.is_empty()) {
            let sample = self.of_schema(&first.node, is_request);
            examples.extend(sample.map(|value| Named::of(value).shown(|title| title)));
        }
        examples
    }

    /// The examples that the document has.
    fn named(&self, media: &'a Node) -> impl Iterator<Item = Named<'a>> {
        let own = media.get("example").map(|example| Named::of(example.to_json()));
        let several = media.entries_of("examples").iter().filter_map(|entry| {
            let example = entry.node.resolve(self.model.root);
            let text = |key: &str| example.get_str(key).filter(|text| !text.trim().is_empty());
            let value = match example.get("value").or_else(|| example.get("dataValue")) {
                Some(value) => value.to_json(),
                None => match text("serializedValue") {
                    Some(text) => Value::String(text.to_owned()),
                    None => self.file(text("externalValue")?)?,
                },
            };
            Some(Named { title: text("summary").unwrap_or(&entry.key), description: text("description"), value })
        });
        own.into_iter().chain(several).filter(|named| !is_blank(&named.value))
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
        if let Some(example) = example.map(Node::to_json).filter(|example| !is_blank(example)) {
            return Some(example);
        }
        self.sample(schema, is_request).filter(|value| value.as_str() != Some("text"))
    }

    fn sample(&self, schema: &Node, is_request: bool) -> Option<Value> {
        if !self.samples {
            return None;
        }
        let direction = if is_request { SampleDirection::Request } else { SampleDirection::Response };
        let schema = schema.to_json();
        let sample = |complete| {
            let budget = Cell::new(MAX_STEPS);
            Sampler { document: self.json, direction, complete, budget: Some(&budget) }.sample(&schema)
        };
        let complete = sample(true).filter(|value| value.to_string().len() <= MAX_EXAMPLE / 4);
        complete.or_else(|| sample(false))
    }
}

/// Returns whether the value is a string that shows nothing.
fn is_blank(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.trim().is_empty())
}
