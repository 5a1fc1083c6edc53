//! Reads YAML into a tree with positions.

use std::borrow::Cow;
use std::collections::HashMap;

use saphyr::{Scalar, ScalarStyle};
use saphyr_parser::{Event, Parser, Tag};
use serde_json::Number;

use super::diagnostic::{Diagnostic, Span};
use super::limits::{MAX_DEPTH, report_duplicate};
use super::node::{Entry, MapBuilder, Node, Value};
use super::offsets::ByteOffsets;

/// The maximum number of values that aliases add to a document, so that a short text cannot become a huge document.
const MAX_ALIASED_NODES: usize = 500_000;

/// The number of bytes that are read again for tabs that the parser does not take.
const MAX_REPEATED_BYTES: usize = 50_000_000;

/// Reads a YAML document, and reports its duplicate keys. The first of them counts.
pub(super) fn read(source: &str) -> Result<(Node, Vec<Diagnostic>), Diagnostic> {
    let mut text = Cow::Borrowed(source);
    let (mut tabs, mut bytes) = (Vec::new(), 0);
    loop {
        match read_once(&text, &mut tabs) {
            Err(_) if !tabs.is_empty() && bytes < MAX_REPEATED_BYTES => {
                bytes += text.len();
                let mut spaced = text.into_owned();
                tabs.drain(..).for_each(|tab| spaced.replace_range(tab..=tab, " "));
                text = Cow::Owned(spaced);
            }
            read => return read,
        }
    }
}

/// Reads a YAML document. A tab between a colon and a value, which the parser does not take for a space, is an error and returned.
fn read_once(source: &str, tabs: &mut Vec<usize>) -> Result<(Node, Vec<Diagnostic>), Diagnostic> {
    let mut builder = TreeBuilder::new(source);
    for event in Parser::new_from_str(source) {
        let (event, span) = event.map_err(|error| {
            tabs.extend(super::yaml_error::tabs_after_colon(source, &error, &builder.offsets));
            super::yaml_error::explain(source, &error, &builder.offsets)
        })?;
        let span = builder.offsets.byte(span.start)..builder.offsets.byte(span.end);
        builder.event(event, span)?;
    }
    match builder.documents.len() {
        0 => Err(Diagnostic::new("the document is empty", 0..0).help("start it with `openapi: 3.0.3`")),
        1 => Ok((builder.documents.remove(0), builder.duplicates)),
        _ => {
            let at = builder.second_document.unwrap_or_default();
            Err(Diagnostic::new("this file contains more than one YAML document", at)
                .help("remove the `---` line and everything after it"))
        }
    }
}

/// A list or a map that has not ended yet.
enum OpenCollection {
    List {
        start: usize,
        items: Vec<Node>,
        anchor: usize,
    },
    /// `duplicate` is the index of the finding about its first duplicate key.
    Map {
        start: usize,
        map: MapBuilder,
        key: Option<Key>,
        duplicate: Option<usize>,
        /// The maps that merge keys (`<<`) refer to.
        merged: Vec<Node>,
        anchor: usize,
    },
}

/// A key whose value has not been read yet.
struct Key {
    text: String,
    span: Span,
    /// `true` for an unquoted `<<`, which merges the entries of other maps.
    is_merge: bool,
}

/// Builds the tree from the events of the parser.
struct TreeBuilder<'a> {
    offsets: ByteOffsets<'a>,
    open: Vec<OpenCollection>,
    documents: Vec<Node>,
    /// The start of a second document.
    second_document: Option<Span>,
    duplicates: Vec<Diagnostic>,
    /// The values with an anchor, by its number, each with its number of nodes.
    anchors: HashMap<usize, (Node, usize)>,
    /// The number of nodes that aliases have added.
    aliased_nodes: usize,
}

impl<'a> TreeBuilder<'a> {
    fn new(source: &'a str) -> Self {
        let offsets = ByteOffsets::new(source);
        Self {
            offsets,
            open: Vec::new(),
            documents: Vec::new(),
            second_document: None,
            duplicates: Vec::new(),
            anchors: HashMap::new(),
            aliased_nodes: 0,
        }
    }

    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Diagnostic> {
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
            Event::DocumentStart(_) => {
                if !self.documents.is_empty() {
                    self.second_document.get_or_insert(span);
                }
            }
            Event::Alias(anchor) => {
                let node = self.aliased(anchor, span)?;
                self.node(node)?;
            }
            Event::Scalar(text, style, anchor, tag) => {
                let value = scalar(text, style, tag.as_ref(), &span)?;
                let node = Node { value, span, plain: style == ScalarStyle::Plain && tag.is_none() };
                self.anchored(anchor, &node);
                self.node(node)?;
            }
            Event::SequenceStart(anchor, tag) => {
                let list = OpenCollection::List { start: span.start, items: vec![], anchor };
                self.begin(tag.as_ref(), "seq", list, span)?;
            }
            Event::MappingStart(anchor, tag) => {
                let (start, map, merged) = (span.start, MapBuilder::default(), Vec::new());
                let map = OpenCollection::Map { start, map, key: None, duplicate: None, merged, anchor };
                self.begin(tag.as_ref(), "map", map, span)?;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let (start, value, anchor) = match self.open.pop() {
                    Some(OpenCollection::List { start, items, anchor }) => (start, Value::List(items), anchor),
                    Some(OpenCollection::Map { start, mut map, merged, anchor, .. }) => {
                        merged.into_iter().try_for_each(|node| merge(&mut map, node))?;
                        (start, Value::Map(map.build()), anchor)
                    }
                    None => return Ok(()),
                };
                let node = Node { value, span: start..span.end.max(start), plain: false };
                self.anchored(anchor, &node);
                self.node(node)?;
            }
        }
        Ok(())
    }

    /// Keeps a value that has an anchor. The parser numbers anchors from 1.
    fn anchored(&mut self, anchor: usize, node: &Node) {
        if anchor > 0 {
            self.anchors.insert(anchor, (node.clone(), node.count()));
        }
    }

    /// The value that an alias stands for.
    fn aliased(&mut self, anchor: usize, span: Span) -> Result<Node, Diagnostic> {
        let Some((node, count)) = self.anchors.get(&anchor) else {
            return Err(Diagnostic::new("this alias refers to a value that contains it", span)
                .help("use `$ref` for a value that contains itself"));
        };
        self.aliased_nodes = self.aliased_nodes.saturating_add(*count);
        if self.aliased_nodes > MAX_ALIASED_NODES {
            return Err(Diagnostic::new(format!("aliases add more than {MAX_ALIASED_NODES} values"), span)
                .help("use `$ref` to refer to another part of the document"));
        }
        Ok(Node { span, ..node.clone() })
    }

    fn begin(
        &mut self,
        tag: Option<&Cow<'_, Tag>>,
        kind: &str,
        open: OpenCollection,
        span: Span,
    ) -> Result<(), Diagnostic> {
        if tag.is_some_and(|tag| core_tag(tag) != Some(kind)) {
            return Err(unsupported("this YAML tag", span).help("remove the `!…` before the value"));
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(Diagnostic::new(format!("this is nested more than {MAX_DEPTH} levels deep"), span)
                .help("move the inner values into a component, and refer to it with `$ref`"));
        }
        self.open.push(open);
        Ok(())
    }

    /// Adds a node to the tree. It is a document, an item of a list, a key, or the value of a key.
    fn node(&mut self, node: Node) -> Result<(), Diagnostic> {
        match self.open.last_mut() {
            None => self.documents.push(node),
            Some(OpenCollection::List { items, .. }) => items.push(node),
            Some(OpenCollection::Map { map, key, duplicate, merged, .. }) => match key.take() {
                None => {
                    let text = key_text(self.offsets.source, &node)?;
                    let is_merge = node.plain && text == "<<";
                    *key = Some(Key { text, span: node.span, is_merge });
                }
                Some(Key { is_merge: true, span, text }) => {
                    if let Some(first) = merged.first() {
                        report_duplicate(&mut self.duplicates, duplicate, &text, span, &first.span);
                        if let Some(finding) = duplicate.and_then(|index| self.duplicates.get_mut(index)) {
                            finding.help = Some("merge several maps with one key: `<<: [*one, *other]`".into());
                        }
                    }
                    merged.push(node);
                }
                Some(Key { text: key, span: key_span, .. }) => match map.entry(&key) {
                    None => map.push(Entry { key, key_span, node }),
                    Some(first) => report_duplicate(&mut self.duplicates, duplicate, &key, key_span, &first.key_span),
                },
            },
        }
        Ok(())
    }
}

/// Adds the entries of a merged map, or of a list of them, whose keys are not there yet.
fn merge(map: &mut MapBuilder, merged: Node) -> Result<(), Diagnostic> {
    match merged.value {
        Value::Map(others) => {
            for other in others {
                if map.entry(&other.key).is_none() {
                    map.push(other);
                }
            }
            Ok(())
        }
        Value::List(maps) => maps.into_iter().try_for_each(|other| merge(map, other)),
        _ => Err(Diagnostic::new("a merge key `<<` needs a map, or a list of maps", merged.span)
            .help("refer to a map by its anchor, as in `<<: *defaults`, or quote the key")),
    }
}

fn scalar(
    text: Cow<'_, str>,
    style: ScalarStyle,
    tag: Option<&Cow<'_, Tag>>,
    span: &Span,
) -> Result<Value, Diagnostic> {
    let is_scalar = |tag: &str| ["str", "int", "float", "bool", "null"].contains(&tag);
    if tag.is_some_and(|tag| !core_tag(tag).is_some_and(is_scalar)) {
        return Err(unsupported("this YAML tag", span.clone()).help("remove the `!…` before the value"));
    }
    // The parser takes an integer that needs all 64 bits for a fraction.
    let large = if text.len() > 18 { text.parse::<u64>().ok() } else { None };
    let Some(scalar) = Scalar::parse_from_cow_and_metadata(text, style, tag) else {
        return Err(Diagnostic::new("this value is not of the type that its YAML tag names", span.clone())
            .help("remove the tag, or change the value"));
    };
    Ok(match scalar {
        Scalar::Null => Value::Null,
        Scalar::Boolean(bool) => Value::Bool(bool),
        Scalar::Integer(integer) => Value::Number(integer.into()),
        Scalar::FloatingPoint(float) => Value::Number(
            large
                .map(Number::from)
                .or_else(|| Number::from_f64(float.0))
                .ok_or_else(|| unsupported("this number", span.clone()).help("write a finite number"))?,
        ),
        Scalar::String(text) => Value::String(text.into_owned()),
    })
}

/// The name of a tag of YAML's core schema, such as `str` for `!!str`.
fn core_tag(tag: &Tag) -> Option<&str> {
    (tag.handle == "tag:yaml.org,2002:").then_some(tag.suffix.as_str())
}

fn unsupported(what: &str, span: Span) -> Diagnostic {
    Diagnostic::new(format!("an OpenAPI document cannot contain {what}"), span).label("JSON has no such value")
}

/// The text of a key. YAML reads an unquoted 200 as a number; as the key of a JSON object it is the text.
fn key_text(source: &str, node: &Node) -> Result<String, Diagnostic> {
    match &node.value {
        Value::String(text) => Ok(text.clone()),
        Value::Bool(_) | Value::Number(_) | Value::Null => {
            Ok(source.get(node.span.clone()).unwrap_or_default().to_owned())
        }
        Value::List(_) | Value::Map(_) => Err(Diagnostic::new("the key of a map must be a string", node.span.clone())
            .help("quote it, or remove the `?`, brackets or braces")),
    }
}

#[cfg(test)]
#[path = "yaml_tests.rs"]
mod tests;
